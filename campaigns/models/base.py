"""What every row about a person, a campaign or its money carries."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models

if TYPE_CHECKING:
    from campaigns.access import Actor

ModelT = TypeVar("ModelT", bound=models.Model, covariant=True)


class ScopedQuerySet(models.QuerySet[ModelT]):
    def of(self, organisation: Any) -> "ScopedQuerySet[ModelT]":
        """Rows of one organisation (given as the row or its id)."""
        return self.filter(organisation=organisation)


class OrganisationScoped(models.Model):
    """A row that belongs to one data controller."""

    organisation = models.ForeignKey(
        "campaigns.Organisation", on_delete=models.PROTECT, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True


class BulkScoped(models.Model):
    """A row of a table that is loaded by COPY: no constraint on its parents.

    `check_integrity` proves that no parent is missing or of another organisation.
    """

    organisation = models.ForeignKey(
        "campaigns.Organisation",
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True


def bulk_key(to: str, **options: Any) -> "models.ForeignKey[Any, Any]":
    """A foreign key of a bulk table: no constraint, and an index only if asked for."""
    options.setdefault("db_index", False)
    options.setdefault("related_name", "+")
    return models.ForeignKey(
        to, on_delete=models.DO_NOTHING, db_constraint=False, **options
    )


class RecordedBy(models.Model):
    """Who wrote the row: kept as kind, id and label, with no foreign key."""

    by_kind = models.CharField(max_length=8)
    by_id = models.BigIntegerField(null=True)
    by_label = models.CharField(max_length=200)

    class Meta:
        abstract = True

    def recorded_by(self, actor: "Actor") -> None:
        self.by_kind, self.by_id, self.by_label = actor.kind, actor.id, actor.label
