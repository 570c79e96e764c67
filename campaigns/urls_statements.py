"""Addresses of bank and card statements, under `/<campaign>/money/`."""

from django.urls import path

from campaigns.views import statement_lines, statements

urlpatterns = [
    path("statements/", statements.statements, name="statements"),
    path("statements/load/", statements.upload, name="statement-upload"),
    path("statements/files/<int:job>/", statements.check, name="statement-check"),
    path("statements/files/<int:job>/load/", statements.load, name="statement-load"),
    path("statements/lines/<int:line>/", statement_lines.line, name="statement-line"),
    path(
        "statements/lines/<int:line>/match/",
        statement_lines.match,
        name="statement-match",
    ),
    path(
        "statements/lines/<int:line>/aside/",
        statement_lines.aside,
        name="statement-aside",
    ),
    path(
        "statements/lines/<int:line>/refund/",
        statement_lines.refund,
        name="statement-refund",
    ),
    path(
        "statements/matches/<int:match>/undo/",
        statement_lines.undo,
        name="statement-undo",
    ),
]
