"""What a new community starts with, until it says otherwise: ways of taking part, and five commitments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ambassadors.commitments import workflow as commitments
from ambassadors.models import Commitment, CommitmentsEdition, EngagementExample, EngagementOption
from foundation.models import Via

if TYPE_CHECKING:
    from ambassadors.models import User

WELCOMES = "nominate"  # whoever offers it talks with people who are invited
SPEAKS, PASSES_ON = "speak", "promote"  # speaking slots are offered to the one, the other is asked once a month what was shared
COMMITMENTS = [
    (
        "show in my own work that results matter",
        "Whatever my seat, I ask what changes for people because of what we do, and I act on the answer.",
    ),
    (
        "speak up for that idea where I have a voice",
        "In my own way and at my own pace: a question in a meeting counts as much as a speech.",
    ),
    (
        "keep up with what is talked about here",
        "As far as my weeks allow, and adding something when I have something to add. Reading is taking part.",
    ),
    (
        "let others help me, and help when I am asked",
        "I bring real questions as well as answers, and treat what I hear as said in confidence.",
    ),
    (
        "look out for the next good person",
        "When I meet somebody who would be good company here, I put them forward.",
    ),
]

I = EngagementOption.Icon  # noqa: E741
MENU = [
    (
        "promote",
        "Pass the word on",
        I.MEGAPHONE,
        "Bring what the community makes to people who have not heard of it: your colleagues, your board, your networks.",
        [
            ("Put one of our pieces on the agenda of your next board or team meeting.", "Tell us you would", "promote"),
            (
                "Send a piece to three people who could use it this month, with a line of your own.",
                "Log what you shared",
                "/outreach/new/",
            ),
            (
                "Write to another ambassador whose network overlaps with yours, and share the work.",
                "Offer to pass the word on",
                "promote",
            ),
        ],
    ),
    (
        "discuss",
        "Take part in the talk",
        I.TALK,
        "Ask, answer, and add what you have seen yourself. A short answer from practice is worth more than a long one without.",
        [
            ("Bring a question that has been in your head for a week.", "Offer to take part", "discuss"),
            (
                "Answer one that you know something about, on the site or straight from your mail.",
                "See your conversations",
                "/discussions/",
            ),
            ("Say what you can be asked about, so that others find you.", "Tell others", "/settings/profile/"),
        ],
    ),
    (
        "review",
        "Write and review",
        I.PEN,
        "Write a piece, read a draft before the public does, or be a sounding board for an idea that is not yet a draft.",
        [
            ("Read twelve pages in three weeks and send half an hour of notes.", "Offer to review", "review"),
            ("Let somebody think aloud with you before they write the first line.", "Offer an ear", "review"),
            ("Turn something you learned the hard way into two pages for others.", "", ""),
        ],
    ),
    (
        "groups",
        "Work in a small group",
        I.GROUP,
        "Lead a micro-community, do its work, advise it from the side, or carry what it makes to those who need it.",
        [
            ("Lead six people for three months towards one result.", "Offer to lead or join", "groups"),
            ("Give a group two hours of advice in the field that you know best.", "Offer advice", "groups"),
            ("Take what a group has made to the ten people it was made for.", "", ""),
        ],
    ),
    (
        "nominate",
        "Bring in new people",
        I.PLUS,
        "Put forward people who would be good company here, and help to get to know those whom others put forward.",
        [
            ("Think of one person whose work made you change yours, and say why in a sentence.", "Drop a name", "/nominations/"),
            ("Read nominations against the criteria, an hour or two in a season.", "Offer to read", "nominate"),
            ("Welcome somebody in their first weeks: one call, and a few introductions.", "Offer a welcome", "/settings/buddy/"),
        ],
    ),
    (
        "speak",
        "Speak in public",
        I.MICROPHONE,
        "Stand up for what the community works on: at a conference, in a class, on a podcast, in front of a committee.",
        [
            ("Take twenty minutes at an event that you go to anyway.", "Offer to speak", "speak"),
            ("Sit on a panel that somebody else could not make.", "See who looks for a speaker", "/outreach/speaking/"),
            ("Tell us which languages and which audiences are yours.", "Add a note", "speak"),
        ],
    ),
    (
        "belong",
        "Say that you belong",
        I.BADGE,
        "Name the community where people look you up, so that they find it through you.",
        [
            ("Let visitors find you in the directory.", "Choose who sees you", "/settings/profile/"),
            ("Add a line to your biography or your online profile.", "", ""),
            ("Let us name you when we tell others who is here.", "Let us know", "belong"),
        ],
    ),
    (
        "resources",
        "Use and share resources",
        I.BOOKS,
        "Try what others made in your own organisation, and give back what worked: a form, an outline, a recording.",
        [
            ("Use one tool with your team, and tell its authors what happened.", "Offer to try one", "resources"),
            ("Lend us the template that your people actually fill in.", "Offer a resource", "resources"),
            ("Say what you looked for here and did not find.", "", ""),
        ],
    ),
]


def own_menu(way: str) -> str:
    """Return the address at which one ticks this way of taking part."""
    return f"/settings/engagement/?way={way}"


@transaction.atomic
def fill_engagement(founder: User | None = None) -> list[str]:
    """Fill the menu and the commitments where there are none yet, and return the names of what was filled."""
    filled = []
    if not EngagementOption.objects.exists():
        for position, (slug, name, icon, text, examples) in enumerate(MENU, start=1):
            marks = {"welcomes": slug == WELCOMES, "speaks": slug == SPEAKS, "passes_on": slug == PASSES_ON}
            option = EngagementOption.objects.create(slug=slug, name=name, icon=icon, text=text, position=position, **marks)
            _fill_examples(option, examples)
        filled.append("engagement menu")
    if founder is not None and not CommitmentsEdition.objects.exists():
        fill_commitments(founder)
        filled.append("commitments")
    return filled


def _fill_examples(option: EngagementOption, examples: list[tuple[str, str, str]]) -> None:
    EngagementExample.objects.bulk_create(
        EngagementExample(
            option=option,
            position=position,
            text=text,
            action_label=label,
            action=action if not action or action.startswith("/") else own_menu(action),
        )
        for position, (text, label, action) in enumerate(examples, start=1)
    )


def fill_commitments(founder: User) -> None:
    """Publish the first edition."""
    edition = commitments.begin_draft(by=founder, via=Via.COMMAND)
    Commitment.objects.bulk_create(
        Commitment(edition=edition, position=position, text=text, explanation=explanation)
        for position, (text, explanation) in enumerate(COMMITMENTS, start=1)
    )
    commitments.publish(edition, revision=edition.revision, by=founder, via=Via.COMMAND)
