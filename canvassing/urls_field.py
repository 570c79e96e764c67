"""Addresses of what a volunteer holds, under /field/."""

from django.urls import path

from canvassing.views import field_join, field_sync

urlpatterns = [
    path("join/look/", field_join.join_look, name="field-join-look"),
    path("join/", field_join.join_link, name="field-join-send"),
    path("round/", field_sync.round_, name="field-round"),
    path("sync/", field_sync.sync, name="field-sync"),
    path("changes/", field_sync.changes, name="field-changes"),
    path("hand-back/", field_sync.back, name="field-hand-back"),
    path("sign-out/", field_sync.sign_out, name="field-sign-out"),
]
