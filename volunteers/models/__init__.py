"""The people who help."""

from volunteers.models.shifts import Shift, ShiftKind, ShiftSignUp
from volunteers.models.volunteers import Undertaking, Volunteer

__all__ = ["Shift", "ShiftKind", "ShiftSignUp", "Undertaking", "Volunteer"]
