"""The admin of codes, contacts and lists."""

from canvassing.admin import codes, facts

__all__ = ["codes", "facts"]
