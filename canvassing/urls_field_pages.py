"""Addresses of the pages in a volunteer's hand."""

from django.urls import path

from canvassing.views import field_pages

urlpatterns = [
    path("", field_pages.shell, name="field"),
    path("join", field_pages.shell, name="field-join"),
    path("sw.js", field_pages.service_worker, name="field-worker"),
    path("manifest.webmanifest", field_pages.manifest, name="field-manifest"),
]
