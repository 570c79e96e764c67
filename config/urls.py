"""The whole address map on one screen."""

from django.contrib import admin
from django.urls import path

from config import health

urlpatterns = [
    path("health/", health.answer, name="health"),
    path("admin/", admin.site.urls),
]
