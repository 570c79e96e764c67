"""The people who help."""

from volunteers.models.affiliates import Affiliate, AffiliateKind
from volunteers.models.erasures import ErasedContact
from volunteers.models.messages import (
    AskedBy,
    Invitation,
    MailKind,
    VolunteerMail,
)
from volunteers.models.shifts import Shift, ShiftSignUp
from volunteers.models.teams import Team
from volunteers.models.volunteers import (
    Consent,
    ConsentChannel,
    PersonalLink,
    ShiftKind,
    Undertaking,
    Volunteer,
    VolunteerKind,
)

__all__ = [
    "Affiliate",
    "AffiliateKind",
    "AskedBy",
    "Consent",
    "ConsentChannel",
    "ErasedContact",
    "Invitation",
    "MailKind",
    "PersonalLink",
    "Shift",
    "ShiftKind",
    "ShiftSignUp",
    "Team",
    "Undertaking",
    "Volunteer",
    "VolunteerKind",
    "VolunteerMail",
]
