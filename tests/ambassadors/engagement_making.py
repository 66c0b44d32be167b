"""Builders for offers, requests, commitments and milestones: the least that is valid, the rest by keyword."""

from __future__ import annotations

import datetime

from django.utils import timezone

from ambassadors.commitments import workflow as commitments
from ambassadors.engagement import workflow
from ambassadors.models import (
    Commitment,
    CommitmentsEdition,
    EngagementAsk,
    EngagementExample,
    EngagementOffer,
    EngagementOption,
    GrowthStage,
    Milestone,
    User,
)
from foundation import tokens
from foundation.models import Token


def option(slug: str = "review", **fields) -> EngagementOption:
    """A way of taking part with one example."""
    given = {"name": slug.capitalize(), "text": f"What it is to {slug}.", **fields}
    made, is_new = EngagementOption.objects.get_or_create(slug=slug, defaults=given)
    if is_new:
        EngagementExample.objects.create(
            option=made, text=f"Try to {slug}.", action_label="Go", action=f"/settings/engagement/?way={slug}"
        )
    return made


def offer(person: User, slug: str = "review", **fields) -> EngagementOffer:
    return workflow.offer(person.ambassador, option(slug), by=person, **fields)


def ask(person: User, staff: User, subject: str = "Two readers", body: str = "<p>Twelve pages.</p>", **fields) -> EngagementAsk:
    """`person`, who offers a review, is asked for one."""
    made = EngagementOffer.objects.filter(ambassador=person.ambassador, option=option()).first() or offer(person)
    request, _asked = workflow.ask([made], subject=subject, body=body, by=staff, **fields)
    return EngagementAsk.objects.get(request=request, person=person)


def link_of(one: EngagementAsk) -> str:
    """The token in the mail that asks."""
    return tokens.text_of(Token.objects.get(purpose=workflow.ANSWER_LINK.name, subject_id=str(one.pk)))


def edition(staff: User, *texts: str, is_material: bool = False, change: str = "") -> CommitmentsEdition:
    """The next edition, published."""
    draft = commitments.begin_draft(by=staff)
    draft.items.all().delete()
    for position, text in enumerate(texts or ("help where I can",), start=1):
        Commitment.objects.create(edition=draft, position=position, text=text)
    CommitmentsEdition.objects.filter(pk=draft.pk).update(is_material=is_material, change=change)
    draft.refresh_from_db()
    commitments.publish(draft, revision=draft.revision, by=staff)
    return draft


def stage(target: int = 75, **fields) -> GrowthStage:
    given = {"name": f"To {target}", "by_date": timezone.localdate() + datetime.timedelta(days=365), **fields}
    return GrowthStage.objects.create(target=target, **given)


def milestone(count: int = 75, **fields) -> Milestone:
    given = {"text": f"We are {count}.", "reached_on": timezone.localdate(), "status": "published", **fields}
    return Milestone.objects.create(count=count, **given)
