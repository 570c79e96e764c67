"""Addresses of the keypad."""

from django.urls import path

from canvassing.views import keypad

urlpatterns = [
    path("electors/keypad/", keypad.keypad, name="keypad"),
    path("electors/keypad/who/", keypad.keypad_who, name="keypad-who"),
    path("electors/keypad/undo/<int:contact>/", keypad.keypad_undo, name="keypad-undo"),
]
