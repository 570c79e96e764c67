from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Campaigns"

    def ready(self) -> None:
        from campaigns.exporters.spending_report import run_spending_report
        from campaigns.registry import JobKind, registry

        registry.job_kinds["spending_report"] = JobKind(run_spending_report)
