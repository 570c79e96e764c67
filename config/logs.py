"""Structured logs: one JSON object a line, with no personal data."""

import logging.config
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
                        structlog.processors.format_exc_info,
                        structlog.processors.JSONRenderer(),
                    ],
                }
            },
            "handlers": {
                "stderr": {"class": "logging.StreamHandler", "formatter": "json"}
            },
            "root": {"handlers": ["stderr"], "level": options["level"]},
            "loggers": {
                "django.server": {"propagate": True},
                "axes": {"level": "WARNING"},
            },
        }
    )
