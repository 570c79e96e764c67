"""What candidates for police and crime commissioner may spend, by police area."""

from datetime import date
from decimal import Decimal

from campaigns.rules.marks import Mark
from campaigns.rules.money import pounds
from campaigns.rules.spending_rates import sources
from campaigns.rules.spending_rates.rate import NOUGHT, Rate

KIND = "pcc"
FIRST_RATE_FROM = date(2012, 1, 1)
UPRATED = date(2023, 12, 12)

READ_SINCE_UPRATING = frozenset(("Avon & Somerset", "Bedfordshire"))
IN_WALES = frozenset(("Dyfed-Powys", "Gwent", "North Wales", "South Wales"))

# Area, the limit of 2012, and what fits the uprating of 12 December 2023: one or two
# figures, or none where a mayor took the commissioner's place.
AREAS: tuple[tuple[str, int, tuple[int, ...]], ...] = (
    ("Avon & Somerset", 222_851, (305_130,)),
    ("Bedfordshire", 83_681, (114_570,)),
    ("Cambridgeshire", 108_754, (148_900, 148_910)),
    ("Cheshire", 142_720, (195_410,)),
    ("Cleveland", 76_889, (105_270, 105_280)),
    ("Cumbria", 72_231, (98_890, 98_900)),
    ("Derbyshire", 141_933, (194_330, 194_340)),
    ("Devon and Cornwall", 233_281, (319_410,)),
    ("Dorset", 106_888, (146_350,)),
    ("Durham", 89_055, (121_930,)),
    ("Dyfed-Powys", 72_622, (99_430,)),
    ("Essex", 234_412, (320_950, 320_960)),
    ("Gloucestershire", 86_344, (118_220,)),
    ("Greater Manchester", 356_204, ()),
    ("Gwent", 78_422, (107_370,)),
    ("Hampshire", 260_591, (356_800, 356_810)),
    ("Hertfordshire", 151_378, (207_260, 207_270)),
    ("Humberside", 126_520, (173_230,)),
    ("Kent", 228_338, (312_640, 312_650)),
    ("Lancashire", 201_729, (276_200, 276_210)),
    ("Leicestershire", 140_496, (192_360, 192_370)),
    ("Lincolnshire", 99_900, (136_780,)),
    ("Merseyside", 182_529, (249_920,)),
    ("Norfolk", 120_662, (165_210,)),
    ("North Wales", 95_241, (130_400,)),
    ("North Yorkshire", 111_814, (153_090, 153_100)),
    ("Northamptonshire", 95_663, (130_980,)),
    ("Northumbria", 195_548, (267_740, 267_750)),
    ("Nottinghamshire", 146_305, (200_320,)),
    ("South Wales", 174_179, (238_480, 238_490)),
    ("South Yorkshire", 178_637, (244_590,)),
    ("Staffordshire", 153_313, (209_910, 209_920)),
    ("Suffolk", 100_698, (137_870, 137_880)),
    ("Surrey", 154_401, (211_400, 211_410)),
    ("Sussex", 219_983, (301_200, 301_210)),
    ("Thames Valley", 303_303, (415_280, 415_290)),
    ("Warwickshire", 76_476, (104_710,)),
    ("West Mercia", 168_735, (231_030,)),
    ("West Midlands", 357_435, (489_400, 489_410)),
    ("West Yorkshire", 287_255, ()),
    ("Wiltshire", 93_682, (128_270,)),
)


def _rates_of(area: str, first: int, fits: tuple[int, ...]) -> tuple[Rate, Rate]:
    nation = "WLS" if area in IN_WALES else "ENG"
    is_read = area in READ_SINCE_UPRATING
    return (
        Rate(
            KIND,
            nation,
            FIRST_RATE_FROM,
            UPRATED,
            Decimal(first),
            NOUGHT,
            Mark.READ,
            sources.PCC_ORDER_2012,
            area=area,
        ),
        Rate(
            KIND,
            nation,
            UPRATED,
            None,
            Decimal(fits[0]) if is_read else NOUGHT,
            NOUGHT,
            Mark.READ if is_read else Mark.DERIVED,
            sources.PCC_ORDER_2023,
            area=area,
            not_usable="" if is_read else _why_not_usable(area, fits),
        ),
    )


def _why_not_usable(area: str, fits: tuple[int, ...]) -> str:
    if not fits:
        return f"{area} has a mayor in place of a police and crime commissioner."
    figures = " or ".join(pounds(Decimal(figure)) for figure in fits)
    return (
        f"The limit for {area} since 12 December 2023 was not read and is not known; "
        f"{figures} would fit the uprating but may not be used. "
        "Take it from the returning officer's notice."
    )


PCC_RATES: tuple[Rate, ...] = tuple(rate for row in AREAS for rate in _rates_of(*row))
