"""Addresses of signing in, and of the campaigns app's own pages."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from campaigns.views import (
    account,
    campaign,
    districts,
    jobs,
    matches,
    people,
    polling_stations,
    register,
    register_files,
    second_factor,
    tokens,
)

account_urls = (
    [
        path("sign-in/", account.SignIn.as_view(), name="sign-in"),
        path("sign-out/", LogoutView.as_view(), name="sign-out"),
        path("campaigns/", account.choose_campaign, name="campaigns"),
        path(
            "password/<uidb64>/<token>/",
            account.NewPassword.as_view(),
            name="new-password",
        ),
        path("second-factor/", second_factor.second_factor, name="second-factor"),
        path(
            "second-factor/set-up/", second_factor.set_up, name="second-factor-set-up"
        ),
        path("second-factor/codes/", second_factor.backup_codes, name="backup-codes"),
    ],
    "account",
)

urlpatterns = [
    path("campaign/", campaign.settings, name="campaign-settings"),
    path("campaign/wards/", campaign.wards, name="campaign-wards"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:job>/", jobs.job, name="job"),
    path("jobs/<int:job>/progress/", jobs.progress, name="job-progress"),
    path("jobs/<int:job>/cancel/", jobs.cancel, name="job-cancel"),
    path("jobs/<int:job>/retry/", jobs.retry, name="job-retry"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add_role, name="role-add"),
    path("people/<int:membership>/end/", people.end, name="role-end"),
    path("people/tokens/add/", tokens.add, name="token-add"),
    path("people/tokens/<int:token>/revoke/", tokens.revoke, name="token-revoke"),
    path("register/", register.register, name="register"),
    path("register/<int:edition>/", register.edition, name="edition"),
    path(
        "register/<int:edition>/not-read.csv",
        register.rejected,
        name="edition-rejected",
    ),
    path("register/load/", register_files.upload, name="register-upload"),
    path("register/absent-voters/", register_files.absent_voters, name="absent-voters"),
    path("register/checks/<int:job>/", register_files.check, name="register-check"),
    path("register/checks/<int:job>/load/", register_files.load, name="register-load"),
    path("register/<int:edition>/destroy/", register.destroy, name="edition-destroy"),
    path("register/matches/", matches.matches, name="matches"),
    path("register/matches/<int:proposal>/", matches.decide, name="match-decide"),
    path("register/merges/<int:merge>/undo/", matches.undo, name="match-undo"),
    path("register/districts/", districts.districts, name="districts"),
    path("register/stations/", polling_stations.stations, name="polling-stations"),
    path(
        "register/districts/<int:district>/", districts.settle, name="district-settle"
    ),
]
