"""Every row about a person, a campaign or its money names its organisation."""

import pytest
from django.apps import apps
from django.db.models import Model

from tests.house.source import APPS

# Tables shared by all organisations, with the reason. A stale line fails.
SHARED = {
    "Organisation": "it is the organisation",
    "User": "one person may belong to several organisations",
    "Council": "public reference data",
    "Ward": "public reference data",
    "Constituency": "public reference data",
    "PostcodePoint": "public reference data",
    "Election": "public reference data",
}


def our_models() -> list[type[Model]]:
    return [model for app in APPS for model in apps.get_app_config(app).get_models()]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_a_model_carries_its_organisation_or_is_listed_as_shared(
    model: type[Model],
) -> None:
    fields = {field.name for field in model._meta.get_fields()}

    assert ("organisation" in fields) != (model.__name__ in SHARED)


def test_the_list_of_shared_tables_is_current() -> None:
    assert set(SHARED) <= {model.__name__ for model in our_models()}


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_a_model_says_what_one_row_is(model: type[Model]) -> None:
    doc = model.__doc__ or ""

    assert doc
    assert not doc.startswith(f"{model.__name__}(")
