"""`python -m bench.run FOLDER OUT [TENTH]`: every measure on one region.

In the database of the environment, which is to be empty. The figures go to OUT as
pickled `Measured`; TENTH are those of a tenth of the region. A process of its own, so
that what one region left in memory is not counted for the other.
"""

import pickle
import sys
from pathlib import Path

import django
from django.core.management import call_command


def main(folder: str, out: str, tenth: str = "") -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    from bench.every_measure import measure_all  # once Django is set up

    known = pickle.loads(Path(tenth).read_bytes()) if tenth else {}  # noqa: S301 - ours
    figures = measure_all(Path(folder), known)
    Path(out).write_bytes(pickle.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
