"""How often one token or user may call."""

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle


class TokenThrottle(SimpleRateThrottle):
    scope = "token"

    def get_rate(self) -> str:
        return f"{settings.API_RATE_PER_MINUTE}/minute"

    def get_cache_key(self, request: Request, view: object) -> str | None:
        actor = request.auth
        who = f"{actor.kind}-{actor.id}" if actor else self.get_ident(request)
        return f"throttle-{who}"
