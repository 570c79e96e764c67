"""Days on which spending limits changed, and from which a change is beyond doubt."""

from datetime import date

START_OF_2005, START_OF_2006 = date(2005, 1, 1), date(2006, 1, 1)
UPRATED_2014 = date(2014, 8, 4)
MAY_2021_POLLS = date(2021, 5, 6)
UPRATED_2023 = date(2023, 11, 21)  # derived: the earlier text was superseded that day
UPRATED_2024 = date(2024, 2, 7)  # derived: a sister order made with it says so
APPROVED_2024, AFTER_MARCH_2024 = date(2024, 3, 20), date(2024, 4, 1)
LAW_LAST_READ = date(2026, 11, 22)

# A poll whose notice came before a change may have been left under the old figure.
SURE_AFTER_2023 = date(2024, 1, 1)
SURE_AFTER_2024 = date(2024, 4, 1)
