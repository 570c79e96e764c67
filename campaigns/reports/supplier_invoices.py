"""Rows of suppliers' files: what each became, and which of them wait."""

from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from campaigns.models import Campaign, ExpenseState, InvoiceFileRow, InvoiceSupplier

FILED, READY, WITH_AGENT, ASIDE = "filed", "ready", "with_agent", "aside"
REPLACED = "replaced"
STATES = (
    (READY, "Ready to be filed"),
    (WITH_AGENT, "With the agent"),
    (ASIDE, "Set aside"),
    (FILED, "Filed"),
    (REPLACED, "Replaced by a later file"),
)
IS_FILED = Q(invoice__isnull=False, invoice__voided_at__isnull=True) | Q(
    credit_note__isnull=False, credit_note__voided_at__isnull=True
)


def invoice_rows(
    campaign: Campaign,
    *,
    supplier: InvoiceSupplier | None = None,
    state: str = "",
    text: str = "",
) -> QuerySet[Any, Any]:
    """The newest first, each with its `state`.

    What waits for the agent is ready once that has committed it; what the agent voided,
    or was voided later, is set aside until an order is chosen for it.
    """
    rows = (
        InvoiceFileRow.objects.filter(
            organisation_id=campaign.organisation_id, campaign=campaign
        )
        .select_related(
            "supplier", "file", "invoice", "credit_note__invoice", "expense"
        )
        .annotate(
            state=Case(
                When(replaced_at__isnull=False, then=Value(REPLACED)),
                When(IS_FILED, then=Value(FILED)),
                When(expense__state=ExpenseState.COMMITTED, then=Value(READY)),
                When(expense__state=ExpenseState.PROPOSED, then=Value(WITH_AGENT)),
                default=Value(ASIDE),
                output_field=CharField(),
            )
        )
    )
    if supplier is not None:
        rows = rows.filter(supplier=supplier)
    if state:
        rows = rows.filter(state=state)
    for word in text.split():
        rows = rows.filter(Q(number__icontains=word) | Q(description__icontains=word))
    return rows.order_by("-dated_on", "-pk")


def rows_in_each_state(campaign: Campaign) -> dict[str, int]:
    """One query."""
    counted = (
        invoice_rows(campaign).order_by().values("state").annotate(count=Count("pk"))
    )
    found = {row["state"]: row["count"] for row in counted}
    return {state: found.get(state, 0) for state, _ in STATES}
