"""The Celery app, its queues and its beat schedule."""

from celery import Celery

app = Celery("committee_room")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
