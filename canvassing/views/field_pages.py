"""The pages in a volunteer's hand: one shell, its service worker, and what a phone
needs to keep them on its home screen. None of them holds anything of a campaign."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from canvassing.views.field_words import field_words

MODULES = Path(__file__).resolve().parent.parent / "static" / "field"
STYLES = ("site/css/tokens.css", "field/field.css")
ENTRY = "field/app.js"
WORKER = "field/worker.js"
ICONS = (
    ("field/icon.svg", "any", "any"),
    ("field/icon-192.png", "192x192", "any"),
    ("field/icon-512.png", "512x512", "any"),
    ("field/icon-512.png", "512x512", "maskable"),
)


@gzip_page
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The round and joining it: the modules see from the address which it is."""
    return render(request, "field/shell.html", shell_context())


@gzip_page
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker with the files that it keeps; another version is another content."""
    files = ["/field/", *(static(name) for name in kept_files())]
    code = finders.find(WORKER)
    text = Path(str(code)).read_text(encoding="utf-8")
    constants = {"VERSION": version(), "FILES": files}
    head = [f"const {name} = {json.dumps(it)};\n" for name, it in constants.items()]
    response = HttpResponse("".join([*head, text]), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    icons = [
        {"src": static(name), "sizes": sizes, "purpose": purpose}
        for name, sizes, purpose in ICONS
    ]
    return JsonResponse(
        {
            "name": _("Doors"),
            "short_name": _("Doors"),
            "lang": translation.get_language(),
            "id": "/field/",
            "start_url": "/field/",
            "scope": "/field/",
            "display": "standalone",
            "background_color": "#f3f5f7",
            "theme_color": "#0b5c6b",
            "icons": icons,
        },
        content_type="application/manifest+json",
    )


def shell_context() -> dict[str, object]:
    return {
        "language": translation.get_language(),
        "words": field_words(),
        "styles": STYLES,
        "modules": [name for name in modules() if name != ENTRY],
        "entry": ENTRY,
    }


@cache
def modules() -> tuple[str, ...]:
    found = (f"field/{path.name}" for path in sorted(MODULES.glob("*.js")))
    return tuple(name for name in found if name != WORKER)


def kept_files() -> list[str]:
    return [*STYLES, *modules(), *dict.fromkeys(name for name, *_ in ICONS)]


def version() -> str:
    """Changes with any file, and with the words of the shell."""
    digest = hashlib.sha256(
        render_to_string("field/shell.html", shell_context()).encode()
    )
    for name in (*kept_files(), WORKER):
        digest.update(Path(str(finders.find(name))).read_bytes())
    return f"field-{digest.hexdigest()[:16]}"
