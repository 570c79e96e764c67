"""Private files handed over to whoever may open them, and papers made as asked for."""

from datetime import datetime
from io import BytesIO
from typing import cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET

from campaigns.access import Actor, actor_of_user, files_for
from campaigns.actions.files import FileRefused, hand_over
from campaigns.clock import day_of, now
from campaigns.exporters.purchase_order_pdf import write_purchase_order
from campaigns.models import Expense, StoredFile, User
from campaigns.reports.purchase_orders import purchase_order
from campaigns.views.decorators import lacks_second_factor

NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'; sandbox"


@require_GET
@login_required
def download(request: HttpRequest, *, file: int) -> HttpResponseBase:
    """The file as an attachment; one that is not theirs, or past, does not exist."""
    actor = actor_of_user(cast(User, request.user), at=now())
    found = get_object_or_404(files_for(actor).select_related("organisation"), pk=file)
    if lacks_second_factor(request, actor, found.organisation_id):
        return redirect_to_login(
            request.get_full_path(), reverse("account:second-factor")
        )
    return file_answer(found, by=actor)


def file_answer(file: StoredFile, *, by: Actor) -> FileResponse:
    """Hand a file over, to be kept and never to be shown here: whatever is in it, no
    browser runs it in our name. Past its day it is not there."""
    try:
        content = hand_over(file, by=by, at=now(file.organisation))
    except FileRefused as refusal:
        raise Http404 from refusal
    answer = FileResponse(
        content, as_attachment=True, filename=file.name, content_type=file.content_type
    )
    answer.headers["Content-Security-Policy"] = NOTHING_RUNS
    return answer


def order_answer(expense: Expense) -> HttpResponse:
    """The purchase order of a committed expense, to be sent to its supplier."""
    ordered_on = day_of(cast(datetime, expense.committed_at))
    paper = BytesIO()
    write_purchase_order(paper, purchase_order(expense, authorised_on=ordered_on))
    answer = HttpResponse(paper.getvalue(), content_type="application/pdf")
    name = f"order-{expense.campaign.slug}-{expense.order_number:04}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
