"""The words of the demo community on its own site, each brought there the way the support team would bring it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from ambassadors.models import User
from community.models import Belief, CallToAction, Campaign, CampaignFigure, CampaignGoal, Page, PageEdition, ShareKit
from community.pages import workflow
from community.pages.defaults import Text
from foundation.models import Via
from foundation.publication import publication_changed
from foundation.uploads import checked, upload_keep

DATA = Path(__file__).parent / "data" / "site"

BELIEFS = [
    "Whoever asks for trust, money or time owes an answer to the question of what changed.",
    "The people we serve are the first to know whether we help, and usually the last to be asked.",
    "Good figures are few, collected by those who do the work, and used the week they arrive.",
    "It is no disgrace to be wrong. It is one to be wrong for ten years without looking.",
    "We hold ourselves to this before we hold it up to anybody else.",
]
GOALS = [
    "A hundred annual reports a year that begin with what changed, and for whom.",
    "Ten funders who ask for that paragraph, and cross three other questions off their forms.",
    "One way to write it that a team of four can manage in an afternoon.",
]
CALLS = [
    ("Write your paragraph", "Three questions, one afternoon, no consultant. Then put it first.", ""),
    ("Ask for theirs", "If you give, govern or study: ask for the paragraph, and read it aloud in the meeting.", ""),
    ("Read how we mean it", "What we believe, and who is behind this.", "/community/"),
    ("Tell us what happened", "Especially if it went badly. We learn more from that.", "/contact/"),
]
FIGURES = [
    ("61", "annual reports that open with what changed", 40, "Counted by hand from the links that ambassadors sent in", False),
    ("7", "funders whose forms ask for it", 40, "Their published guidance for applicants", False),
    ("3,400", "people who have read one of those reports", 75, "Downloads told to us by 22 of the 61 organisations", True),
]
KITS = [
    (
        "sms",
        "Before you send off the annual report: does it say what changed, and for whom? One paragraph, right at the top. #WhatChanged",
    ),
    (
        "bluesky",
        "We served 4,000 meals. We held 212 workshops. We reached 900 young people.\n\nAnd what changed for them? Put that first. #WhatChanged",
    ),
    (
        "linkedin",
        (
            "This year our annual report begins with a paragraph that was hard to write: what changed for the people we serve, how we know, "
            "and what we did differently because of it.\n\nTwo of the three answers were not flattering. Our board spent an hour on them, "
            "which is fifty minutes more than it ever spent on the report.\n\nIf you write one, I would like to read it. #WhatChanged"
        ),
    ),
]
PICTURE_SHOWS = (
    "Two lines of large type on dark green, above a drawn tide line: “We served 4,000 meals.” and, underneath, “What changed?”"
)


def write_the_site(*, by: User) -> None:
    """Bring the pages to where they stand today: rewritten, one draft waiting, one page past its day of review."""
    for key in ("home", "community", "norms", "campaign"):
        rewrite(Page.objects.get(key=key), Text.read(key, DATA), by=by, note="In our own words.", days_ago=200)
    shorter = replace(Text.read("norms", DATA), lead="Six things we ask of each other.")
    rewrite(Page.objects.get(key="norms"), shorter, by=by, note="The lead is shorter.", days_ago=61)
    draft(Page.objects.get(key="campaign"), Text.read("campaign_draft", DATA), by=by, note="Bring in those whom it is about.")
    a_page_for_members(by=by)
    let_a_review_be_due()
    fill_lists(by=by)


def draft(page: Page, text: Text, *, by: User, note: str) -> PageEdition:
    """Write a draft, and leave it for somebody to decide on."""
    edition = workflow.draft_begin(page, by=by, via=Via.COMMAND)
    words = {"title": text.title, "lead": text.lead, "body": text.body, "note": note, "review_on": edition.review_on}
    workflow.draft_save(edition, by=by, revision=edition.revision, **words)
    return edition


def rewrite(page: Page, text: Text, *, by: User, note: str, days_ago: int) -> None:
    """Publish new words, so many days ago."""
    edition = draft(page, text, by=by, note=note)
    workflow.edition_publish(edition, by=by, revision=edition.revision, via=Via.COMMAND)
    PageEdition.objects.filter(pk=edition.pk).update(published_at=timezone.now() - timedelta(days=days_ago))


def a_page_for_members(*, by: User) -> None:
    """One agreement that concerns nobody but members."""
    text = Text.read("by_mail", DATA)
    page = workflow.page_add(
        by=by, title=text.title, slug="answering-by-mail", subject="protocols", audience="members", position="4", via=Via.COMMAND
    )
    rewrite(page, text, by=by, note="Asked for by several newcomers.", days_ago=33)


def let_a_review_be_due() -> None:
    """Two of the agreements were promised a second look: one of them nine days ago, the other in a while."""
    today = timezone.localdate()
    agreements = PageEdition.objects.published().about_how_we_work()
    agreements.update(review_on=today + timedelta(days=120))
    agreements.filter(page__slug="who-does-what").update(
        review_on=today - timedelta(days=9), published_at=timezone.now() - timedelta(days=191)
    )


def fill_lists(*, by: User) -> None:
    """What is shared, and the campaign."""
    Belief.objects.all().delete()
    Belief.objects.bulk_create(Belief(text=text, position=number) for number, text in enumerate(BELIEFS, start=1))
    campaign = Campaign.objects.create(pk=1, hashtag="#WhatChanged")
    for number, goal in enumerate(GOALS, start=1):
        CampaignGoal.objects.create(campaign=campaign, text=goal, position=number)
    for number, (title, text, url) in enumerate(CALLS, start=1):
        CallToAction.objects.create(campaign=campaign, title=title, text=text, url=url, position=number)
    for number, (value, label, days, source, is_estimated) in enumerate(FIGURES, start=1):
        as_of = timezone.localdate() - timedelta(days=days)
        figure = {"value": value, "label": label, "source": source, "is_estimated": is_estimated}
        CampaignFigure.objects.create(campaign=campaign, as_of=as_of, position=number, **figure)
    for number, (network, text) in enumerate(KITS, start=1):
        kit = ShareKit(network=network, text=text, position=number)
        kit.full_clean()
        if network != "sms":
            file = SimpleUploadedFile("what-changed.png", share_picture())
            kit.picture = upload_keep(checked(file), owner=by, audience="public", alt=PICTURE_SHOWS)
        kit.save()
    publication_changed()


def share_picture() -> bytes:
    """Draw the picture of the campaign."""
    picture = Image.new("RGB", (1200, 630), "#0f3d38")
    pen = ImageDraw.Draw(picture)
    for line, (colour, top) in enumerate((("#14504a", 470), ("#1b655d", 520), ("#238076", 570))):
        for x in range(-120, 1320, 240):
            pen.ellipse((x + line * 80, top, x + line * 80 + 300, top + 220), fill=colour)
    pen.text((80, 130), "We served 4,000 meals.", font=ImageFont.load_default(64), fill="#b9d9d4")
    pen.text((80, 250), "What changed?", font=ImageFont.load_default(128), fill="#ffffff")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
