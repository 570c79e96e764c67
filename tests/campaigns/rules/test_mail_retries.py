"""How long an e-mail waits before it is tried again."""

from datetime import timedelta

from campaigns.rules.mail_retries import LONGEST_WAIT, TRIED_FOR, wait_after


def test_each_wait_is_twice_the_last_and_an_hour_at_most() -> None:
    waits = [wait_after(attempts) for attempts in range(1, 9)]

    minutes = [wait / timedelta(minutes=1) for wait in waits]
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60]


def test_a_day_of_trying_is_some_thirty_attempts() -> None:
    waited, attempts = timedelta(0), 0
    while waited < TRIED_FOR:
        attempts += 1
        waited += wait_after(attempts)

    assert attempts == 29
    assert wait_after(30_000) == LONGEST_WAIT
