"""Keeps the schema of the embedded database up to date with no command to remember."""

import hashlib
from pathlib import Path

from django.apps import apps
from django.core.management import call_command

from config.embedded import lock


def bring_up_to_date(folder: Path) -> None:
    """Migrate, unless `folder` remembers that these very migrations have been run."""
    seen = folder / "schema"
    with lock.held(folder / "schema.lock"):
        digest = digest_of_migrations()
        if not seen.exists() or seen.read_text() != digest:
            call_command("migrate", verbosity=0)
            seen.write_text(digest)


def digest_of_migrations() -> str:
    digest = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(f"{app.label}/{file.name}\n".encode() + file.read_bytes())
    return digest.hexdigest()
