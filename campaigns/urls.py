"""Addresses of signing in, and of the campaigns app's own pages."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from campaigns.views import account, second_factor

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
