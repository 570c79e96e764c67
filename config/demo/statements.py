"""The statement of the mayor's account, loaded and for the most part explained."""

from datetime import date, datetime
from pathlib import Path

from campaigns.access import Actor
from campaigns.actions.statement_matches import Part, match_line, set_line_aside
from campaigns.actions.statements import keep_account
from campaigns.clock import UK
from campaigns.importers.statement_jobs import import_statement
from campaigns.models import AccountKind, Campaign, Organisation, StatementLine
from campaigns.reports.statement_proposals import OpenThings
from campaigns.reports.statements import statement_lines
from config.demo import cast
from config.demo.helpers import actor_of

LOADED_AT = datetime(2024, 4, 22, 18, 0, tzinfo=UK)
# What came later is left for whoever opens the demo.
EXPLAINED_UNTIL = date(2024, 4, 19)
TRANSFER = "TRANSFER TO CARD 4410"
FILE = "statement-april-2024.csv"
STATEMENT = """Date,Description,Paid out,Paid in,Balance
20/02/2024,OPENING BALANCE,,,"14,000.00"
20/02/2024,PLOVER PRESS PP-1187,"12,400.00",,"1,600.00"
04/03/2024,KINGFISHER PARTY,,"110,000.00","111,600.00"
20/03/2024,AMALG LAMPLIGHTERS UNION,,"18,000.00","129,600.00"
28/03/2024,HARROW FLAX LETTI 0091,"4,200.00",,"125,400.00"
28/03/2024,COUNTER CREDIT CHEQUE,,400.00,"125,800.00"
02/04/2024,D PENHALLOW GIFT,,"5,000.00","130,800.00"
09/04/2024,VELVETGATE LOOMS,,"2,500.00","133,300.00"
10/04/2024,CHEQUE SENT BACK,400.00,,"132,900.00"
11/04/2024,PLOVER PRESS PP-1203,"31,620.00",,"101,280.00"
16/04/2024,LINNET DIGITAL LD24031,"9,800.00",,"91,480.00"
17/04/2024,TRANSFER TO CARD 4410,500.00,,"90,980.00"
19/04/2024,MARTEN MAILING 4471,"38,440.00",,"52,540.00"
22/04/2024,PLOVER PRESS PP-1240,"27,280.00",,"25,260.00"
22/04/2024,SAFFRON HALL,640.00,,"24,620.00"
22/04/2024,D PINNOCK,,750.00,"25,370.00"
22/04/2024,MONTHLY ACCOUNT FEE,7.50,,"25,362.50"
22/04/2024,LINNET DIGITAL REFUND,,98.00,"25,460.50"
"""


def load_statement(organisation: Organisation, folder: Path, now: datetime) -> None:
    """Once: what was said or undone of its lines since stays."""
    if now < LOADED_AT:
        return
    campaign = Campaign.objects.of(organisation).get(slug=cast.MAYOR)
    agent = actor_of(cast.AGENTS[cast.MAYOR], at=now)
    account = keep_account(
        campaign=campaign,
        name="Campaign account",
        kind=AccountKind.BANK,
        by=agent,
        at=LOADED_AT,
    )
    path = folder / FILE
    path.write_text(STATEMENT, encoding="utf-8")
    import_statement(path, account=account, by=agent, at=LOADED_AT)
    untold = statement_lines(campaign).filter(
        day__lte=EXPLAINED_UNTIL, matches__isnull=True
    )
    for line in untold.order_by("day", "place"):
        _explain(line, agent)


def _explain(line: StatementLine, agent: Actor) -> None:
    if line.description == TRANSFER:
        reason = "To our own card: it is spent there."
        set_line_aside(line=line, reason=reason, by=agent, at=LOADED_AT)
        return
    best = OpenThings(line.campaign).proposals(line)[0]
    parts = [
        Part(part.candidate.kind, part.candidate.id, part.amount) for part in best.parts
    ]
    match_line(line=line, parts=parts, by=agent, at=LOADED_AT)
