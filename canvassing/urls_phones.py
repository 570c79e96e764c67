"""Addresses of phone banks, of numbers and their screening, and of street stalls."""

from django.urls import path

from canvassing.views import contact_details, phone_banks, stall_helpers, stalls

urlpatterns = [
    path("phones/", phone_banks.phones, name="phones"),
    path("phones/new/", phone_banks.new_bank, name="phone-bank-new"),
    path("phones/screening/", contact_details.screening, name="screening"),
    path(
        "phones/screening/numbers/",
        contact_details.numbers_to_screen,
        name="numbers-to-screen",
    ),
    path("phones/details/", contact_details.upload, name="details-upload"),
    path("phones/details/<int:job>/", contact_details.check, name="details-check"),
    path("phones/details/<int:job>/go/", contact_details.load, name="details-load"),
    path("phones/<int:bank>/", phone_banks.phone_bank, name="phone-bank"),
    path(
        "phones/<int:bank>/open/", phone_banks.phone_bank_open, name="phone-bank-open"
    ),
    path(
        "phones/<int:bank>/close/",
        phone_banks.phone_bank_close,
        name="phone-bank-close",
    ),
    path(
        "phones/<int:bank>/accompanied/",
        phone_banks.phone_bank_accompanied,
        name="phone-bank-accompanied",
    ),
    path(
        "phones/<int:bank>/block/<int:volunteer>/",
        phone_banks.phone_bank_block,
        name="phone-bank-block",
    ),
    path(
        "phones/<int:bank>/same-person/<int:volunteer>/",
        phone_banks.phone_bank_same_person,
        name="phone-bank-same-person",
    ),
    path(
        "electors/<int:elector>/withdraw/<slug:what>/<int:detail>/",
        contact_details.withdraw,
        name="consent-withdraw",
    ),
    path("stall/", stalls.stalls, name="stalls"),
    path("stall/new/", stalls.new_stall, name="stall-new"),
    path("stall/<int:session>/", stalls.stall, name="stall"),
    path("stall/<int:session>/<int:elector>/", stalls.record, name="stall-record"),
    path(
        "stall/<int:session>/helpers/",
        stall_helpers.stall_helpers,
        name="stall-helpers",
    ),
    path(
        "stall/<int:session>/helpers/close/",
        stall_helpers.stall_helpers_close,
        name="stall-helpers-close",
    ),
    path(
        "stall/<int:session>/helpers/accompanied/",
        stall_helpers.stall_helpers_accompanied,
        name="stall-helpers-accompanied",
    ),
    path(
        "stall/<int:session>/helpers/<int:volunteer>/block/",
        stall_helpers.stall_helper_block,
        name="stall-helper-block",
    ),
    path(
        "stall/<int:session>/helpers/<int:volunteer>/same-person/",
        stall_helpers.stall_helper_same_person,
        name="stall-helper-same-person",
    ),
]
