"""Reading the JSON of phones, which are not trusted to send any that can be kept."""

import json
import math
from typing import Any

import orjson

from canvassing.rules.contacts import storable


def read_json(body: bytes) -> Any:
    """What the JSON of a phone says, but for what PostgreSQL keeps in no JSON: NUL,
    halves of characters (either can only come escaped), numbers that are none."""
    try:
        found = orjson.loads(body)
    except ValueError:
        text = body.decode()
        found = json.loads(
            text, parse_constant=str, parse_float=_number, parse_int=_whole_number
        )
    return _storable(found) if b"\\u" in body else found


def _number(text: str) -> float | str:
    number = float(text)
    return number if math.isfinite(number) else text


def _whole_number(text: str) -> int | float | str:
    """As orjson reads it: what has no room in 64 bits is a float."""
    number = int(text)
    return number if -(2**63) <= number < 2**64 else _number(text)


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(key): _storable(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_storable(one) for one in value]
    return value
