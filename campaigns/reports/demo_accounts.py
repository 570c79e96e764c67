"""Who may be signed in as in the demonstration. Empty anywhere else."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django_otp.oath import TOTP, hotp
from django_otp.plugins.otp_totp.models import TOTPDevice

from campaigns.models import Membership, User


def demo_accounts(*, at: datetime) -> QuerySet[Membership]:
    """Memberships of organisations that stand on another day, in the demo only."""
    members = Membership.objects.select_related("user", "campaign", "organisation")
    if not settings.DEMO:
        return members.none()
    return (
        members.exclude(organisation__clock_offset=timedelta(0))
        .filter(Q(until_at__isnull=True) | Q(until_at__gt=at), from_at__lte=at)
        .order_by("pk")
    )


def demo_password() -> str:
    return settings.DEMO_PASSWORD if settings.DEMO else ""


def demo_code(user: User, *, at: datetime) -> str:
    """What the app of an invented person shows; empty for everybody else.

    A code is good once: after it comes the next. Never in production, and not for a
    person who also belongs to a real organisation.
    """
    if not demo_accounts(at=at).filter(user=user).exists():
        return ""
    if user.memberships.filter(organisation__clock_offset=timedelta(0)).exists():
        return ""
    device = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    if device is None:
        return ""
    clock = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    unused = max(clock.t(), device.last_t + 1)
    return f"{hotp(device.bin_key, unused, device.digits):0{device.digits}d}"
