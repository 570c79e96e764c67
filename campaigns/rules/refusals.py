"""The one way in which the product says no."""


class Refusal(Exception):
    """A thing that was asked for and will not be done.

    Every `<Thing>Refused` is one of these, so that pages, the API and the commands
    translate any refusal in one place. `code` is short and for programs; `message` is
    one clear sentence for the person who asked.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message
