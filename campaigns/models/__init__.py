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
    AuthorisedCampaigner,
    AuthorityKind,
    OutsideActivity,
    SpendingAuthority,
)
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
from campaigns.models.organisations import ControllerKind, Organisation
from campaigns.models.payments import CreditNote, Invoice, Payer, Payment
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
from campaigns.models.reminders import DeadlineReminder
from campaigns.models.returns import Declarant, ReturnDeclaration, SpendingReturn
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
from campaigns.models.statements import BankStatement, StatementLine

__all__ = [
    "AbsentVote",
    "AbsentVoteKind",
    "AbsentVoterList",
    "Address",
    "AddressAlias",
    "ApiToken",
    "AuditEntry",
    "AuthorisedCampaigner",
    "AuthorityKind",
    "BankStatement",
    "BudgetLine",
    "Campaign",
    "Candidate",
    "ColumnMapping",
    "Constituency",
    "ControllerKind",
    "Council",
    "CreditNote",
    "DeadlineReminder",
    "Declarant",
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
    "MoneyDocument",
    "Organisation",
    "OutsideActivity",
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
    "ReturnDeclaration",
    "ShareBasis",
    "SpendingAuthority",
    "SpendingReturn",
    "StaffDuty",
    "StatementLine",
    "StoredFile",
    "Street",
    "SuppliedTo",
    "User",
    "VotingSystem",
    "Ward",
    "WardSource",
    "WardTarget",
]
