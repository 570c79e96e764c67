"""How often somebody who has not signed in may do a thing."""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError


def too_often(request: HttpRequest, what: str, *, most: int, seconds: int) -> bool:
    """Whether this address has done it more than `most` times in so many seconds.

    The address is kept as a hash. Without a cache server nobody is turned away.
    """
    caller = request.META.get("REMOTE_ADDR", "")
    key = f"{what}-{hashlib.sha256(caller.encode()).hexdigest()}"
    try:
        cache.add(key, 0, seconds)
        return cache.incr(key) > most
    except (RedisError, ValueError):  # away, or over just now
        return False
