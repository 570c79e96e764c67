"""Give somebody a role from the shell: how the first organiser gets in."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandParser

from campaigns.access import system
from campaigns.actions.memberships import invite
from campaigns.clock import now
from campaigns.management.base import JsonCommand
from campaigns.management.lookups import (
    campaign_of,
    organisation_named,
    wards_named,
)
from campaigns.roles import Role


class Command(JsonCommand):
    help = "Give somebody a role; a new user gets a password, which is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--organisation", required=True, help="its slug")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--campaign", help="its slug; without it, all campaigns")
        parser.add_argument("--wards", default="", help="GSS codes with commas")

    def answer(
        self,
        *,
        email: str,
        name: str,
        organisation: str,
        role: str,
        campaign: str | None,
        wards: str,
    ) -> Mapping[str, Any]:
        owner = organisation_named(organisation)
        fight = campaign_of(owner, campaign) if campaign else None
        password = secrets.token_urlsafe(12)
        membership, is_new = invite(
            email,
            name=name or email,
            password=password,
            role=Role(role),
            organisation=owner,
            campaign=fight,
            wards=wards_named([wards]),
            by=system(owner),
            at=now(owner),
        )
        return {
            "email": membership.user.email,
            "role": role,
            "password": password if is_new else None,
        }
