from django.apps import AppConfig


class CanvassingConfig(AppConfig):
    name = "canvassing"
    verbose_name = "Canvassing"

    def ready(self) -> None:
        from campaigns.registry import registry
        from canvassing.actions.standing import refresh_electors

        registry.electors_changed.append(refresh_electors)
