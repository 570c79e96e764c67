"""Whole stories, told on the pages by those who do each thing."""

import pytest

# A step that fails shows what it saw, though it does not stand in a test's own module.
pytest.register_assert_rewrite(
    "tests.journeys.agents_desk",
    "tests.journeys.mayor_before_the_poll",
    "tests.journeys.mayor_after_the_poll",
    "tests.journeys.ward_of_two",
)
