"""The people who help."""

from volunteers.models.shifts import Shift, ShiftKind, ShiftSignUp
from volunteers.models.volunteers import (
    Affiliate,
    AffiliateKind,
    Team,
    Undertaking,
    Volunteer,
)

__all__ = [
    "Affiliate",
    "AffiliateKind",
    "Shift",
    "ShiftKind",
    "ShiftSignUp",
    "Team",
    "Undertaking",
    "Volunteer",
]
