"""The imprint of pages and e-mails that ask for help."""

from campaigns.models import Campaign
from campaigns.rules.imprints import Imprint, Medium, imprint_text, missing_parts


def digital_imprint(campaign: Campaign) -> str:
    """What is shown on a screen; empty while parts of it are missing."""
    imprint = Imprint(campaign.imprint_promoter, campaign.imprint_on_behalf_of)
    if missing_parts(imprint, Medium.DIGITAL):
        return ""
    return imprint_text(imprint, Medium.DIGITAL)
