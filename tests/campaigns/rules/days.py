"""Bank holidays in England of the years that the examples use."""

from datetime import date

BANK_HOLIDAYS = frozenset(
    (
        *(date(2017, *day) for day in ((4, 14), (4, 17), (5, 1), (5, 29))),
        *(date(2021, *day) for day in ((4, 2), (4, 5), (5, 3), (5, 31))),
        *(date(2022, *day) for day in ((4, 15), (4, 18), (5, 2), (6, 2), (6, 3))),
        *(date(2024, *day) for day in ((3, 29), (4, 1), (5, 6), (5, 27), (8, 26))),
        *(date(2025, *day) for day in ((4, 18), (4, 21), (5, 5))),
        *(date(2028, *day) for day in ((4, 14), (4, 17), (5, 1))),
    )
)
