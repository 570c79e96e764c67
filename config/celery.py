"""The Celery app, its queues and its beat schedule."""

from celery import Celery
from celery.signals import task_prerun
from django.db import close_old_connections

app = Celery("committee_room")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def look_after_connections(**_: object) -> None:
    """Before a task as before a request: close what is old or broken, keep the rest."""
    close_old_connections()


task_prerun.connect(look_after_connections)
