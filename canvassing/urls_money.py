"""Addresses of the money desk that are about leaflets, under `/<campaign>/money/`."""

from django.urls import path

from canvassing.views import leaflets_of_agent

urlpatterns = [
    path("leaflets/", leaflets_of_agent.rounds, name="leaflet-spending"),
    path(
        "leaflets/<int:round>/",
        leaflets_of_agent.one_round,
        name="leaflet-spending-round",
    ),
    path(
        "leaflets/<int:round>/done/",
        leaflets_of_agent.done,
        name="leaflet-spending-done",
    ),
    path(
        "leaflets/<int:round>/not-done/",
        leaflets_of_agent.not_done,
        name="leaflet-spending-not-done",
    ),
]
