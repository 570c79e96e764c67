from django.apps import AppConfig


class CanvassingConfig(AppConfig):
    name = "canvassing"
    verbose_name = "Canvassing"

    def ready(self) -> None:
        from campaigns.registry import JobKind, MoneyPage, registry
        from campaigns.roles import Capability
        from canvassing import tasks
        from canvassing.actions.codes import default_codes
        from canvassing.actions.contact_erasure import erase_contacts
        from canvassing.actions.contact_merges import follow_merge
        from canvassing.actions.joined_names import forget_joined_names
        from canvassing.actions.scripts import default_scripts
        from canvassing.actions.standing import refresh_electors
        from canvassing.reports.doors_knocked import doors_knocked
        from canvassing.reports.leaflets import copies_put_through, leaflet_stocks
        from canvassing.reports.time_given import time_given
        from volunteers.registry import registry as of_volunteers

        registry.electors_changed.append(refresh_electors)
        registry.electors_merged.append(follow_merge)
        registry.erasers.append(erase_contacts)
        registry.campaign_made.append(default_codes)
        registry.campaign_made.append(default_scripts)
        registry.stocks.append(leaflet_stocks)
        registry.money_pages.append(
            MoneyPage(
                "Leaflets delivered", "leaflet-spending", Capability.COMMIT_EXPENSE
            )
        )
        of_volunteers.doors.append(doors_knocked)
        of_volunteers.leaflets.append(copies_put_through)
        of_volunteers.times.append(time_given)
        of_volunteers.erasers.append(forget_joined_names)
        registry.job_kinds["gotv_list"] = JobKind(
            tasks.build_wards_of_list, tasks.freeze_list
        )
        registry.job_kinds["gotv_files"] = JobKind(
            tasks.make_list_files, tasks.finish_prints
        )
        registry.job_kinds["canvass_cards"] = JobKind(
            tasks.make_canvass_cards, tasks.finish_prints
        )
        registry.job_kinds["round_cards"] = JobKind(
            tasks.make_round_cards, tasks.finish_prints
        )
        registry.job_kinds["answers"] = JobKind(tasks.make_answers_file)
        registry.job_kinds["fill_queue"] = JobKind(tasks.fill_queue, tasks.open_filled)
        registry.job_kinds["cut_rounds"] = JobKind(tasks.cut_ward)
        registry.job_kinds["letter_files"] = JobKind(
            tasks.make_letters, tasks.finish_letters
        )
        registry.job_kinds["contacts_check"] = JobKind(tasks.check_contacts_file)
        registry.job_kinds["contacts_import"] = JobKind(tasks.load_contacts_file)
        registry.job_kinds["opt_outs"] = JobKind(tasks.make_opt_outs_file)
        for kind in (
            "contact_details_check",
            "contact_details_import",
            "opt_outs_check",
            "opt_outs_import",
        ):
            registry.job_kinds[kind] = JobKind(tasks.read_checked_file)
