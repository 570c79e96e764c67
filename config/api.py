"""Joins the apps' REST resources under `/api/v1/`, with their description."""

from typing import Any

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter

from campaigns.api import (
    areas,
    authorities,
    base,
    campaigns,
    donations,
    funding,
    gifts,
    invoices,
    limits,
    made_files,
    me,
    position,
    printing,
    receipts,
    reminders,
    returns,
    schema,
    spending,
    statement_files,
    statements,
    supplier_invoices,
)
from canvassing.api import (
    addresses,
    codes,
    contacts,
    do_not_contact,
    electors,
    leaflets,
    lists,
    phones,
    rounds,
)
from volunteers.api import shifts, volunteers

general = SimpleRouter()
general.register("councils", areas.Councils)
general.register("elections", areas.Elections)
general.register("campaigns", campaigns.Campaigns)

of_campaign = SimpleRouter()
of_campaign.register("wards", areas.Wards)
of_campaign.register("polling-districts", areas.PollingDistricts)
of_campaign.register("jobs", campaigns.Jobs)
of_campaign.register("expenses", spending.Expenses)
of_campaign.register("invoices", invoices.Invoices, basename="bill")
of_campaign.register("donations", donations.Donations, basename="given")
of_campaign.register("limit-notices", limits.LimitNotices, basename="limitnotice")
of_campaign.register("returns", returns.Returns, basename="returnversion")
of_campaign.register("return-files", returns.ReturnFiles, basename="returnfile")
of_campaign.register("papers", made_files.Papers, basename="paper")
of_campaign.register("receipts", receipts.Receipts, basename="receipt")
of_campaign.register(
    "statement-files", statement_files.StatementFiles, basename="statementfile"
)
of_campaign.register(
    "statement-lines", statements.StatementLines, basename="statementline"
)
of_campaign.register(
    "statement-matches", statements.StatementMatches, basename="statementmatch"
)
of_campaign.register(
    "supplier-files", supplier_invoices.SupplierFiles, basename="supplierfile"
)
of_campaign.register(
    "supplier-invoices",
    supplier_invoices.SupplierInvoices,
    basename="supplierinvoice",
)
of_campaign.register("gifts-in-kind", gifts.Gifts, basename="gift")
of_campaign.register("authorities", authorities.Authorities, basename="authority")
of_campaign.register(
    "outside-activities", authorities.OutsideActivities, basename="outsideactivity"
)
of_campaign.register("electors", electors.Electors, basename="elector")
of_campaign.register("pledges", electors.Pledges, basename="pledge")
of_campaign.register("addresses", addresses.Addresses, basename="address")
of_campaign.register("contacts", contacts.Contacts, basename="contact")
of_campaign.register("outcomes", codes.Outcomes, basename="outcome")
of_campaign.register("intentions", codes.Intentions, basename="intention")
of_campaign.register("lists", lists.Lists, basename="list")
of_campaign.register("rounds", rounds.Rounds, basename="round")
of_campaign.register("leaflet-rounds", rounds.LeafletRounds, basename="leafletround")
of_campaign.register(
    "leaflet-spending", leaflets.LeafletSpending, basename="leafletspending"
)
of_campaign.register("volunteers", volunteers.Volunteers, basename="volunteer")
of_campaign.register("shifts", shifts.Shifts, basename="shift")
of_campaign.register("phone-banks", phones.PhoneBanks, basename="phonebank")
of_campaign.register(
    "do-not-contact", do_not_contact.DoNotContacts, basename="donotcontact"
)
of_campaign.register("contact-details", phones.ContactDetails, basename="contactdetail")


class Docs(SpectacularSwaggerSplitView):
    """The browsable description. Its library sets styles in place."""

    template_name = "api_docs.html"
    authentication_classes = ()
    permission_classes = ()

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.csp_extra = {"style-src": ["'unsafe-inline'"]}  # type: ignore[attr-defined]
        return response


class Schema(SpectacularAPIView):
    """OpenAPI 3.1."""

    authentication_classes = ()
    permission_classes = ()


# Registered with the description by being imported.
AUTHENTICATION = (schema.TokenScheme, schema.PageScheme)

urlpatterns = [
    path("schema/", Schema.as_view(), name="api-schema"),
    path("docs/", Docs.as_view(url_name="api-schema"), name="api-docs"),
    path("v1/me/", me.Me.as_view({"get": "retrieve"}), name="me"),
    path("v1/", include(general.urls)),
    path("v1/campaigns/<slug:campaign_slug>/", include(of_campaign.urls)),
    path(
        "v1/campaigns/<slug:campaign_slug>/spending/",
        position.Spending.as_view({"get": "retrieve"}),
        name="spending",
    ),
    path(
        "v1/campaigns/<slug:campaign_slug>/spending/what-if/",
        position.WhatIf.as_view({"get": "retrieve"}),
        name="spending-what-if",
    ),
    path(
        "v1/campaigns/<slug:campaign_slug>/budget/",
        funding.Budget.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="spending-budget",
    ),
    path(
        "v1/campaigns/<slug:campaign_slug>/funding/",
        funding.Funding.as_view({"get": "retrieve"}),
        name="spending-funding",
    ),
    path(
        "v1/campaigns/<slug:campaign_slug>/spending/days/",
        limits.RegulatedDays.as_view({"get": "retrieve", "put": "update"}),
        name="spending-days",
    ),
    path(
        "v1/campaigns/<slug:campaign_slug>/spending/joint-candidates/",
        limits.JointCandidates.as_view({"get": "retrieve", "put": "update"}),
        name="spending-joint",
    ),
    path(
        "v1/campaigns/<slug:campaign_slug>/spending/printing/",
        printing.PrintingPrice.as_view({"get": "retrieve", "put": "update"}),
        name="spending-printing",
    ),
    path(
        "v1/campaigns/<slug:campaign_slug>/spending/deadlines/",
        limits.Deadlines.as_view({"get": "retrieve"}),
        name="spending-deadlines",
    ),
    path(
        "v1/campaigns/<slug:campaign_slug>/spending/reminders/",
        reminders.Reminders.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="spending-reminders",
    ),
    path(
        "v1/campaigns/<slug:campaign_slug>/spending/reminders/try-again/",
        reminders.RemindersNotSent.as_view({"post": "create"}),
        name="spending-reminders-again",
    ),
    re_path("^v1/.*$", base.NothingHere.as_view({"get": "look"}), name="api-nothing"),
]
