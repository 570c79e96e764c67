"""The electorate, the contest and the money."""

from campaigns.models.areas import (
    Constituency,
    Council,
    PollingDistrict,
    PollingStation,
    PostcodePoint,
    Ward,
    WardSource,
)
from campaigns.models.audit import AuditEntry, ExportRecord, IdempotentReply
from campaigns.models.authorities import (
    AuthorityKind,
    OutsideActivity,
    SpendingAuthority,
)
from campaigns.models.budgets import BudgetLine
from campaigns.models.donations import Donation, DonationEvidence, DonorKind
from campaigns.models.elections import (
    Campaign,
    Candidate,
    Election,
    VotingSystem,
    WardTarget,
)
from campaigns.models.electors import (
    Address,
    AddressAlias,
    Elector,
    ElectorMerge,
    MatchProposal,
    ProposalState,
    Street,
)
from campaigns.models.jobs import Job, JobPart, JobState, StoredFile
from campaigns.models.mails import DeadlineReminder, RemindersOff
from campaigns.models.organisations import ControllerKind, Organisation
from campaigns.models.payments import Invoice, Payment
from campaigns.models.people import ApiToken, Membership, User
from campaigns.models.register import (
    AbsentVote,
    AbsentVoteKind,
    AbsentVoterList,
    ColumnMapping,
    RegisterEdition,
    RegisterEntry,
    RegisterKind,
    RejectedLine,
    SuppliedTo,
)
from campaigns.models.spending import (
    Expense,
    ExpenseCategory,
    ExpenseExclusion,
    ExpenseKind,
    ExpenseShare,
    ExpenseState,
    LimitNotice,
    ShareBasis,
    StaffDuty,
)

__all__ = [
    "AbsentVote",
    "AbsentVoteKind",
    "AbsentVoterList",
    "Address",
    "AddressAlias",
    "ApiToken",
    "AuditEntry",
    "AuthorityKind",
    "BudgetLine",
    "Campaign",
    "Candidate",
    "ColumnMapping",
    "Constituency",
    "ControllerKind",
    "Council",
    "DeadlineReminder",
    "Donation",
    "DonationEvidence",
    "DonorKind",
    "Election",
    "Elector",
    "ElectorMerge",
    "Expense",
    "ExpenseCategory",
    "ExpenseExclusion",
    "ExpenseKind",
    "ExpenseShare",
    "ExpenseState",
    "ExportRecord",
    "IdempotentReply",
    "Invoice",
    "Job",
    "JobPart",
    "JobState",
    "LimitNotice",
    "MatchProposal",
    "Membership",
    "Organisation",
    "OutsideActivity",
    "Payment",
    "PollingDistrict",
    "PollingStation",
    "PostcodePoint",
    "ProposalState",
    "RegisterEdition",
    "RegisterEntry",
    "RegisterKind",
    "RejectedLine",
    "RemindersOff",
    "ShareBasis",
    "SpendingAuthority",
    "StaffDuty",
    "StoredFile",
    "Street",
    "SuppliedTo",
    "User",
    "VotingSystem",
    "Ward",
    "WardSource",
    "WardTarget",
]
