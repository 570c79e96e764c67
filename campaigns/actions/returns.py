"""The return: versions made from the books, declared by two people, filed by one."""

from datetime import date, datetime

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.spending import lock_campaign
from campaigns.clock import UK
from campaigns.models import (
    Campaign,
    Declarant,
    ReturnDeclaration,
    ReturnState,
    ReturnVersion,
)
from campaigns.reports.return_checks import return_checks
from campaigns.reports.return_form import SpendingReturn, in_words, read_back
from campaigns.reports.return_versions import (
    BooksNow,
    ReturnStanding,
    latest_version,
    return_versions,
    says_otherwise,
)
from campaigns.reports.spending_return import spending_return
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from campaigns.rules.return_declarations import (
    Declaration,
    agents_declaration,
    candidates_declaration,
)

SIGNS = {
    Declarant.AGENT: Capability.DECLARE_MONEY,
    Declarant.CANDIDATE: Capability.DECLARE_AS_CANDIDATE,
}


class ReturnRefused(Refusal):
    """The return cannot be made, signed or filed as asked."""


def make_return(
    *, campaign: Campaign, correction: str = "", by: Actor, at: datetime
) -> ReturnVersion:
    """Freeze the return as the books stand now, as a version of its own.

    A draft before it is replaced and has to be declared anew. After a filed one,
    `correction` says why there is another. Audit verb `return.made`.
    What time alone has changed since is in it too: a gift accepted after the last one
    was handed in belongs in the return that corrects it.
    Refused: anybody but the agent; a version that would say what the last one says; no
    reason after a filed one.
    """
    with transaction.atomic(durable=True):
        campaign = lock_campaign(campaign)
        _refuse_others(campaign, Declarant.AGENT, by)
        last = latest_version(campaign)
        now = spending_return(campaign, at=at)
        if last and not says_otherwise(read_back(last.content), now):
            raise ReturnRefused(
                "nothing_changed",
                f"The books say what version {last.version} says.",
            )
        filed = return_versions(campaign).filter(state=ReturnState.FILED).first()
        if filed and not correction.strip():
            raise ReturnRefused("no_reason", "Say what the new version corrects.")
        if last and last.is_draft:
            last.state = ReturnState.REPLACED
            last.save(update_fields=["state"])
        made = _version(campaign, now, number=last.version + 1 if last else 1, at=at)
        if filed:
            made.corrects, made.correction = filed, correction.strip()
        made.recorded_by(by)
        made.save(force_insert=True)
        _record("return.made", made, by=by, at=at, counted=str(made.counted))
    return made


def _version(
    campaign: Campaign, made: SpendingReturn, *, number: int, at: datetime
) -> ReturnVersion:
    return ReturnVersion(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        version=number,
        content=made.content,
        sha256=made.sha256,
        is_nil=made.is_nil,
        counted=made.counted,
        donated=made.donated,
        made_at=at,
    )


def words_of(standing: ReturnStanding, declarant: str) -> Declaration:
    """What the agent, or the candidate, declares of this version."""
    words = (
        agents_declaration if declarant == Declarant.AGENT else candidates_declaration
    )
    return words(
        candidate=standing.named(Declarant.CANDIDATE),
        election=standing.campaign.election.name,
        mark=standing.version.mark,
    )


def sign_return(
    version: ReturnVersion, *, declarant: str, name: str, by: Actor, at: datetime
) -> ReturnDeclaration:
    """Declare a version, as its agent or as its candidate: the words are kept as they
    were shown. The candidate may still sign what was filed. Audit verb `return.signed`.

    Refused: anybody but the one who declares, a token, a name that is not the one on
    the return, twice, a version that was replaced, a draft that does not say what the
    books say today, or that `return_checks` keeps from being filed.
    """
    with transaction.atomic(durable=True):
        campaign = lock_campaign(version.campaign)
        standing = _found(campaign, version)
        _refuse_others(campaign, declarant, by)
        _refuse_unsignable(standing, declarant, name, at=at)
        words = words_of(standing, declarant)
        signed = ReturnDeclaration(
            organisation_id=campaign.organisation_id,
            version=standing.version,
            declarant=declarant,
            name=name.strip(),
            wording=words.text,
            source=str(words.source),
            mark=words.mark,
            signed_at=at,
        )
        signed.recorded_by(by)
        signed.save(force_insert=True)
        _record("return.signed", standing.version, by=by, at=at, declarant=declarant)
    return signed


def _refuse_unsignable(
    standing: ReturnStanding, declarant: str, name: str, *, at: datetime
) -> None:
    if standing.declaration(declarant) is not None:
        raise ReturnRefused("signed_before", "This version is declared already.")
    if standing.version.state == ReturnState.REPLACED:
        raise ReturnRefused("replaced", "A later version stands in its place.")
    if standing.version.is_draft:
        _refuse_stale(standing, at)
        _refuse_blocked(standing, at)
    named = standing.named(declarant)
    if " ".join(name.split()).casefold() != named.casefold() or not named:
        who = Declarant(declarant).label.lower()
        raise ReturnRefused(
            "other_name",
            f"Sign with the name that the return gives for the {who}: "
            f"{named or 'none yet'}.",
        )


def file_return(
    version: ReturnVersion,
    *,
    filed_on: date,
    filed_how: str,
    declaration_follows: str = "",
    by: Actor,
    at: datetime,
) -> ReturnVersion:
    """Note that a version was handed in: on which day, to whom and how. From then on
    nothing of it changes. Audit verb `return.filed`.

    Refused: anybody but the agent; what was filed or replaced; no way; a day to come or
    before the version was made; books that say anything else as of the day it was
    handed in; whatever `return_checks` says blocks it; without both declarations. Only
    the candidate's may come later, as the law allows, where `declaration_follows` says
    why.
    """
    with transaction.atomic(durable=True):
        campaign = lock_campaign(version.campaign)
        standing = _found(campaign, version)
        version = standing.version
        _refuse_others(campaign, Declarant.AGENT, by)
        if not version.is_draft:
            state = version.get_state_display().lower()
            raise ReturnRefused("not_a_draft", f"This version is {state}.")
        if not filed_how.strip():
            raise ReturnRefused("no_way", "Say to whom and how it was handed in.")
        made_on, today = (when.astimezone(UK).date() for when in (version.made_at, at))
        if not made_on <= filed_on <= today:
            raise ReturnRefused(
                "bad_day", "It is handed in after it was made, and not in days to come."
            )
        version.filed_on, version.filed_how = filed_on, filed_how.strip()
        _refuse_stale(standing, at)
        _refuse_undeclared(standing, declaration_follows.strip())
        _refuse_blocked(standing, at)
        version.state = ReturnState.FILED
        version.filed_at, version.filed_by = at, by.label
        version.declaration_follows = (
            declaration_follows.strip() if standing.missing else ""
        )
        version.save(
            update_fields=[
                "state",
                "filed_on",
                "filed_how",
                "filed_at",
                "filed_by",
                "declaration_follows",
            ]
        )
        _record("return.filed", version, by=by, at=at, sha256=version.sha256)
    return version


def _refuse_undeclared(standing: ReturnStanding, follows: str) -> None:
    if Declarant.AGENT in standing.missing:
        raise ReturnRefused("agent_undeclared", "The agent has not declared it yet.")
    if Declarant.CANDIDATE in standing.missing and not follows:
        raise ReturnRefused(
            "candidate_undeclared",
            "The candidate has not declared it yet: wait, or say why the declaration "
            "comes later.",
        )


def _refuse_stale(standing: ReturnStanding, at: datetime) -> None:
    books = BooksNow(standing.campaign, standing.version, at, standing.deadlines)
    if books.have_changed:
        raise ReturnRefused(
            "books_changed",
            f"The books, as of {in_words(books.now.as_of)}, do not say any more what "
            f"version {standing.version.version} says: make a new version.",
        )


def _refuse_blocked(standing: ReturnStanding, at: datetime) -> None:
    for check in return_checks(
        standing.campaign, standing.kept, at=at, deadlines=standing.deadlines
    ):
        if check.blocks:
            raise ReturnRefused(check.code, check.message)


def _refuse_others(campaign: Campaign, declarant: str, by: Actor) -> None:
    """Only a person signs, so that a token or a command never can."""
    may = by.can(
        SIGNS[Declarant(declarant)],
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    )
    if not may or by.kind != "user":
        who = Declarant(declarant).label.lower()
        raise ReturnRefused(f"not_the_{declarant}", f"Only the {who} does this.")


def _found(campaign: Campaign, version: ReturnVersion) -> ReturnStanding:
    found = return_versions(campaign).get(pk=version.pk)
    found.campaign = campaign
    return ReturnStanding(campaign, found)


def _record(
    verb: str, version: ReturnVersion, *, by: Actor, at: datetime, **data: object
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=version.organisation_id,
        campaign_id=version.campaign_id,
        target=version,
        version=version.version,
        **data,
    )
