"""How another tool's files are read: told once, and remembered."""

from django.db import models

from campaigns.models.base import OrganisationScoped


class ContactMapping(OrganisationScoped):
    """What the columns and codes of files with one header mean in one campaign.

    `columns` maps our name of a column to the file's, or to nothing where the file has
    none; `codes` maps the other tool's codes to ours, or to nothing.
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.CASCADE, related_name="+"
    )
    header_digest = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    codes = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "header_digest"],
                name="one_contact_mapping_per_header",
            )
        ]

    def __str__(self) -> str:
        return f"{len(self.columns)} columns, {len(self.codes)} codes"
