"""Addresses of sessions on the doors, and of rounds that are out."""

from django.urls import path

from canvassing.views import field_sessions, rounds_out

urlpatterns = [
    path("sessions/", field_sessions.sessions, name="sessions"),
    path("sessions/new/", field_sessions.new_session, name="session-new"),
    path("sessions/<int:session>/", field_sessions.session, name="session"),
    path(
        "sessions/<int:session>/edit/", field_sessions.edit_session, name="session-edit"
    ),
    path("sessions/<int:session>/sheet/", field_sessions.sheet, name="session-sheet"),
    path("sessions/<int:session>/code/", field_sessions.new_code, name="session-code"),
    path("rounds/<int:round>/send-out/", rounds_out.send_out, name="round-send-out"),
    path("rounds/out/<int:issue>/", rounds_out.issue, name="issue"),
    path("rounds/out/<int:issue>/code/", rounds_out.issue_code, name="issue-code"),
    path("rounds/out/<int:issue>/mail/", rounds_out.issue_mail, name="issue-mail"),
    path(
        "rounds/out/<int:issue>/take-back/",
        rounds_out.issue_take_back,
        name="issue-take-back",
    ),
    path(
        "rounds/out/<int:issue>/phones/<int:phone>/cut-off/",
        rounds_out.phone_cut_off,
        name="phone-cut-off",
    ),
    path(
        "rounds/out/<int:issue>/accompanied/",
        rounds_out.issue_accompanied,
        name="issue-accompanied",
    ),
    path(
        "rounds/out/<int:issue>/same-person/<int:volunteer>/",
        rounds_out.issue_same_person,
        name="issue-same-person",
    ),
]
