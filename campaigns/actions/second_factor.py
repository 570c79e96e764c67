"""Set up the second factor: an authenticator app, and codes for when it is lost."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from campaigns.actions import audit
from campaigns.models import User
from campaigns.rules.refusals import Refusal

if TYPE_CHECKING:
    from campaigns.access import Actor

BACKUP_CODES = 8


class SecondFactorRefused(Refusal):
    """The code does not fit the app that is being set up."""


def begin_second_factor(user: User) -> TOTPDevice:
    """The app that the user is setting up; it counts once `confirm` has seen a code."""
    device, _ = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "Authenticator app"}
    )
    return device


def confirm_second_factor(
    user: User, code: str, *, by: "Actor", at: datetime
) -> TOTPDevice:
    """The code proves the app: it replaces any earlier one."""
    device = begin_second_factor(user)
    if not device.verify_token(code):
        raise SecondFactorRefused(
            "wrong_code",
            "That code does not fit. Wait for the next one and type all six digits.",
        )
    with transaction.atomic(durable=True):
        TOTPDevice.objects.filter(user=user, confirmed=True).delete()
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
        _record("second_factor.confirmed", by=by, at=at)
    device.confirmed = True
    return device


def make_backup_codes(user: User, *, by: "Actor", at: datetime) -> list[str]:
    """New codes, each good for one sign-in; the old ones stop working."""
    with transaction.atomic(durable=True):
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="Backup codes")
        codes = [StaticToken.random_token() for _ in range(BACKUP_CODES)]
        StaticToken.objects.bulk_create(
            StaticToken(device=device, token=code) for code in codes
        )
        _record("backup_codes.made", by=by, at=at)
    return codes


def _record(verb: str, *, by: "Actor", at: datetime) -> None:
    """In every organisation whose data this person can reach."""
    for organisation_id in {grant.organisation_id for grant in by.grants}:
        audit.record(verb, by=by, at=at, organisation_id=organisation_id)
