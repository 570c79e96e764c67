#!/bin/sh
# web, worker or beat; anything else is a management command, e.g. `migrate`.
# It waits for nothing and changes nothing by itself: compose.yaml says what needs what.
set -eu

case "${1:-web}" in
web)
    exec gunicorn config.wsgi \
        --bind 0.0.0.0:8000 --worker-class gthread \
        --workers "${WEB_WORKERS:-2}" --threads "${WEB_THREADS:-8}" \
        --worker-tmp-dir /dev/shm --no-control-socket \
        --max-requests 50000 --max-requests-jitter 5000
    ;;
worker)
    exec celery --app config worker \
        --concurrency "${WORKER_PROCESSES:-2}" --loglevel INFO \
        --without-gossip --without-mingle
    ;;
beat)
    exec celery --app config beat \
        --schedule /beat/schedule --pidfile= --loglevel INFO
    ;;
*)
    exec python manage.py "$@"
    ;;
esac
