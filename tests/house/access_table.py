"""Every route, and who may come in: the table that test_access walks."""

from dataclasses import dataclass

from campaigns.roles import Capability


@dataclass(frozen=True)
class Route:
    """What a route asks for: a capability, or nothing but what `to` says.

    `to` is "anybody", "signed_in" or "members" (who hold the capability). `whole`: who
    holds it in some wards alone does not find the sample, which is of no ward.
    """

    can: Capability | None = None
    to: str = "members"
    whole: bool = False


ANYBODY = Route(to="anybody")
SIGNED_IN = Route(to="signed_in")

ROUTES: dict[str, Route] = {
    "dashboard": SIGNED_IN,
    "health": ANYBODY,
    "account:sign-in": ANYBODY,
    "account:sign-out": Route(to="anybody"),
    "account:campaigns": SIGNED_IN,
    "account:second-factor": SIGNED_IN,
    "account:second-factor-set-up": SIGNED_IN,
    "account:backup-codes": Route(to="signed_in"),
    "account:new-password": ANYBODY,
    # A file says itself which capability it asks for: the sample's is this.
    "file": Route(Capability.SEE_MONEY),
    "api-schema": ANYBODY,
    "api-docs": ANYBODY,
    "api-nothing": Route(to="nobody"),
    # REST, under /api/v1/
    "me": SIGNED_IN,
    "council-list": Route(Capability.SEE_CAMPAIGN),
    "council-detail": Route(Capability.SEE_CAMPAIGN),
    "election-list": Route(Capability.SEE_CAMPAIGN),
    "election-detail": Route(Capability.SEE_CAMPAIGN),
    "campaign-list": Route(Capability.SEE_CAMPAIGN),
    "campaign-detail": Route(Capability.SEE_CAMPAIGN),
    "ward-list": Route(Capability.SEE_CAMPAIGN),
    "ward-detail": Route(Capability.SEE_CAMPAIGN),
    "pollingdistrict-list": Route(Capability.SEE_CAMPAIGN),
    "job-list": Route(Capability.MAKE_LISTS),
    "job-detail": Route(Capability.MAKE_LISTS, whole=True),
    "expense-list": Route(Capability.SEE_MONEY),
    "expense-detail": Route(Capability.SEE_MONEY),
    "spending": Route(Capability.SEE_MONEY),
    "spending-what-if": Route(Capability.SEE_MONEY),
    "elector-list": Route(Capability.SEE_ELECTORS),
    "elector-detail": Route(Capability.SEE_ELECTORS),
    "pledge-list": Route(Capability.SEE_ELECTORS),
    "address-list": Route(Capability.SEE_ELECTORS),
    "contact-list": Route(Capability.SEE_ELECTORS),
    "outcome-list": Route(Capability.RECORD_CONTACTS),
    "intention-list": Route(Capability.RECORD_CONTACTS),
    "list-list": Route(Capability.MAKE_LISTS),
    "list-detail": Route(Capability.MAKE_LISTS),
    "list-entries": Route(Capability.MAKE_LISTS),
    # The desk, under /<campaign>/
    "today": Route(Capability.SEE_CAMPAIGN),
    "wards": Route(Capability.SEE_CAMPAIGN),
    "ward": Route(Capability.SEE_CAMPAIGN),
    "electors": Route(Capability.SEE_ELECTORS),
    "to-check": Route(Capability.IMPORT_REGISTER),
    "elector": Route(Capability.SEE_ELECTORS),
    "elector-hide": Route(Capability.ERASE_ELECTORS),
    "keep-away": Route(Capability.SEE_ELECTORS),
    "lift": Route(Capability.SEE_ELECTORS),
    "lists": Route(Capability.MAKE_LISTS),
    "list-new": Route(Capability.MAKE_LISTS),
    "canvass-cards": Route(Capability.EXPORT_ELECTORS),
    "list": Route(Capability.MAKE_LISTS),
    "list-files": Route(Capability.MAKE_LISTS),
    "letter-run-new": Route(Capability.MAKE_LISTS),
    "list-ward": Route(Capability.MAKE_LISTS),
    "list-ward-files": Route(Capability.MAKE_LISTS),
    "letter-run": Route(Capability.MAKE_LISTS),
    "letter-run-print": Route(Capability.MAKE_LISTS),
    "keypad": Route(Capability.SEE_ELECTORS),
    "keypad-who": Route(Capability.SEE_ELECTORS),
    "keypad-undo": Route(Capability.SEE_ELECTORS),
    "jobs": Route(Capability.SEE_CAMPAIGN),
    "job": Route(Capability.SEE_CAMPAIGN, whole=True),
    "job-progress": Route(Capability.SEE_CAMPAIGN, whole=True),
    "job-cancel": Route(Capability.SEE_CAMPAIGN, whole=True),
    "job-retry": Route(Capability.SEE_CAMPAIGN, whole=True),
    "people": Route(Capability.MANAGE_PEOPLE),
    "role-add": Route(Capability.MANAGE_PEOPLE),
    "role-end": Route(Capability.MANAGE_PEOPLE),
    "token-add": Route(Capability.MANAGE_PEOPLE),
    "token-revoke": Route(Capability.MANAGE_PEOPLE),
    "register": Route(Capability.IMPORT_REGISTER),
    "edition": Route(Capability.IMPORT_REGISTER),
    "edition-rejected": Route(Capability.IMPORT_REGISTER),
    "register-upload": Route(Capability.IMPORT_REGISTER),
    "absent-voters": Route(Capability.IMPORT_REGISTER),
    "register-check": Route(Capability.IMPORT_REGISTER),
    "register-load": Route(Capability.IMPORT_REGISTER),
    "edition-destroy": Route(Capability.IMPORT_REGISTER),
    "matches": Route(Capability.IMPORT_REGISTER),
    "match-decide": Route(Capability.IMPORT_REGISTER),
    "match-undo": Route(Capability.IMPORT_REGISTER),
    "districts": Route(Capability.IMPORT_REGISTER),
    "district-settle": Route(Capability.IMPORT_REGISTER),
    "money": Route(Capability.SEE_MONEY),
    "afford": Route(Capability.SEE_MONEY),
    "limit-notice": Route(Capability.PROPOSE_EXPENSE),
    "spending-report": Route(Capability.SEE_MONEY),
    "spending-authorities": Route(Capability.SEE_MONEY),
    "spending-authority-revoke": Route(Capability.SEE_MONEY),
    "expenses": Route(Capability.SEE_MONEY),
    "expense-propose": Route(Capability.PROPOSE_EXPENSE),
    "expense": Route(Capability.SEE_MONEY),
    "expense-commit": Route(Capability.SEE_MONEY),
    "expense-void": Route(Capability.PROPOSE_EXPENSE),
    "expense-invoice": Route(Capability.RECORD_PAYMENTS),
    "invoice-void": Route(Capability.RECORD_PAYMENTS),
    "invoice-payment": Route(Capability.RECORD_PAYMENTS),
    "payment-void": Route(Capability.RECORD_PAYMENTS),
    "donations": Route(Capability.SEE_MONEY),
    "donation-add": Route(Capability.RECORD_DONATIONS),
    "donation": Route(Capability.SEE_MONEY),
    "donation-accept": Route(Capability.RECORD_DONATIONS),
    "donation-return": Route(Capability.RECORD_DONATIONS),
    "donation-void": Route(Capability.RECORD_DONATIONS),
}
