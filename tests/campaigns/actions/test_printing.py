"""The price of a printed side: set by agent and organisers, and kept in the audit."""

from decimal import Decimal

import pytest

from campaigns.actions.printing import propose_printing, set_printing_price
from campaigns.models import AuditEntry, Campaign, Expense, User
from campaigns.roles import Role
from campaigns.rules.printing import PrintingRefused
from tests.campaigns.purchases import clerk
from tests.cast import NOW, actor, member
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
FOUR_PENCE = Decimal("0.04")


def test_the_agent_or_an_organiser_sets_it_on_its_page(
    campaign: Campaign, agent: User, organiser: User
) -> None:
    page = f"/{campaign.slug}/money/printing/"
    sent = {"price": "0.04", "supplier": "Inkwell Stationers"}

    told = signed_in(agent).post(page, sent, follow=True).content.decode()
    campaign.refresh_from_db()
    price = campaign.printed_side_price
    signed_in(organiser).post(page, {"price": "", "supplier": ""})

    assert "Each print is proposed at this price from now." in told
    assert "Nothing was printed since the price was set." in told
    assert price == FOUR_PENCE
    campaign.refresh_from_db()
    assert campaign.printed_side_price is None
    none = {"price": None, "supplier": "", "address": ""}
    priced = {"price": "0.0400", "supplier": "Inkwell Stationers", "address": ""}
    entries = AuditEntry.objects.filter(verb="campaign.printing_price_set")
    assert [entry.data for entry in entries.order_by("pk")] == [
        {"before": none, "after": priced},
        {"before": priced, "after": none},
    ]


def test_another_supplier_at_the_same_price_is_written_down_and_the_same_is_not(
    campaign: Campaign,
) -> None:
    for address in ("4 Inkwell Yard", "4 Inkwell Yard", "9 Quill Lane"):
        set_printing_price(
            campaign=campaign,
            price=FOUR_PENCE,
            supplier="Inkwell Stationers",
            supplier_address=address,
            by=clerk(campaign),
            at=NOW,
        )

    entries = AuditEntry.objects.filter(verb="campaign.printing_price_set")
    assert [
        (one.data["before"]["address"], one.data["after"]["address"])
        for one in entries.order_by("pk")
    ] == [("", "4 Inkwell Yard"), ("4 Inkwell Yard", "9 Quill Lane")]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"price": "0.04"}, "Say who supplies paper and toner."),
        ({"price": "11", "supplier": "Inkwell"}, "more than nought, such as"),
        (
            {"price": "0", "supplier": "Inkwell"},
            "costs more than nothing: at least",
        ),
        ({"price": "four pence", "supplier": "Inkwell"}, "Write pounds as a number"),
        ({"price": "0.00001", "supplier": "Inkwell"}, "no more than 4 decimal"),
        ({"price": "NaN", "supplier": "Inkwell"}, "Write pounds as a number"),
    ],
)
def test_a_price_that_is_none_is_said_on_the_form(
    campaign: Campaign, agent: User, sent: dict[str, str], sentence: str
) -> None:
    answer = signed_in(agent).post(f"/{campaign.slug}/money/printing/", sent)

    assert sentence in answer.content.decode()
    campaign.refresh_from_db()
    assert campaign.printed_side_price is None


def test_nobody_else_sets_it(campaign: Campaign) -> None:
    treasurer = member("Trudy Treasurer", Role.TREASURER, campaign)
    with pytest.raises(PrintingRefused) as refused:
        set_printing_price(
            campaign=campaign,
            price=FOUR_PENCE,
            supplier="Inkwell",
            by=actor(treasurer),
            at=NOW,
        )

    assert refused.value.code == "not_allowed"


def test_a_new_price_leaves_what_was_proposed_before(campaign: Campaign) -> None:
    by = clerk(campaign)

    def print_once(source: str) -> Expense | None:
        return propose_printing(
            campaign=campaign, what="Cards", sides=10, source=source, by=by, at=NOW
        )

    assert print_once("printing:test:1") is None
    for price, source in (("0.04", "printing:test:2"), ("1", "printing:test:3")):
        set_printing_price(
            campaign=campaign,
            price=Decimal(price),
            supplier="Inkwell Stationers",
            by=by,
            at=NOW,
        )
        print_once(source)

    amounts = Expense.objects.order_by("pk").values_list("amount", flat=True)
    assert list(amounts) == [Decimal("0.40"), Decimal("10.00")]
