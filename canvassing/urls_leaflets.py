"""Addresses of leaflets: their stock, their rounds, and streets that are done."""

from django.urls import path

from canvassing.views import leaflet_rounds, leaflets

urlpatterns = [
    path("", leaflets.leaflets, name="leaflets"),
    path("<int:leaflet>/", leaflets.one_leaflet, name="leaflet"),
    path("<int:leaflet>/imprint/", leaflets.imprint, name="leaflet-imprint"),
    path("<int:leaflet>/cost/", leaflets.cost, name="leaflet-cost"),
    path("rounds/<int:round>/", leaflet_rounds.one_round, name="leaflet-round"),
    path("rounds/<int:round>/paper/", leaflet_rounds.paper, name="leaflet-round-paper"),
    path(
        "rounds/<int:round>/hand-out/",
        leaflet_rounds.hand_out,
        name="leaflet-round-hand-out",
    ),
    path(
        "rounds/<int:round>/send-out/",
        leaflet_rounds.send_out,
        name="leaflet-round-send-out",
    ),
    path(
        "rounds/<int:round>/take-back/",
        leaflet_rounds.take_back,
        name="leaflet-round-take-back",
    ),
    path("streets/<int:street>/done/", leaflet_rounds.done, name="leaflet-street-done"),
    path(
        "streets/<int:street>/not-done/",
        leaflet_rounds.not_done,
        name="leaflet-street-not-done",
    ),
]
