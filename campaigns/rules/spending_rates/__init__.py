"""The dated table of what candidates may spend. A rate is added, never edited.

Dates are half-open. Where the day of a change was not read, the older and the newer
rate overlap for the days on which either might apply, and no limit can be given for
a poll on those days. Where a rate's own first or last days are in doubt, `sure_from`
and `sure_until` bound the polls for which they are not.
"""

from campaigns.rules.spending_rates.assemblies import DEVOLVED_RATES, LONDON_RATES
from campaigns.rules.spending_rates.commissioners import PCC_RATES
from campaigns.rules.spending_rates.councils import COUNCIL_RATES
from campaigns.rules.spending_rates.mayors import MAYORAL_RATES
from campaigns.rules.spending_rates.rate import Rate
from campaigns.rules.spending_rates.uk_parliament import UK_PARLIAMENT_RATES

RATES: tuple[Rate, ...] = (
    *MAYORAL_RATES,
    *COUNCIL_RATES,
    *UK_PARLIAMENT_RATES,
    *LONDON_RATES,
    *DEVOLVED_RATES,
    *PCC_RATES,
)

__all__ = ["RATES", "Rate"]
