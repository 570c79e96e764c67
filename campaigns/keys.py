"""Keys that we give out once and know again by their hash: 256 bits, from `secrets`.
And what a file is known again by."""

import hashlib
import secrets

from django.core.files import File
from django.utils.crypto import salted_hmac

KEY_BYTES = 32


def new_key() -> str:
    return secrets.token_urlsafe(KEY_BYTES)


def hash_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def hash_of_file(file: File) -> str:
    """Of what is in it, which is then read from the beginning again."""
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


def derived_key(purpose: str, seed: str) -> str:
    """The same for the same seed, as long as the site's secret key is the same: for a
    link that is shown more than once, of which the database keeps no copy."""
    return salted_hmac(purpose, seed, algorithm="sha256").hexdigest()
