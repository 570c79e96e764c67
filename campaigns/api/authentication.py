"""Who calls: an external tool with a token, or a signed-in user's own page."""

from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, Q
from django.db.models.functions import Now
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from campaigns.access import Actor, actor_of_token, actor_of_user
from campaigns.clock import now
from campaigns.keys import hash_of
from campaigns.models import ApiToken, Ward
from campaigns.views.decorators import lacks_second_factor


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer prefix.secret`"""

    def authenticate(self, request: Request) -> tuple[Any, Actor] | None:
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = (
            ApiToken.objects.select_related("created_by", "organisation")
            .prefetch_related(Prefetch("wards", Ward.objects.only("pk")))
            .filter(prefix=key.partition(".")[0], secret_hash=hash_of(key))
            .filter(revoked_at__isnull=True, expires_at__gt=Now())
            .first()
        )
        if token is None:
            raise AuthenticationFailed("This token is not known, or no longer valid.")
        self._note_use(token)
        return token.created_by, actor_of_token(token)

    @staticmethod
    def _note_use(token: ApiToken) -> None:
        """At most one write a minute."""
        stale = Q(last_used_at__isnull=True) | Q(
            last_used_at__lt=Now() - timedelta(minutes=1)
        )
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=Now())

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class PageAuthentication(SessionAuthentication):
    """A signed-in user, with CSRF protection."""

    def authenticate(self, request: Request) -> tuple[Any, Actor] | None:
        found = super().authenticate(request)
        if found is None:
            return None
        actor = actor_of_user(found[0], at=now())
        # The request itself: asking DRF's for its user would authenticate again.
        if lacks_second_factor(request._request, actor):
            raise AuthenticationFailed("Sign in with your second factor first.")
        return found[0], actor
