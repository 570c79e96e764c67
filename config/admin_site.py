"""The organisers' admin site."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig


class CommitteeRoomAdminConfig(AdminConfig):
    default_site = "config.admin_site.CommitteeRoomAdminSite"


class CommitteeRoomAdminSite(AdminSite):
    site_header = "Committee Room"
    site_title = "Committee Room"
