"""Addresses of lists, letters and canvass cards."""

from django.urls import path

from canvassing.views import gotv_lists, letter_runs

urlpatterns = [
    path("lists/", gotv_lists.lists, name="lists"),
    path("lists/new/", gotv_lists.new_list, name="list-new"),
    path("lists/cards/", letter_runs.canvass_cards, name="canvass-cards"),
    path("lists/<int:gotv_list>/", gotv_lists.one_list, name="list"),
    path("lists/<int:gotv_list>/files/", gotv_lists.list_files, name="list-files"),
    path(
        "lists/<int:gotv_list>/letters/",
        letter_runs.new_letter_run,
        name="letter-run-new",
    ),
    path(
        "lists/<int:gotv_list>/<slug:gss>/", gotv_lists.ward_of_list, name="list-ward"
    ),
    path(
        "lists/<int:gotv_list>/<slug:gss>/files/",
        gotv_lists.list_files,
        name="list-ward-files",
    ),
    path("lists/letters/<int:run>/", letter_runs.letter_run, name="letter-run"),
    path(
        "lists/letters/<int:run>/print/", letter_runs.print_run, name="letter-run-print"
    ),
]
