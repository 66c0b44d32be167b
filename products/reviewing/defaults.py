"""What reviewers are asked until the community asks something else: a few questions for each kind of product."""

from __future__ import annotations

from django.db import transaction

from products.models import Product, ReviewCriterion

Kind = Product.Kind
HOLDS = ("Does what it says follow from what it shows?", "Claims have their reasons; what is guessed is said to be.")
CLEAR = (
    "Is it clear to somebody who does this work and reads it tired?",
    "Plain words, one thought at a time, no insider's shorthand.",
)
USE = ("Would a reader know what to do with it on Monday?", "An example, a question to take along, a first step.")
FAIR = ("Is it fair to those who see it differently?", "Other views are told as those who hold them would tell them.")
SOURCES = ("Are its sources named, and good enough?", "Figures have a date and an origin; footnotes lead somewhere.")
WHOLE = ("Do its parts belong together, and is one missing?", "Each part carries its own weight and refers to the others.")
LANGUAGE = ("Does it speak this audience's language?", "As one of them you notice at once what is said for somebody else.")
METHOD = ("Is it said how one came to know this?", "Who was asked or counted, when, and what that leaves out.")
QUESTIONS = (
    "Does each question ask for one thing that can be seen?",
    "Two people in one organisation would understand the same by it.",
)
WORDS_ONLY = ("What was missing most for you?", "One thing, the one you would add first.")

CRITERIA: dict[str, tuple[tuple[str, str], ...]] = {
    Kind.STRATEGIC: (WHOLE, HOLDS, CLEAR, FAIR, USE),
    Kind.KICKSTARTER: (LANGUAGE, USE, CLEAR),
    Kind.INSIGHT: (FAIR, CLEAR, USE),
    Kind.ARTICLE: (HOLDS, CLEAR, SOURCES, USE),
    Kind.WHITE_PAPER: (METHOD, HOLDS, SOURCES, FAIR),
    Kind.RESOURCE: (USE,),
    Kind.ASSESSMENT: (QUESTIONS, CLEAR, FAIR),
}


@transaction.atomic
def fill_criteria() -> list[str]:
    """Fill the questions to reviewers where there are none yet, and return the names of what was filled."""
    if ReviewCriterion.objects.exists():
        return []
    rows = [
        ReviewCriterion(kind=kind, position=position, question=question, help_text=help_text, is_rated=is_rated)
        for kind, asked in CRITERIA.items()
        for position, (question, help_text, is_rated) in enumerate(
            [*((*one, True) for one in asked), (*WORDS_ONLY, False)], start=1
        )
    ]
    ReviewCriterion.objects.bulk_create(rows)
    return ["questions to reviewers"]
