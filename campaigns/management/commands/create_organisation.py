"""Set up an organisation: the data controller everything else belongs to."""

from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandParser

from campaigns.access import Actor
from campaigns.actions.organisations import create_organisation
from campaigns.clock import now
from campaigns.management.base import JsonCommand
from campaigns.models import ControllerKind


class Command(JsonCommand):
    help = "Set up an organisation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--slug", required=True)
        parser.add_argument(
            "--controller-kind",
            choices=ControllerKind.values,
            default=ControllerKind.PARTY,
        )

    def answer(
        self, *, name: str, slug: str, controller_kind: str
    ) -> Mapping[str, Any]:
        organisation = create_organisation(
            name=name,
            slug=slug,
            controller_kind=controller_kind,
            by=Actor("system", None, "Command line"),
            at=now(),
        )
        return {"id": organisation.pk, "slug": organisation.slug}
