"""When the wish of a household stands: as long as somebody who asked lives there."""

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from canvassing.models import DoNotContact


def who_asked_is_there(wish: str) -> str:
    """SQL: of a wish of that name, whether one of those present when it was said is
    registered at the address still. Once none is, it has lapsed."""
    return f"""EXISTS (
    SELECT FROM campaigns_elector p
    WHERE p.id = ANY({wish}.present) AND p.address_id = {wish}.address_id
      AND p.on_register AND p.merged_into_id IS NULL)"""


def has_not_lapsed() -> RawSQL:
    """The same, as a condition of a query of wishes; False of a person's."""
    table = DoNotContact._meta.db_table
    return RawSQL(who_asked_is_there(table), (), BooleanField())  # noqa: S611 - of ours
