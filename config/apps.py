from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig


class ConfigConfig(AppConfig):
    """Holds the site's commands, templates and static files."""

    name = "config"
    label = "config"
    verbose_name = "Committee Room"
    default = True


class CommitteeRoomAdminConfig(SimpleAdminConfig):
    """Shows our own models: other packages' ask for a kind of user we do not have."""

    default_site = "config.admin_site.CommitteeRoomAdminSite"

    def ready(self) -> None:
        super().ready()
        for app in ("campaigns", "volunteers", "canvassing"):
            import_module(f"{app}.admin")
