"""What no page can do anything with is answered in a sentence, and is no crash."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from campaigns.models import Campaign, Elector, User
from tests.cast import make_district, make_elector
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/mayor-2024/electors/?ward=%00",
        "/mayor-2024/electors/keypad/who/?district=%00&number=1",
        "/admin/campaigns/auditentry/?target=%00",
        "/api/v1/councils/%00/",
        "/api/v1/campaigns/mayor-2024/electors/?district=%00",
    ],
)
def test_a_nul_in_an_address_is_refused(
    campaign: Campaign, organiser: User, address: str
) -> None:
    assert signed_in(organiser).get(address).status_code == 400


def test_a_nul_in_a_form_is_refused_and_changes_nothing(
    campaign: Campaign, data_officer: User
) -> None:
    ward = campaign.wards.order_by("gss")[0]
    elector = make_elector(make_district(campaign.organisation, ward))

    answer = signed_in(data_officer).post(
        f"/mayor-2024/electors/{elector.pk}/hide/", {"reason": "They a\0sked"}
    )

    assert answer.status_code == 400
    assert Elector.objects.get().hidden_at is None


def test_the_refusal_carries_the_content_policy(db: None) -> None:
    assert "Content-Security-Policy" in Client().get("/?a=%00").headers


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("nobody", "/account/sign-in/"),
        ("nobody", "/mayor-2024/register/load/"),
        ("agent", "/mayor-2024/register/load/"),
        ("data_officer", "/mayor-2024/electors/1/hide/"),
    ],
)
def test_a_large_body_is_read_only_where_files_are_taken_and_from_who_may_send_them(
    campaign: Campaign,
    request: pytest.FixtureRequest,
    who: str,
    address: str,
) -> None:
    client = Client() if who == "nobody" else signed_in(request.getfixturevalue(who))

    answer = client.post(
        address, {"council": ""}, headers={"content-length": str(6 * 1024**2)}
    )

    assert answer.status_code == 413
    assert "none of it was read" in answer.content.decode()


def test_whoever_loads_registers_may_send_a_large_file(
    campaign: Campaign, data_officer: User
) -> None:
    file = SimpleUploadedFile("register.csv", b"a" * 6 * 1024**2)

    answer = signed_in(data_officer).post(
        "/mayor-2024/register/load/", {"file": file, "council": ""}
    )

    assert answer.status_code == 200


def test_a_file_larger_than_any_register_is_refused_before_it_is_read(
    campaign: Campaign, data_officer: User
) -> None:
    answer = signed_in(data_officer).post(
        "/mayor-2024/register/load/", headers={"content-length": str(1024**4)}
    )

    assert answer.status_code == 413
    assert "At most 1.0" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "advice"),
    [
        ("money/statements/load/", "fewer days at once"),
        ("money/supplier-invoices/load/", "in several files"),
        ("money/receipts/attach/", "a smaller photograph"),
        ("money/expenses/propose/", "none of it was read.</p>"),
    ],
)
def test_what_is_too_large_is_told_what_to_do_with_that_kind_of_file(
    campaign: Campaign, agent: User, address: str, advice: str
) -> None:
    answer = signed_in(agent).post(
        f"/mayor-2024/{address}", headers={"content-length": str(1024**4)}
    )

    assert answer.status_code == 413
    assert advice in answer.content.decode()
    assert "councils" not in answer.content.decode()
