"""Fixtures for every test: the cast."""

from tests.cast import *  # noqa: F403
