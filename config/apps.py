from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Holds the site's commands, templates and static files."""

    name = "config"
    label = "config"
    verbose_name = "Committee Room"
