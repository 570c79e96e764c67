"""How dates and times are written on every page: 2 May 2024, 5.40 pm."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j F Y, g.i a"
SHORT_DATETIME_FORMAT = "j M Y, g.i a"
TIME_FORMAT = "g.i a"
