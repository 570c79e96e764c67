"""Phone numbers: kept as E.164, shown as people in the United Kingdom write them."""

import phonenumbers
from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, PhoneNumberFormat

from campaigns.rules.refusals import Refusal

COUNTRY = "GB"


class PhoneNumberRefused(Refusal):
    """No number that could be rung is written there."""


def e164(written: str) -> str:
    """`07700 900123` as `+447700900123`; without a country it is a British one.

    Refused: what is no number, or none that is in use anywhere.
    """
    try:
        number = phonenumbers.parse(written, COUNTRY)
    except NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise PhoneNumberRefused(
            "no_phone_number",
            _("That is not a phone number: write it as 07700 900123."),
        )
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def as_written(number: str) -> str:
    """`+447700900123` as `07700 900123`; a foreign one with its country's code."""
    parsed = phonenumbers.parse(number, COUNTRY)
    here = phonenumbers.country_code_for_region(COUNTRY)
    shape = (
        PhoneNumberFormat.NATIONAL
        if parsed.country_code == here
        else PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(parsed, shape)
