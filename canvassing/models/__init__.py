"""Doorstep, phone and polling day."""

from canvassing.models.codes import (
    IntentionCode,
    IntentionKind,
    OutcomeCode,
    OutcomeKind,
)
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
from canvassing.models.mappings import ContactMapping
from canvassing.models.sessions import CanvassSession, Channel
from canvassing.models.standing import ElectorStanding, Eligible, NoContact, VotesBy

__all__ = [
    "CanvassSession",
    "Channel",
    "Contact",
    "ContactMapping",
    "DoNotContact",
    "DoNotContactScope",
    "ElectorStanding",
    "Eligible",
    "GotvEntry",
    "GotvList",
    "GotvListWard",
    "HeldItem",
    "HeldKind",
    "IntentionCode",
    "IntentionKind",
    "LetterRun",
    "LetterState",
    "ListState",
    "NoContact",
    "OutcomeCode",
    "OutcomeKind",
    "VotedMark",
    "VotesBy",
    "Wording",
]
