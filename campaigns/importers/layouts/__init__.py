"""The supplier layouts we know, as data: to add one, add a `Layout` to its supplier."""

from campaigns.importers.layouts.base import Layout
from campaigns.importers.layouts.elector8 import ELECTOR8
from campaigns.importers.layouts.eros import EROS
from campaigns.importers.layouts.strand import STRAND
from campaigns.importers.layouts.xpress import XPRESS

LAYOUTS: tuple[Layout, ...] = (*XPRESS, *EROS, *ELECTOR8, *STRAND)

__all__ = ["LAYOUTS", "Layout"]
