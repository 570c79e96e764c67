"""Addresses of the organisers' desk: today, the wards, and the electors."""

from django.urls import path

from canvassing.views import dashboard

urlpatterns = [
    path("", dashboard.today, name="today"),
]
