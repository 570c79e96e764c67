"""What volunteers open with no account, under /field/: sign-up and their own page."""

from django.urls import path

from volunteers.views import language, own_page, sign_up

urlpatterns = [
    path("help/<slug:slug>/", sign_up.help_us, name="field-help"),
    path("help/<slug:slug>/thanks/", sign_up.thanks, name="field-thanks"),
    path("language/", language.choose_language, name="field-language"),
    path("link/", own_page.ask_for_link, name="field-link"),
    path("open/<str:token>/", own_page.open_link, name="field-open"),
    path("mine/", own_page.mine, name="field-mine"),
    path("mine/agree/", own_page.agree, name="field-agree"),
    path("mine/promise/", own_page.promise, name="field-promise"),
    path("mine/language/", own_page.language, name="field-own-language"),
    path("mine/leave/", own_page.leave, name="field-leave"),
    path("mine/shifts/<int:shift>/", own_page.shift, name="field-shift"),
    path("mine/shifts/<int:shift>/say/", own_page.answer, name="field-answer"),
]
