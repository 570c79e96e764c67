"""Addresses of what a volunteer holds, under /field/."""

from django.urls import path

from canvassing.views import calls, field_join, field_stall, field_sync

urlpatterns = [
    path("join/look/", field_join.join_look, name="field-join-look"),
    path("join/", field_join.join_link, name="field-join-send"),
    path("round/", field_sync.round_, name="field-round"),
    path("sync/", field_sync.sync, name="field-sync"),
    path("changes/", field_sync.changes, name="field-changes"),
    path("hand-back/", field_sync.back, name="field-hand-back"),
    path("sign-out/", field_sync.sign_out, name="field-sign-out"),
    path("calls/", calls.calls, name="field-calls"),
    path("calls/next/", calls.next_call, name="field-calls-next"),
    path("calls/outcome/", calls.outcome, name="field-calls-outcome"),
    path("calls/undo/", calls.undo, name="field-calls-undo"),
    path("calls/views/", calls.views, name="field-calls-views"),
    path("calls/renew/", calls.renew, name="field-calls-renew"),
    path("calls/give-back/", calls.give_back, name="field-calls-give-back"),
    path("calls/leave/", calls.leave, name="field-calls-leave"),
    path("stall/", field_stall.stall, name="field-stall"),
    path("stall/find/", field_stall.find, name="field-stall-find"),
    path("stall/found/<str:found>/", field_stall.found, name="field-stall-found"),
    path("stall/person/<str:visit>/", field_stall.person, name="field-stall-person"),
    path("stall/outcome/", field_stall.outcome, name="field-stall-outcome"),
    path("stall/undo/", field_stall.undo, name="field-stall-undo"),
    path("stall/views/", field_stall.views, name="field-stall-views"),
    path("stall/away/", field_stall.away, name="field-stall-away"),
    path("stall/given/", field_stall.given, name="field-stall-given"),
    path("stall/leave/", field_stall.leave, name="field-stall-leave"),
]
