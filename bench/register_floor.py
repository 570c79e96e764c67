"""The floor of an import: COPY of the same lines, typed, into one indexed table."""

from django.db import connection

from bench.measures import seconds
from bench.region import Region

BLOCK = 1 << 20

TABLE = """
DROP TABLE IF EXISTS bench_register;
CREATE TABLE bench_register (
    id bigint GENERATED ALWAYS AS IDENTITY, council text, district integer,
    prefix text, number integer, suffix integer, title text, surname text,
    forename text, name_key text, markers text, attains_on date, address integer,
    printed text, postcode text, walk_order integer, fingerprint uuid)
"""
COLUMNS = """
council, district, prefix, number, suffix, title, surname, forename, name_key, markers,
attains_on, address, printed, postcode, walk_order, fingerprint
"""
# As many as the table of electors has.
INDEXES = """
ALTER TABLE bench_register ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX ON bench_register (council, prefix, number, suffix);
CREATE INDEX ON bench_register (council, address);
CREATE INDEX ON bench_register (fingerprint);
CREATE INDEX ON bench_register (council, district, walk_order);
CREATE INDEX ON bench_register (name_key text_pattern_ops)
"""


def register_floor(region: Region) -> float:
    """Seconds for all files, each in a transaction; indexes once the first is in."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
        taken = seconds(lambda: _copy_all(region))
        cursor.execute("DROP TABLE bench_register")
    return taken


def _copy_all(region: Region) -> None:
    with connection.cursor() as cursor:
        for at, registers in enumerate(region.councils):
            statement = f"COPY bench_register ({COLUMNS}) FROM STDIN (FORMAT csv)"
            with (
                cursor.copy(statement) as copy,
                registers.file("typed").open("rb") as file,
            ):
                while block := file.read(BLOCK):
                    copy.write(block)
            if at == 0:
                cursor.execute(INDEXES)
        cursor.execute("ANALYZE bench_register")
