"""What the tables say, but for ids and the time of writing."""

from collections import Counter

from django.apps import apps
from django.db import models

from campaigns.models import Address, AuditEntry, Elector, Job, JobPart, RegisterEntry
from canvassing.models import GotvEntry

BOOKKEEPING = {Job, JobPart, AuditEntry}
MADE_OF_IDS = {"id", "walk_position"}
WHOSE = {
    RegisterEntry: (
        "prefix number surname forename elector__name_key polling_district__code"
        " polling_district__ward__gss address__printed until_edition__kind"
    ),
    Elector: "name_key elector_number address__printed polling_district__code",
    GotvEntry: "ward__gss position elector__elector_number address__printed",
}

Rows = Counter[tuple[object, ...]]


def contents() -> dict[str, Rows]:
    """The rows of every table of ours, without ids; who belongs to what, by name."""
    ours = [m for m in apps.get_models() if m.__module__.startswith(("camp", "canv"))]
    told = {m.__name__: rows(m, *own_fields(m)) for m in ours if m not in BOOKKEEPING}
    whose = {f"{m.__name__} of": rows(m, *names.split()) for m, names in WHOSE.items()}
    walk = enumerate(Address.objects.order_by("walk_position").values_list("printed"))
    return told | whose | {"walk": Counter(walk), "verbs": rows(AuditEntry, "verb")}


def own_fields(model: type[models.Model]) -> list[str]:
    """All but ids, what is made of ids, and instants."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if not (field.is_relation or field.name in MADE_OF_IDS)
        and not isinstance(field, models.DateTimeField)
    ]


def rows(model: type[models.Model], *fields: str) -> Rows:
    found = model._base_manager.order_by().values_list(*fields)
    return Counter(tuple(map(repr, row)) for row in found)
