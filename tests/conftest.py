"""Fixtures for every test: the cast, and databases copied from a migrated one."""

from tests.cast import *  # noqa: F403
from tests.servers import django_db_modify_db_settings  # noqa: F401
