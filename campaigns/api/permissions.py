"""What a resource asks of whoever calls it."""

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from campaigns.access import Actor


class HasCapability(BasePermission):
    """The view says `capability` to read and `write_capability` to write.

    A view that says neither is closed to everybody.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        name = "capability" if request.method in SAFE_METHODS else "write_capability"
        capability = getattr(view, name, None)
        actor = request.auth
        return (
            isinstance(actor, Actor)
            and capability is not None
            and capability in actor.capabilities
        )
