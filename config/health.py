"""Is this process able to serve: for the proxy and the container."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse


def answer(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse({"status": "ok"})
