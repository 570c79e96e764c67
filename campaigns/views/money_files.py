"""What the pages of files about money do alike: upload, tell of columns, load."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from campaigns.access import jobs_for
from campaigns.forms.money_files import ColumnsForm, MoneyFileForm
from campaigns.importers.money_file_jobs import MoneyFileJobs
from campaigns.models import Job, JobState
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, refusals_on, refusals_shown


@dataclass(frozen=True, slots=True)
class MoneyFilePages:
    """The pages of one kind of file: its jobs, and the names of their addresses.

    `home` is where its rows are listed, `words` how that is called.
    """

    files: MoneyFileJobs[Any, Any]
    home: str
    words: str
    upload_at: str
    check_at: str

    @property
    def kinds(self) -> list[str]:
        return [self.files.check_kind, self.files.load_kind]

    def job(self, request: CampaignRequest, job: int) -> Job:
        """A check or a loading of theirs; not theirs is not there."""
        campaign = request.campaign
        jobs = jobs_for(request.actor, Capability.RECORD_PAYMENTS, campaign=campaign)
        return get_object_or_404(
            jobs.select_related("organisation", "campaign__organisation"),
            pk=job,
            campaign=campaign,
            kind__in=self.kinds,
        )

    def upload(
        self,
        request: CampaignRequest,
        form: MoneyFileForm,
        start: Callable[..., Job],
        **said: str,
    ) -> HttpResponse:
        """The form, until a file was sent with it that can be looked at."""
        if form.is_valid():
            file = form.cleaned_data["file"]
            with refusals_on(form):
                job = start(
                    file.file,
                    file_name=file.name,
                    campaign=request.campaign,
                    by=request.actor,
                    at=request.business_now,
                    **form.told,
                )
                return self.to_check(request, job)
        context = {"form": form, "pages": self, **said}
        return render(request, "campaigns/spending/money_file_upload.html", context)

    def check(
        self,
        request: CampaignRequest,
        found: Job,
        page: str,
        shown: Callable[[], dict[str, Any]],
    ) -> HttpResponse:
        """What the file would do, and what its columns hold; or what it did."""
        form = self._columns_form(request, found)
        if form is not None and form.is_valid():
            with refusals_on(form):
                again = self.files.look_again(
                    found, columns=form.told, by=request.actor, at=request.business_now
                )
                return self.to_check(request, again)
        said = {
            "heading": found.title,
            "job": found,
            "pages": self,
            "form": form,
            "source": self.files.source_of(found),
        }
        return render(request, page, said | shown())

    def _columns_form(self, request: CampaignRequest, found: Job) -> ColumnsForm | None:
        if found.kind != self.files.check_kind or found.state != JobState.DONE:
            return None
        return ColumnsForm(
            request.POST or None, columns=self.files.columns, found=found.result
        )

    def load(self, request: CampaignRequest, job: int) -> HttpResponse:
        found = self.job(request, job)
        with refusals_shown(request):
            found = self.files.load(found, by=request.actor, at=request.business_now)
        return self.to_check(request, found)

    def to_check(self, request: CampaignRequest, job: Job) -> HttpResponse:
        return redirect(self.check_at, campaign=request.campaign.slug, job=job.pk)
