"""Give somebody a role from the shell: how the first organiser gets in."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandParser

from campaigns.access import system
from campaigns.actions.memberships import (
    MembershipRefused,
    find_or_make_user,
    give_role,
)
from campaigns.clock import now
from campaigns.management.base import JsonCommand
from campaigns.models import Campaign, Organisation, Ward
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
        owner = Organisation.objects.filter(slug=organisation).first()
        if owner is None:
            raise MembershipRefused(
                "no_organisation", f"There is no organisation {organisation!r}."
            )
        fight = Campaign.objects.filter(slug=campaign, organisation=owner).first()
        if campaign and fight is None:
            raise MembershipRefused(
                "no_campaign", f"There is no campaign {campaign!r}."
            )
        password = secrets.token_urlsafe(12)
        user, is_new = find_or_make_user(email, name=name or email, password=password)
        give_role(
            Role(role),
            user=user,
            organisation=owner,
            campaign=fight,
            wards=Ward.objects.filter(gss__in=[g for g in wards.split(",") if g]),
            by=system(owner),
            at=now(owner),
        )
        return {
            "email": user.email,
            "role": role,
            "password": password if is_new else None,
        }
