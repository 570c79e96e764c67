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
        from canvassing.actions.scripts import default_scripts
        from canvassing.actions.standing import refresh_electors
        from canvassing.reports.leaflets import leaflet_stocks

        self.tell_volunteers()
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

    def tell_volunteers(self) -> None:
        """What the pages and e-mails of volunteers ask of this app."""
        from canvassing.actions.joined_names import forget_joined_names
        from canvassing.exporters.links_given import round_in_mail, ways_in
        from canvassing.reports.doors_knocked import doors_knocked
        from canvassing.reports.leaflets import copies_put_through
        from canvassing.reports.shift_pages import shift_pages
        from canvassing.reports.time_given import time_given
        from volunteers.models import MailKind
        from volunteers.registry import registry

        registry.doors.append(doors_knocked)
        registry.leaflets.append(copies_put_through)
        registry.times.append(time_given)
        registry.erasers.append(forget_joined_names)
        registry.ways_in.append(ways_in)
        registry.mail_ways[MailKind.ROUND] = round_in_mail
        registry.shift_pages.append(shift_pages)
