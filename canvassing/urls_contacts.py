"""Addresses of contacts: new ones, corrections, files of them, and what is held."""

from django.urls import path

from canvassing.views import contact_files, contacts, held_items

urlpatterns = [
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
    path("contacts/load/", contact_files.upload, name="contacts-upload"),
    path("contacts/load/<int:job>/", contact_files.check, name="contacts-check"),
    path("contacts/load/<int:job>/go/", contact_files.load, name="contacts-load"),
    path("contacts/held/", held_items.held_items, name="held-items"),
    path("contacts/held/try/", held_items.held_items_try, name="held-items-try"),
    path("contacts/held/<int:item>/", held_items.held_item, name="held-item"),
    path(
        "contacts/held/<int:item>/let-go/",
        held_items.held_item_let_go,
        name="held-item-let-go",
    ),
]
