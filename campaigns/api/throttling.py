"""How often one token or user may call, said in every answer's headers."""

import time
from typing import TYPE_CHECKING

from django.conf import settings
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from campaigns.access import Actor

if TYPE_CHECKING:
    from rest_framework.views import APIView


class TokenThrottle(SimpleRateThrottle):
    """Counts every call, refused ones too; who is not known is counted by machine."""

    scope = "token"
    window = 60.0

    def get_rate(self) -> str:
        return f"{settings.API_RATE_PER_MINUTE}/minute"

    def get_cache_key(self, request: Request, view: "APIView") -> str:
        actor: object = request.auth
        if isinstance(actor, Actor):
            return f"throttle-{actor.kind}-{actor.id}"
        return f"throttle-{request.META.get('REMOTE_ADDR', '')}"

    def allow_request(self, request: Request, view: "APIView") -> bool:
        self.history: list[float] = []
        try:
            allowed = super().allow_request(request, view)
        except RedisError:  # it may be away: nobody is turned off for that
            allowed = True
        limit = settings.API_RATE_PER_MINUTE
        now = time.time()
        oldest = self.history[-1] if self.history else now
        request.rate_headers = {  # type: ignore[attr-defined]
            "RateLimit-Limit": str(limit),
            "RateLimit-Remaining": str(max(0, limit - len(self.history))),
            "RateLimit-Reset": str(max(0, round(self.window - (now - oldest)))),
        }
        return allowed
