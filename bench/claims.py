"""Fifty callers of one phone bank for a minute, each as soon as a call is over.

A call lasts two seconds here, a tenth of how long it rings when nobody answers: fifty
people then claim and file 25 times a second. What is timed is the claim alone. Each
caller is a process of its own: threads of one would wait for each other's Python.
`doubles` are pairs of claims of one elector that lived at the same moment: counted in
the database when all is over, when a number is no longer kept with its claim.
"""

import time as clock
from collections.abc import Sequence
from datetime import time, timedelta
from multiprocessing import get_context
from random import Random

from django.db import connection

from bench.measures import Goal, Measured
from bench.scene import Scene
from campaigns.actions.jobs import run_here
from canvassing.actions.call_claims import claim_next_call
from canvassing.actions.call_outcomes import CallSaid, file_call
from canvassing.actions.phone_banks import let_caller_in, make_phone_bank, open_bank
from canvassing.models import PhoneBank, WhomToSee
from volunteers.models import Volunteer

CALLERS = 50
SECONDS = 60
CALL = 2
# One in ten electors of the campaign has a number; a household shares one.
NUMBERS = """
INSERT INTO canvassing_phonenumber (
    organisation_id, elector_id, number, source, obtained_on, notice, consent_wording,
    screened_on, is_listed, by_kind, by_label)
SELECT s.organisation_id, s.elector_id,
       '+447' || lpad(coalesce(s.address_id, s.elector_id)::text, 9, '0'),
       'benchmark', %(on)s, '', '', %(on)s, false, 'system', 'Benchmark'
FROM canvassing_electorstanding s
WHERE s.organisation_id = %(organisation)s AND s.campaign_id = %(campaign)s
  AND s.is_current AND coalesce(s.address_id, s.elector_id) %% 10 = 0
"""
DOUBLES = """
SELECT count(*) FROM canvassing_callclaim a
JOIN canvassing_callclaim b ON b.id > a.id AND b.campaign_id = a.campaign_id
     AND b.elector_id = a.elector_id
     AND b.claimed_at < coalesce(a.closed_at, 'infinity')
     AND a.claimed_at < coalesce(b.closed_at, 'infinity')
WHERE a.bank_id = %s
"""


def claims(scene: Scene) -> Measured:
    bank = _bank(scene)
    callers = [_caller(scene, bank, number) for number in range(CALLERS)]
    began = clock.perf_counter()
    waits = _call_all_at_once(scene, bank, callers)
    taken = clock.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute(DOUBLES, [bank.pk])
        doubles: int = cursor.fetchone()[0]
    p95 = waits[int(len(waits) * 0.95)] * 1000
    return Measured(
        taken,
        rows=len(waits),
        more={"doubles": doubles, "p95_ms": round(p95, 1)},
        goals={"doubles": Goal("doubles", 0), "p95_ms": Goal("p95_ms", 50)},
        note=f"{CALLERS} callers, {len(waits)} claims,"
        f" median {waits[len(waits) // 2] * 1000:.1f} ms",
    )


def _bank(scene: Scene) -> PhoneBank:
    campaign = scene.campaign
    with connection.cursor() as cursor:
        cursor.execute(
            NUMBERS,
            {
                "organisation": campaign.organisation_id,
                "campaign": campaign.pk,
                "on": scene.at.date(),
            },
        )
        cursor.execute("ANALYZE canvassing_phonenumber")
    bank = make_phone_bank(
        campaign=campaign,
        name="Benchmark",
        starts_at=scene.at - timedelta(hours=1),
        calls_from=time(9),
        calls_until=time(20, 30),
        whom_to_call=WhomToSee.ALL,
        most_callers=CALLERS,
        by=scene.by,
        at=scene.at,
    )
    run_here(open_bank(bank, by=scene.by, at=scene.at))
    bank.refresh_from_db()
    return bank


def _caller(scene: Scene, bank: PhoneBank, number: int) -> Volunteer:
    volunteer = Volunteer.objects.create(
        organisation=scene.campaign.organisation,
        name=f"Caller {number}",
        joined_on=scene.at.date(),
    )
    let_caller_in(bank, volunteer, at=scene.at)
    return volunteer


def _call_all_at_once(
    scene: Scene, bank: PhoneBank, callers: Sequence[Volunteer]
) -> list[float]:
    """Seconds that each claim of all of them took, the quickest first."""
    # Copies of this process, which may not share its connection.
    connection.close()
    until = clock.monotonic() + SECONDS
    with get_context("fork").Pool(len(callers)) as processes:
        found = processes.starmap(
            _call, [(scene, bank, caller, until) for caller in callers], chunksize=1
        )
    return sorted(wait for waits in found for wait in waits)


def _call(
    scene: Scene, bank: PhoneBank, caller: Volunteer, until: float
) -> list[float]:
    """Seconds that each claim took."""
    waits: list[float] = []
    connection.ensure_connection()
    clock.sleep(Random(caller.pk).random() * CALL)
    while clock.monotonic() < until:
        began = clock.perf_counter()
        live = claim_next_call(bank, caller_id=caller.pk, at=scene.at)
        waits.append(clock.perf_counter() - began)
        if live is None:
            raise AssertionError("The queue ran out before the minute was over.")
        clock.sleep(CALL)
        file_call(
            live.claim.uuid,
            CallSaid("no_answer"),
            bank=bank,
            caller_id=caller.pk,
            by=scene.by,
            at=scene.at,
        )
    connection.close()
    return waits
