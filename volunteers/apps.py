from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    name = "volunteers"
    verbose_name = "Volunteers"

    def ready(self) -> None:
        from campaigns.registry import JobKind, registry
        from volunteers import tasks
        from volunteers.actions import asking
        from volunteers.importers import volunteer_jobs

        registry.job_kinds[asking.JOB_KIND] = JobKind(
            tasks.ask_volunteers, asking.sum_up_asking
        )
        registry.job_kinds[volunteer_jobs.JOB_KIND] = JobKind(tasks.load_volunteers)
