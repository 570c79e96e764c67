"""Addresses of contacts and opt-outs: new ones, files, what is held, and codes."""

from django.urls import path

from canvassing.views import codes, contact_files, contacts, held_items, opt_outs

urlpatterns = [
    path("electors/codes/", codes.codes, name="codes"),
    path("electors/codes/complete/", codes.complete, name="codes-complete"),
    path("electors/<int:elector>/contact/", contacts.new_contact, name="contact-new"),
    path(
        "electors/<int:elector>/contact/<int:contact>/",
        contacts.correct,
        name="contact-correct",
    ),
    path(
        "electors/<int:elector>/contact/<int:contact>/withdraw/",
        contacts.withdraw,
        name="contact-withdraw",
    ),
    path("electors/load/", contact_files.upload, name="contacts-upload"),
    path("electors/load/<int:job>/", contact_files.check, name="contacts-check"),
    path("electors/load/<int:job>/go/", contact_files.load, name="contacts-load"),
    path("electors/do-not-contact/", opt_outs.opt_outs, name="opt-outs"),
    path("electors/do-not-contact/file/", opt_outs.opt_outs_file, name="opt-outs-file"),
    path("electors/do-not-contact/load/", opt_outs.upload, name="opt-outs-upload"),
    path(
        "electors/do-not-contact/load/<int:job>/", opt_outs.check, name="opt-outs-check"
    ),
    path(
        "electors/do-not-contact/load/<int:job>/go/",
        opt_outs.load,
        name="opt-outs-load",
    ),
    path("electors/held/", held_items.held_items, name="held-items"),
    path("electors/held/try/", held_items.held_items_try, name="held-items-try"),
    path("electors/held/<int:item>/", held_items.held_item, name="held-item"),
    path(
        "electors/held/<int:item>/let-go/",
        held_items.held_item_let_go,
        name="held-item-let-go",
    ),
]
