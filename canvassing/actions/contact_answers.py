"""What a contact says beside its codes: answers to a script, consent to keep them."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from campaigns.access import Actor
from campaigns.models import Campaign
from canvassing.models import OpinionConsent
from canvassing.rules.contacts import ContactContext, ContactItem
from canvassing.rules.opinions import consent_text

ANSWERS = """
INSERT INTO canvassing_answer (
    organisation_id, campaign_id, contact_id, elector_id, question_id, code)
SELECT c.organisation_id, c.campaign_id, c.id, c.elector_id, given.question, given.code
FROM unnest(%(uuids)s::uuid[], %(questions)s::bigint[], %(codes)s::text[])
     AS given (uuid, question, code)
JOIN canvassing_contact c ON c.organisation_id = %(organisation)s
     AND c.uuid = given.uuid
ON CONFLICT DO NOTHING
"""


def file_answers(
    items: Sequence[ContactItem], *, context: ContactContext, campaign: Campaign
) -> None:
    """The answers of contacts that have just been filed; nothing where none has any."""
    rows = [
        (item.uuid, context.scripts[item.script_id].questions[key].id, code)
        for item in items
        if item.script_id
        for key, codes in item.answers
        for code in codes
    ]
    if not rows:
        return
    uuids, questions, codes = (list(column) for column in zip(*rows, strict=True))
    parameters: dict[str, Any] = {
        "organisation": campaign.organisation_id,
        "uuids": uuids,
        "questions": questions,
        "codes": codes,
    }
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, parameters)


def file_consents(
    items: Sequence[ContactItem],
    *,
    context: ContactContext,
    by: Actor,
    campaign: Campaign,
) -> None:
    """The consents that came with contacts, each beside the words agreed to."""
    name = campaign.organisation.name
    given = [
        OpinionConsent(
            organisation_id=campaign.organisation_id,
            elector_id=context.electors[item.elector_id].elector_id,
            version=item.consent,
            text=consent_text(item.consent, organisation=name),
            channel=item.channel,
            given_at=item.said_at,
            came_with=item.uuid,
        )
        for item in items
        if item.consent
    ]
    for consent in given:
        consent.recorded_by(by)
    if given:
        OpinionConsent.objects.bulk_create(given, ignore_conflicts=True)
