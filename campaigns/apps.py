from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Campaigns"

    def ready(self) -> None:
        from campaigns.actions.return_files import RETURN_FILES
        from campaigns.exporters.receipts_bundle import run_receipts_bundle
        from campaigns.exporters.return_files import run_return_files
        from campaigns.exporters.spending_report import run_spending_report
        from campaigns.importers import register_jobs
        from campaigns.importers.statement_jobs import STATEMENT_FILES
        from campaigns.importers.supplier_invoice_jobs import SUPPLIER_FILES
        from campaigns.registry import JobKind, registry

        registry.job_kinds["receipts_bundle"] = JobKind(run_receipts_bundle)
        registry.job_kinds["spending_report"] = JobKind(run_spending_report)
        registry.job_kinds[RETURN_FILES] = JobKind(run_return_files)
        registry.job_kinds[register_jobs.CHECK] = JobKind(
            register_jobs.run_register_check
        )
        registry.job_kinds[register_jobs.LOAD] = JobKind(
            register_jobs.run_register_import
        )
        registry.job_kinds[register_jobs.ABSENT] = JobKind(
            register_jobs.run_absent_voters_import
        )
        STATEMENT_FILES.register()
        SUPPLIER_FILES.register()
