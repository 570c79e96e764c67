"""The demo's organisation and its campaigns, set up once."""

from datetime import datetime

from campaigns.access import Actor, system
from campaigns.actions.organisations import create_campaign, create_organisation
from campaigns.clock import UK
from campaigns.models import Campaign, Candidate, Organisation, WardTarget
from canvassing.actions.codes import default_codes
from config.demo import cast
from config.demo.cast import Contest

FOUNDED = datetime(2023, 11, 20, 9, 0, tzinfo=UK)
FOUNDER = Actor("system", None, "Committee Room")
# One pledge for so many electors of a ward is what the party plans for.
ELECTORS_A_PLEDGE = 20
PRINTER = "Plover Press, Unit 7, Ganderwick Lane, Birmingham BM12 0BD"
PRIVACY_NOTICE = "https://kingfisher.example/privacy"
OFFICE = "1 Canal Row, Birmingham BM1 0AA"


def found_organisation() -> Organisation:
    found = Organisation.objects.filter(slug=cast.SLUG).first()
    if found is None:
        found = create_organisation(
            name=cast.ORGANISATION, slug=cast.SLUG, by=FOUNDER, at=FOUNDED
        )
    found.privacy_notice_url = PRIVACY_NOTICE
    found.save(update_fields=["privacy_notice_url"])
    return found


def set_up_campaigns(organisation: Organisation) -> None:
    """Every campaign of the cast that is not there yet, with candidates and codes."""
    by = system(organisation)
    for contest in cast.CONTESTS:
        campaign = Campaign.objects.filter(slug=contest.slug).first()
        if campaign is None:
            campaign = create_campaign(
                organisation=organisation,
                election_id=contest.election,
                slug=contest.slug,
                name=contest.name,
                councils=contest.councils,
                wards=contest.wards,
                by=by,
                at=FOUNDED,
            )
        describe(campaign, contest)
        name_candidates(campaign, contest)
        default_codes(campaign=campaign, by=by, at=FOUNDED)


def describe(campaign: Campaign, contest: Contest) -> None:
    campaign.joint_candidates = contest.joint
    campaign.agent_name = contest.agent
    campaign.imprint_promoter = f"{contest.agent}, {OFFICE}"
    behalf = " and ".join(contest.ours)
    campaign.imprint_on_behalf_of = f"{behalf} ({cast.PARTY}), {OFFICE}"
    campaign.imprint_printer = PRINTER
    campaign.save()
    campaign.election.seats = contest.seats
    campaign.election.save(update_fields=["seats"])


def name_candidates(campaign: Campaign, contest: Contest) -> None:
    ours = [(name, cast.PARTY, True) for name in contest.ours]
    rivals = [(name, party, False) for name, party in contest.rivals]
    for position, (name, party, is_ours) in enumerate(ours + rivals):
        Candidate.objects.get_or_create(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            name=name,
            defaults={"party": party, "is_ours": is_ours, "position": position},
        )


def set_targets(campaign: Campaign, electors: dict[int, int]) -> None:
    """Plan pledges for each ward by its number of electors (ward id -> electors)."""
    WardTarget.objects.bulk_create(
        (
            WardTarget(
                organisation_id=campaign.organisation_id,
                campaign=campaign,
                ward_id=ward,
                pledges=max(1, count // ELECTORS_A_PLEDGE),
            )
            for ward, count in electors.items()
        ),
        ignore_conflicts=True,
    )
    planned = sum(count // ELECTORS_A_PLEDGE for count in electors.values())
    Campaign.objects.filter(pk=campaign.pk).update(pledges_planned=planned)
