"""The admin of volunteers and their shifts."""

from volunteers.admin import shifts, volunteers

__all__ = ["shifts", "volunteers"]
