"""The SQL of who may be called on which number now. See docs/rules/phones.md.

Over `canvassing_electorstanding s` and `canvassing_phonenumber n` of the same elector.
"""

from datetime import datetime
from typing import Any

from campaigns.clock import day_of
from canvassing.models import Channel
from canvassing.reports.gotv_selection import may_contact
from canvassing.rules.calls import first_day_of_screening

# Said by anybody, by whatever channel, and neither taken back nor spoken to since. Who
# was never contacted is not looked up.
GONE = """
CASE WHEN s.last_contact_id IS NULL THEN false ELSE EXISTS (
    SELECT FROM canvassing_contact k
    JOIN canvassing_outcomecode o ON o.id = k.outcome_id
         AND o.kind IN ('moved', 'deceased')
    WHERE k.organisation_id = s.organisation_id AND k.campaign_id = s.campaign_id
      AND k.elector_id = s.elector_id
      AND k.effective_at >= coalesce(s.last_spoken_at, '-infinity')
      AND NOT EXISTS (
          SELECT FROM canvassing_contact later
          WHERE later.organisation_id = k.organisation_id AND later.corrects = k.uuid)
) END
"""
MAY_BE_CALLED = f"""
s.is_current AND NOT s.is_anonymous AND s.eligible = 1 AND s.voted_at IS NULL
AND s.no_contact = ANY(%(may_contact)s::smallint[])
AND s.household_no_contact = ANY(%(may_contact)s::smallint[])
AND NOT {GONE}
"""
# Consent of the person whom we call, or a screening in which the line was not found.
CONSENTED = "(n.calls_given_at IS NOT NULL AND n.calls_withdrawn_at IS NULL)"
SCREENED = "(NOT n.is_listed AND n.screened_on BETWEEN %(screened_from)s AND %(today)s)"
# Whoever asks us not to call asks for the line, which may ring for others as well.
LINE_IS_FREE = """
NOT EXISTS (
    SELECT FROM canvassing_phonenumber beside
    JOIN canvassing_donotcontact d ON d.organisation_id = beside.organisation_id
         AND d.elector_id = beside.elector_id AND d.lifted_at IS NULL
         AND d.channel IN ('', 'phone')
         AND (d.campaign_id IS NULL OR d.campaign_id = %(campaign)s)
    WHERE beside.organisation_id = n.organisation_id AND beside.number = n.number)
"""
NUMBER_SERVES = f"""
n.wrong_at IS NULL AND ({CONSENTED} OR {SCREENED}) AND {LINE_IS_FREE}
"""


def calling_parameters(at: datetime) -> dict[str, Any]:
    """What the SQL above names, but for the organisation and the campaign."""
    today = day_of(at)
    return {
        "may_contact": may_contact(Channel.PHONE),
        "today": today,
        "screened_from": first_day_of_screening(today),
    }
