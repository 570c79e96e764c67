"""Structured logs: one JSON object a line, with no personal data."""

import logging.config
import sys
import traceback
from collections.abc import Mapping
from typing import Any

import structlog

# Values under these keys never reach a log line.
PERSONAL = frozenset(
    {
        "name",
        "forename",
        "surname",
        "address",
        "postcode",
        "phone",
        "email",
        "elector_number",
        "note",
        "raw",
    }
)


def drop_personal_data(
    logger: Any, method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    for key in PERSONAL & event.keys():
        event[key] = "[removed]"
    return event


def faults_without_what_they_say(
    logger: Any, method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Where it broke and on what kind of fault; a fault's text may quote somebody."""
    told = event.pop("exc_info", None)
    told = sys.exc_info() if told is True else told
    fault = told[1] if isinstance(told, tuple) else told
    if isinstance(fault, BaseException):
        frames = traceback.extract_tb(fault.__traceback__)
        event["fault"] = _kinds(fault)
        event["where"] = [f"{one.filename}:{one.lineno} {one.name}" for one in frames]
    return event


def _kinds(fault: BaseException | None) -> list[str]:
    """It and what it came of; of the database's own, the code or constraint too."""
    kinds = []
    while fault is not None:
        diagnosis = getattr(fault, "diag", None)
        more = getattr(diagnosis, "constraint_name", None) or getattr(
            fault, "sqlstate", None
        )
        kinds.append(type(fault).__name__ + (f" {more}" if more else ""))
        fault = fault.__cause__ or fault.__context__
    return kinds


class RoutesAlone(logging.Filter):
    """Names the route where Django says the address, which holds ids and more, and
    leaves out what a task's fault says."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple) and record.args:
            match = getattr(request, "resolver_match", None)
            route = match.view_name if match else "none"
            record.args = (*record.args[:-1], route)
        if isinstance(record.args, Mapping) and "exc" in record.args:
            record.args = {**record.args, "exc": "", "traceback": ""}
        return True


def configure(options: dict[str, Any]) -> None:
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso"),
        drop_personal_data,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        faults_without_what_they_say,
                        structlog.processors.JSONRenderer(),
                    ],
                }
            },
            "filters": {"routes": {"()": RoutesAlone}},
            "handlers": {
                "stderr": {
                    "class": "logging.StreamHandler",
                    "formatter": "json",
                    "filters": ["routes"],
                }
            },
            "root": {"handlers": ["stderr"], "level": options["level"]},
            "loggers": {
                # They say addresses, and who failed to sign in; our own line a request
                # says the route and the status.
                "django.server": {"propagate": True, "level": "ERROR"},
                "django.request": {"level": "ERROR"},
                "axes": {"level": "ERROR"},
            },
        }
    )
