"""Bodies that lend people."""

from django.db import models

from campaigns.models.base import OrganisationScoped


class AffiliateKind(models.TextChoices):
    UNION = "union", "Trade union"
    LOCAL_PARTY = "local_party", "Local party or branch"
    OTHER = "other", "Other body"


class Affiliate(OrganisationScoped):
    """A body that lends people: they see what volunteers see, the body sees nothing."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=AffiliateKind)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="affiliate_once_by_name"
            )
        ]

    def __str__(self) -> str:
        return self.name
