"""Settings that are read from the environment."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings import env


def test_an_e_mail_server_is_named_by_one_address() -> None:
    server = env.email("smtp://sender:p%40ss@mail.example.org:587")

    assert (server.host, server.port) == ("mail.example.org", 587)
    assert (server.user, server.password) == ("sender", "p@ss")
    assert (server.start_tls, server.ssl) == (True, False)


def test_encryption_from_the_first_byte_has_a_port_of_its_own() -> None:
    server = env.email("smtps://mail.example.org")

    assert (server.port, server.ssl, server.start_tls) == (465, True, False)


def test_e_mails_may_go_to_a_folder_or_the_console() -> None:
    assert env.email("file:///var/mail").folder == "/var/mail"
    assert env.email("console:").backend.endswith("console.EmailBackend")


@pytest.mark.parametrize(
    "url", ["", "mail.example.org", "smtp://", "https://a.example"]
)
def test_what_names_no_mail_server_refuses_to_start(url: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        env.email(url)
