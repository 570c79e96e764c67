"""What a browser sends of a form that a page shows: every field, as it stands there."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str | None]


@dataclass
class RenderedForm:
    """One form with the values that it would send if nobody touched it."""

    action: str
    sends: dict[str, list[str]] = field(default_factory=dict)

    def filled(self, **typed: str) -> dict[str, list[str]]:
        """What is sent once some of its fields are filled in."""
        assert typed.keys() <= self.sends.keys(), typed.keys() - self.sends.keys()
        return self.sends | {name: [value] for name, value in typed.items()}

    def add(self, name: str | None, value: str) -> None:
        if name:
            self.sends.setdefault(name, []).append(value)


class _Page(HTMLParser):
    """Reads the forms of a page in their order, as a browser would."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[RenderedForm] = []
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []
        self._area: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named: Attributes = dict(attrs)
        if tag == "form":
            self.forms.append(RenderedForm(named.get("action") or ""))
        elif tag == "input":
            self._input(named)
        elif tag == "select":
            self._select, self._options = named.get("name"), []
        elif tag == "option" and self._select:
            self._options.append((named.get("value") or "", "selected" in named))
        elif tag == "textarea":
            self._area, self._text = named.get("name"), ""

    def _input(self, named: Attributes) -> None:
        kind = named.get("type") or "text"
        is_ticked = kind not in ("radio", "checkbox") or "checked" in named
        if self.forms and is_ticked and kind not in ("submit", "button", "file"):
            self.forms[-1].add(named.get("name"), named.get("value") or "")

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._options:
            chosen = [value for value, is_chosen in self._options if is_chosen]
            self.forms[-1].add(self._select, (chosen or [self._options[0][0]])[-1])
            self._select = None
        elif tag == "textarea" and self._area:
            self.forms[-1].add(self._area, self._text.strip())
            self._area = None


def form_with(html: str, *names: str) -> RenderedForm:
    """The one form of the page that has all these fields."""
    page = _Page()
    page.feed(html)
    [found] = [form for form in page.forms if form.sends.keys() >= set(names)]
    return found
