"""Addresses of signing in, and of the campaigns app's own pages."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from campaigns.views import account, districts, jobs, matches, register, second_factor

account_urls = (
    [
        path("sign-in/", account.SignIn.as_view(), name="sign-in"),
        path("sign-out/", LogoutView.as_view(), name="sign-out"),
        path("campaigns/", account.choose_campaign, name="campaigns"),
        path("second-factor/", second_factor.second_factor, name="second-factor"),
        path(
            "second-factor/set-up/", second_factor.set_up, name="second-factor-set-up"
        ),
        path("second-factor/codes/", second_factor.backup_codes, name="backup-codes"),
    ],
    "account",
)

urlpatterns = [
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:job>/", jobs.job, name="job"),
    path("jobs/<int:job>/progress/", jobs.progress, name="job-progress"),
    path("jobs/<int:job>/cancel/", jobs.cancel, name="job-cancel"),
    path("jobs/<int:job>/retry/", jobs.retry, name="job-retry"),
    path("register/", register.register, name="register"),
    path("register/<int:edition>/", register.edition, name="edition"),
    path(
        "register/<int:edition>/not-read.csv",
        register.rejected,
        name="edition-rejected",
    ),
    path("register/matches/", matches.matches, name="matches"),
    path("register/districts/", districts.districts, name="districts"),
    path(
        "register/districts/<int:district>/", districts.settle, name="district-settle"
    ),
]
