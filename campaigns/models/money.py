"""How money is stored."""

from typing import Any

from django.db import models


class MoneyField(models.DecimalField):
    """Pounds to the penny."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """A migration sees a plain decimal, so that it need not import us."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.DecimalField", args, kwargs
