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
from campaigns.models.budgets import BudgetLine
from campaigns.models.documents import MoneyDocument
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
from campaigns.models.payments import (
    CourtLeave,
    CreditNote,
    DisputeOutcome,
    Invoice,
    Payer,
    Payment,
)
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
from campaigns.models.returns import (
    Declarant,
    ReturnDeclaration,
    ReturnState,
    ReturnVersion,
)
from campaigns.models.spending import (
    Expense,
    ExpenseCategory,
    ExpenseKind,
    ExpenseShare,
    ExpenseState,
    LimitNotice,
    SpendingAuthority,
)

__all__ = [
    "AbsentVote",
    "AbsentVoteKind",
    "AbsentVoterList",
    "Address",
    "AddressAlias",
    "ApiToken",
    "AuditEntry",
    "BudgetLine",
    "Campaign",
    "Candidate",
    "ColumnMapping",
    "Constituency",
    "ControllerKind",
    "Council",
    "CourtLeave",
    "CreditNote",
    "DeadlineReminder",
    "Declarant",
    "DisputeOutcome",
    "Donation",
    "DonationEvidence",
    "DonorKind",
    "Election",
    "Elector",
    "ElectorMerge",
    "Expense",
    "ExpenseCategory",
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
    "MoneyDocument",
    "Organisation",
    "Payer",
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
    "ReturnDeclaration",
    "ReturnState",
    "ReturnVersion",
    "SpendingAuthority",
    "StoredFile",
    "Street",
    "SuppliedTo",
    "User",
    "VotingSystem",
    "Ward",
    "WardSource",
    "WardTarget",
]
