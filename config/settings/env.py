"""Readers for the environment: a missing or wrong value refuses to start."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The value of `name`, or of the file that `name`_FILE points to."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} (or {name}_FILE) in the environment.")
    return value


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a number, not {value!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    """A list written with commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, object]:
    """Django's form of `postgresql://user:password@host:port/name?option=value`.

    A socket folder is given as `?host=/path`.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://.")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "config.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
    }


def broker(url: str) -> str:
    """Celery's form of a Redis address: a socket is spelt differently there."""
    if url.startswith("unix://"):
        return "redis+socket://" + url.removeprefix("unix://").replace(
            "?db=", "?virtual_host="
        )
    return url


@dataclass(frozen=True)
class Email:
    """Django's e-mail settings."""

    backend: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    ssl: bool = False
    start_tls: bool = False
    folder: str = ""


MAIL_PORTS = {"smtp": 25, "smtps": 465}


def email(url: str) -> Email:
    """Django's form of `smtp://user:password@host:587`, which is encrypted by STARTTLS
    where there is a password; `smtps://` is from the first byte. `file:///folder` and
    `console:` send nothing."""
    parts = urlsplit(url)
    backends = "django.core.mail.backends"
    if parts.scheme == "console":
        return Email(f"{backends}.console.EmailBackend")
    if parts.scheme == "file":
        return Email(f"{backends}.filebased.EmailBackend", folder=parts.path)
    if parts.scheme not in MAIL_PORTS or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL must be smtp://host, smtps://host, file:///folder or console:."
        )
    return Email(
        f"{backends}.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or MAIL_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        ssl=parts.scheme == "smtps",
        start_tls=parts.scheme == "smtp" and bool(parts.password),
    )
