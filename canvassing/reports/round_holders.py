"""Who has a round that is out, in words."""

from canvassing.models import IssueKind, RoundIssue, RoundKnocker

NOBODY_YET = "the meeting point"


def held_by(issue: RoundIssue) -> str:
    """`Ada Finch`, `the Bilston team`; of a meeting point, whoever took it there."""
    if issue.kind == IssueKind.VOLUNTEER and issue.volunteer:
        return issue.volunteer.name
    if issue.kind == IssueKind.TEAM and issue.team:
        return issue.team.name
    knockers = RoundKnocker.objects.filter(issue=issue, left_at=None)
    names = knockers.order_by("joined_at").values_list("volunteer__name", flat=True)
    return " and ".join(names[:2]) or NOBODY_YET
