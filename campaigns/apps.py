from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Campaigns"

    def ready(self) -> None:
        from campaigns.exporters.spending_report import run_spending_report
        from campaigns.importers import register_jobs, statement_jobs
        from campaigns.registry import JobKind, registry

        registry.job_kinds["spending_report"] = JobKind(run_spending_report)
        registry.job_kinds[register_jobs.CHECK] = JobKind(
            register_jobs.run_register_check
        )
        registry.job_kinds[register_jobs.LOAD] = JobKind(
            register_jobs.run_register_import
        )
        registry.job_kinds[register_jobs.ABSENT] = JobKind(
            register_jobs.run_absent_voters_import
        )
        registry.job_kinds[statement_jobs.CHECK] = JobKind(
            statement_jobs.run_statement_check
        )
        registry.job_kinds[statement_jobs.LOAD] = JobKind(
            statement_jobs.run_statement_load
        )
