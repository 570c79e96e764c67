"""No match is decided while an import, which has paired electors, is writing them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from campaigns.access import system
from campaigns.actions.matching import MatchRefused, accept_match, undo_match
from campaigns.actions.register_editions import lock_council
from campaigns.models import ElectorMerge, MatchProposal
from tests.campaigns.registers import Line, Registrar
from tests.cast import NOW

ADA = Line("1", "Ash", "Ada")
NEIGHBOUR = Line("2", "Birch", "Ben")
MOVED = ADA.now("", home=("9 Rowan Road", "Wolverhampton"))


@pytest.mark.django_db(transaction=True)
def test_a_match_waits_for_the_import_of_its_council(registrar: Registrar) -> None:
    registrar.load(ADA, NEIGHBOUR)
    registrar.load(MOVED, NEIGHBOUR, published_on=date(2024, 12, 1))
    by, proposal = system(registrar.organisation), MatchProposal.objects.get()

    def elsewhere(decide: object, row: object) -> str:
        try:
            decide(row, by=by, at=NOW)  # type: ignore[operator]
        except MatchRefused as refusal:
            return refusal.code
        finally:
            connection.close()
        return "decided"

    with ThreadPoolExecutor(1) as another:
        with transaction.atomic():
            lock_council(organisation=registrar.organisation, council=registrar.council)
            during = another.submit(elsewhere, accept_match, proposal).result()
        after = another.submit(elsewhere, accept_match, proposal).result()
        merge = ElectorMerge.objects.get()
        with transaction.atomic():
            lock_council(organisation=registrar.organisation, council=registrar.council)
            undone = another.submit(elsewhere, undo_match, merge).result()

    assert (during, after, undone) == ("loading", "decided", "loading")
