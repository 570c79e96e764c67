"""Addresses of rounds: cutting, one round, its card and returns, local rounds."""

from django.urls import path

from canvassing.views import local_rounds, round_paper, rounds, rounds_out

urlpatterns = [
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/counts/", rounds.counts, name="rounds-counts"),
    path("rounds/ward/<slug:gss>/", rounds.ward_rounds, name="rounds-ward"),
    path("rounds/ward/<slug:gss>/cards/", round_paper.cards, name="rounds-ward-cards"),
    path(
        "rounds/ward/<slug:gss>/send-out/",
        rounds_out.send_several_out,
        name="rounds-ward-send-out",
    ),
    path("rounds/local/", local_rounds.local_rounds, name="local-rounds"),
    path(
        "rounds/local/<int:local_round>/retire/",
        local_rounds.retire,
        name="local-round-retire",
    ),
    path("rounds/<int:round>/", rounds.one_round, name="round"),
    path("rounds/<int:round>/card/", round_paper.card, name="round-card"),
    path("rounds/<int:round>/returns/", round_paper.returns, name="round-returns"),
]
