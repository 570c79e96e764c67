"""Every role, every capability, and which role has which: access as data."""

from django.db.models import TextChoices


class Role(TextChoices):
    ORGANISER = "organiser", "Organiser"
    AGENT = "agent", "Election agent"
    DATA_OFFICER = "data_officer", "Data officer"
    WARD_LEAD = "ward_lead", "Ward lead"
    CANVASSER = "canvasser", "Canvasser"
    CALLER = "caller", "Caller"
    TELLER = "teller", "Teller"
    CANDIDATE = "candidate", "Candidate"
    TREASURER = "treasurer", "Treasurer"
    DATA_CLERK = "data_clerk", "Data clerk"


class Capability(TextChoices):
    SEE_CAMPAIGN = "see_campaign", "See the campaign, its wards and its progress"
    SEE_ELECTORS = "see_electors", "See electors of their wards"
    RECORD_CONTACTS = "record_contacts", "Record contacts"
    MAKE_LISTS = "make_lists", "Make lists of electors"
    EXPORT_ELECTORS = "export_electors", "Export and print elector data"
    IMPORT_REGISTER = "import_register", "Import registers and decide matches"
    ERASE_ELECTORS = "erase_electors", "Hide and erase electors"
    MANAGE_CAMPAIGN = "manage_campaign", "Set up campaigns, codes and sessions"
    MANAGE_VOLUNTEERS = "manage_volunteers", "See volunteers and run shifts"
    MANAGE_PEOPLE = "manage_people", "Give roles and tokens"
    SEE_MONEY = "see_money", "See spending"
    PROPOSE_EXPENSE = "propose_expense", "Propose an expense"
    STATE_PERSONAL_EXPENSES = "state_personal", "State personal expenses"
    COMMIT_EXPENSE = "commit_expense", "Commit an expense"
    RECORD_PAYMENTS = "record_payments", "Enter invoices and payments"
    RECORD_DONATIONS = "record_donations", "Enter donations"
    DECLARE_MONEY = "declare_money", "Make, sign and file the return as its agent"
    DECLARE_AS_CANDIDATE = "declare_candidate", "Sign the candidate's declaration"
    MARK_VOTED = "mark_voted", "Mark who has voted"


C = Capability

CAPABILITIES: dict[str, frozenset[Capability]] = {
    Role.ORGANISER: frozenset(C)
    - {
        C.DECLARE_MONEY,
        C.DECLARE_AS_CANDIDATE,
        C.COMMIT_EXPENSE,
        C.ERASE_ELECTORS,
    },
    Role.AGENT: frozenset(
        {
            C.SEE_CAMPAIGN,
            C.SEE_MONEY,
            C.PROPOSE_EXPENSE,
            C.STATE_PERSONAL_EXPENSES,
            C.COMMIT_EXPENSE,
            C.RECORD_PAYMENTS,
            C.RECORD_DONATIONS,
            C.DECLARE_MONEY,
        }
    ),
    Role.DATA_OFFICER: frozenset(
        {
            C.SEE_CAMPAIGN,
            C.SEE_ELECTORS,
            C.IMPORT_REGISTER,
            C.EXPORT_ELECTORS,
            C.ERASE_ELECTORS,
        }
    ),
    Role.WARD_LEAD: frozenset(
        {
            C.SEE_CAMPAIGN,
            C.SEE_ELECTORS,
            C.RECORD_CONTACTS,
            C.MAKE_LISTS,
            C.EXPORT_ELECTORS,
            C.MANAGE_VOLUNTEERS,
        }
    ),
    Role.CANVASSER: frozenset({C.RECORD_CONTACTS}),
    Role.CALLER: frozenset({C.RECORD_CONTACTS}),
    Role.TELLER: frozenset({C.MARK_VOTED}),
    Role.CANDIDATE: frozenset(
        {
            C.SEE_CAMPAIGN,
            C.SEE_MONEY,
            C.STATE_PERSONAL_EXPENSES,
            C.DECLARE_AS_CANDIDATE,
        }
    ),
    Role.TREASURER: frozenset(
        {C.SEE_CAMPAIGN, C.SEE_MONEY, C.RECORD_DONATIONS, C.RECORD_PAYMENTS}
    ),
    Role.DATA_CLERK: frozenset({C.SEE_ELECTORS, C.RECORD_CONTACTS}),
}

# Roles whose reach is only the wards named on the membership.
WARD_ROLES = frozenset({Role.WARD_LEAD, Role.DATA_CLERK})

# What can be done in some wards alone; all else is of the whole campaign, and whoever
# is held to some wards does not hold it.
IN_WARDS = frozenset(
    {
        C.SEE_CAMPAIGN,
        C.SEE_ELECTORS,
        C.RECORD_CONTACTS,
        C.MAKE_LISTS,
        C.EXPORT_ELECTORS,
        C.MANAGE_VOLUNTEERS,
        C.MARK_VOTED,
    }
)

# Roles that may be held to some wards: the others are of the whole campaign.
ROLES_IN_WARDS = WARD_ROLES | {Role.ORGANISER}

# Roles whose reach is what was issued to them, and otherwise nothing.
ISSUED_ROLES = frozenset({Role.CANVASSER, Role.CALLER, Role.TELLER})

# What the law asks of a person: no token holds it, whoever issued it.
PEOPLE_ALONE = frozenset({C.COMMIT_EXPENSE, C.DECLARE_MONEY, C.DECLARE_AS_CANDIDATE})

# Whoever can do one of these signs in with a second factor.
SECOND_FACTOR = frozenset({C.EXPORT_ELECTORS})
