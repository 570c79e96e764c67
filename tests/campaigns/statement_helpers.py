"""Invented statements, for every test about them."""

from io import BytesIO
from pathlib import Path

from campaigns.actions.statements import LoadedStatement, keep_account
from campaigns.importers.statement_jobs import import_statement
from campaigns.models import Campaign, StatementAccount, StatementLine
from tests.campaigns.purchases import clerk
from tests.cast import NOW

# The most common layout of a British bank; the fifth line is the fourth again.
APRIL = """Date,Description,Paid out,Paid in,Balance
02/04/2024,OPENING BALANCE,,,"1,000.00"
03/04/2024,PLOVER PRESS PP-1203,"£400.00",,600.00
05/04/2024,DORA DONOR,,100.00,700.00
08/04/2024,BUS FARES,5.00,,695.00
08/04/2024,BUS FARES,5.00,,690.00
"""


def account_of(
    campaign: Campaign, name: str = "Campaign account", kind: str = "bank"
) -> StatementAccount:
    return keep_account(
        campaign=campaign, name=name, kind=kind, by=clerk(campaign), at=NOW
    )


def written(folder: Path, content: str | bytes, name: str = "april.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def load(path: Path, account: StatementAccount) -> LoadedStatement:
    return import_statement(path, account=account, by=clerk(account.campaign), at=NOW)


def booked(account: StatementAccount) -> list[tuple[str, str, str]]:
    lines = StatementLine.objects.filter(account=account).order_by("day", "place")
    return [
        (f"{line.day:%-d %b}", line.description, str(line.amount)) for line in lines
    ]


def upload(content: str | bytes, name: str = "april.csv") -> BytesIO:
    file = BytesIO(content.encode() if isinstance(content, str) else content)
    file.name = name
    return file
