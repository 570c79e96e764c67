"""Addresses of what a volunteer holds, under /field/."""

from django.urls import path

from canvassing.views import calls, field_join, field_sync

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
    path("calls/views/", calls.views, name="field-calls-views"),
    path("calls/renew/", calls.renew, name="field-calls-renew"),
    path("calls/give-back/", calls.give_back, name="field-calls-give-back"),
    path("calls/leave/", calls.leave, name="field-calls-leave"),
]
