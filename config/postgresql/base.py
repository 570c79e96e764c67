"""PostgreSQL as Django has it, but for how it is known that a connection stands."""

from selectors import EVENT_READ, DefaultSelector

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Seen, where Django asks the server before each request: on an idle connection
        it says nothing but that it goes away."""
        if self.connection is None or self.connection.closed:
            return False
        with DefaultSelector() as selector:
            selector.register(self.connection.pgconn.socket, EVENT_READ)
            return not selector.select(timeout=0)
