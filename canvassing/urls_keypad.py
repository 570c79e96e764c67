"""Addresses of the keypad."""

from django.urls import path

from canvassing.views import keypad

urlpatterns = [
    path("keypad/", keypad.keypad, name="keypad"),
    path("keypad/who/", keypad.keypad_who, name="keypad-who"),
    path("keypad/undo/<int:contact>/", keypad.keypad_undo, name="keypad-undo"),
]
