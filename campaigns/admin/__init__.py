"""The admin of campaigns and registers."""

from campaigns.admin import contest, records

__all__ = ["contest", "records"]
