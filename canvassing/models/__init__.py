"""Doorstep, phone and polling day."""

from canvassing.models.codes import (
    IntentionCode,
    IntentionKind,
    OutcomeCode,
    OutcomeKind,
)
from canvassing.models.contact_details import EmailAddress, PhoneNumber
from canvassing.models.contacts import (
    Contact,
    DoNotContact,
    DoNotContactScope,
    HeldItem,
    HeldKind,
    VotedMark,
)
from canvassing.models.gotv import (
    GotvEntry,
    GotvList,
    GotvListWard,
    LetterRun,
    LetterState,
    ListState,
    Wording,
)
from canvassing.models.leaflets import (
    Leaflet,
    LeafletDelivery,
    LeafletMiss,
    LeafletRound,
    LeafletStreet,
    MissReason,
)
from canvassing.models.mappings import ContactMapping
from canvassing.models.opinions import OpinionConsent, ViewsObjection
from canvassing.models.phone_banks import (
    BankCaller,
    CallClaim,
    CallOutcome,
    ClaimEnd,
    PhoneBank,
    QueuedCall,
    QueueState,
)
from canvassing.models.round_issues import (
    BuildingNote,
    ClosedBecause,
    FieldPhone,
    IssueKind,
    JoinGuesses,
    PhoneItem,
    RoundIssue,
    RoundKnocker,
)
from canvassing.models.rounds import (
    CanvassRound,
    LocalRound,
    LocalStretch,
    RoundDoor,
    Side,
    WhomToSee,
)
from canvassing.models.scripts import (
    Answer,
    Question,
    QuestionKind,
    Script,
    ScriptChannel,
)
from canvassing.models.sessions import CanvassSession, Channel
from canvassing.models.stalls import StallHelper, StallLink
from canvassing.models.standing import ElectorStanding, Eligible, NoContact, VotesBy

__all__ = [
    "Answer",
    "BankCaller",
    "BuildingNote",
    "CallClaim",
    "CallOutcome",
    "CanvassRound",
    "CanvassSession",
    "Channel",
    "ClaimEnd",
    "ClosedBecause",
    "Contact",
    "ContactMapping",
    "DoNotContact",
    "DoNotContactScope",
    "ElectorStanding",
    "Eligible",
    "EmailAddress",
    "FieldPhone",
    "GotvEntry",
    "GotvList",
    "GotvListWard",
    "HeldItem",
    "HeldKind",
    "IntentionCode",
    "IntentionKind",
    "IssueKind",
    "JoinGuesses",
    "Leaflet",
    "LeafletDelivery",
    "LeafletMiss",
    "LeafletRound",
    "LeafletStreet",
    "LetterRun",
    "LetterState",
    "ListState",
    "LocalRound",
    "LocalStretch",
    "MissReason",
    "NoContact",
    "OpinionConsent",
    "OutcomeCode",
    "OutcomeKind",
    "PhoneBank",
    "PhoneItem",
    "PhoneNumber",
    "Question",
    "QuestionKind",
    "QueueState",
    "QueuedCall",
    "RoundDoor",
    "RoundIssue",
    "RoundKnocker",
    "Script",
    "ScriptChannel",
    "Side",
    "StallHelper",
    "StallLink",
    "ViewsObjection",
    "VotedMark",
    "VotesBy",
    "WhomToSee",
    "Wording",
]
