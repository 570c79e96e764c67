"""The desk's pages about volunteers, under /<campaign>/volunteers/."""

from django.urls import path

from volunteers.views import boards, files, mails, people, shifts

urlpatterns = [
    path("", people.volunteers, name="volunteers"),
    path("ask/", people.ask_these, name="volunteers-ask"),
    path("add/", people.add, name="volunteer-add"),
    path("load/", files.load, name="volunteers-load"),
    path("jobs/<int:job>/", files.job, name="volunteers-job"),
    path("export/", files.export, name="volunteers-export"),
    path("mails/", mails.not_sent, name="mails-not-sent"),
    path("mails/again/", mails.send_again, name="mails-again"),
    path("hours/", boards.hours, name="volunteer-hours"),
    path("teams/", boards.teams, name="teams"),
    path("teams/<int:team>/", boards.team, name="team"),
    path("teams/<int:team>/members/", boards.team_member, name="team-member"),
    path("affiliates/add/", boards.affiliate_add, name="affiliate-add"),
    path("shifts/", shifts.shifts, name="shifts"),
    path("shifts/new/", shifts.new, name="shift-new"),
    path("shifts/at-risk/", shifts.at_risk, name="shifts-at-risk"),
    path("shifts/<int:shift>/", shifts.shift, name="shift"),
    path("shifts/<int:shift>/change/", shifts.change, name="shift-change"),
    path("shifts/<int:shift>/cancel/", shifts.cancel, name="shift-cancel"),
    path("shifts/<int:shift>/place/", shifts.place, name="shift-place"),
    path("shifts/<int:shift>/came/", shifts.came, name="shift-came"),
    path("<int:volunteer>/", people.volunteer, name="volunteer"),
    path("<int:volunteer>/change/", people.change, name="volunteer-change"),
    path("<int:volunteer>/ask/", people.ask_one, name="volunteer-ask"),
    path("<int:volunteer>/standing/", people.standing, name="volunteer-standing"),
    path("<int:volunteer>/settle/", people.settle, name="volunteer-settle"),
    path("<int:volunteer>/erase/", people.erase, name="volunteer-erase"),
]
