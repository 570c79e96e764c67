"""Addresses of statements and suppliers' bills, under `/<campaign>/money/`."""

from django.urls import path

from campaigns.views import statements

urlpatterns = [
    path("statements/", statements.statements, name="statements"),
    path("statements/load/", statements.upload, name="statement-upload"),
    path("statements/files/<int:job>/", statements.check, name="statement-check"),
    path("statements/files/<int:job>/load/", statements.load, name="statement-load"),
]
