"""PostgreSQL as Django has it, but for how it is known that a connection stands."""

from selectors import EVENT_READ, DefaultSelector

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

READY = (TransactionStatus.IDLE, TransactionStatus.INTRANS)


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Seen, where Django asks the server before each request: on an idle connection
        it says nothing but that it goes away."""
        if self.connection is None:
            return False
        session = self.connection.pgconn
        if session.transaction_status not in READY:
            return False
        with DefaultSelector() as selector:
            selector.register(session.socket, EVENT_READ)
            return not selector.select(timeout=0)
