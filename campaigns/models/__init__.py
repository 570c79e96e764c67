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
    ExpenseKind,
    ExpenseShare,
    ExpenseState,
    LimitNotice,
    SpendingAuthority,
)
from campaigns.models.statements import (
    AccountKind,
    MoneyFileMapping,
    Statement,
    StatementAccount,
    StatementLine,
    StatementMatch,
)

__all__ = [
    "AbsentVote",
    "AbsentVoteKind",
    "AbsentVoterList",
    "AccountKind",
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
    "DeadlineReminder",
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
    "MoneyFileMapping",
    "Organisation",
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
    "SpendingAuthority",
    "Statement",
    "StatementAccount",
    "StatementLine",
    "StatementMatch",
    "StoredFile",
    "Street",
    "SuppliedTo",
    "User",
    "VotingSystem",
    "Ward",
    "WardSource",
    "WardTarget",
]
