"""The register as it stood, and how many electors are where."""

from django.db.models import Count, Q, QuerySet

from campaigns.models import Elector, Organisation, RegisterEdition, RegisterEntry


def entries_as_of(edition: RegisterEdition) -> QuerySet[RegisterEntry]:
    """The entries of the edition's council as it left them.

    Editions of a council are loaded one after another, so their ids tell their order.
    """
    return RegisterEntry.objects.filter(
        Q(until_edition__isnull=True) | Q(until_edition__gt=edition.pk),
        organisation=edition.organisation_id,
        council=edition.council_id,
        from_edition__lte=edition.pk,
    )


def electors_by_ward(organisation: Organisation) -> dict[int | None, int]:
    """Ward id -> electors on the register now; None for districts in no ward."""
    counted = (
        Elector.objects.filter(organisation=organisation, on_register=True)
        .values_list("polling_district__ward")
        .annotate(electors=Count("id"))
    )
    return dict(counted)
