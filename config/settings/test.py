"""Tests: quick hashing, nothing sent. Their plugin names a throw-away PRIVATE_FILES."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)

from config.settings.dev import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "process")
}
AXES_ENABLED = False
