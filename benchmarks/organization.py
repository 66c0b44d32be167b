"""Put an organisation into the database that has looked at itself twice, and a third time openly to be; say what its pages need, as JSON.

    python -m benchmarks.organization [--people 200 --points 150]

An instrument of 150 proof points; in each of two closed, anonymous rounds 200 people in three groups have answered all of it, one answer
in twenty with a note. A third round is open: one of its links is told, to answer by.
"""

from __future__ import annotations

import argparse
import json
from random import Random
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  after Django is set up
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.utils import timezone  # noqa: E402

from ambassadors.models import User  # noqa: E402
from practice.answering.link import sheet_key, url_of  # noqa: E402
from practice.instruments.releasing import release  # noqa: E402
from practice.models import (  # noqa: E402
    Answer,
    Instrument,
    InstrumentEdition,
    InstrumentItem,
    LearningSession,
    Respondent,
    Sheet,
    Weight,
)
from practice.sessions import workflow as sessions  # noqa: E402
from practice.starting import workflow as starting  # noqa: E402
from products.models import Edition, Product  # noqa: E402

PRINCIPLES, A_PRINCIPLE, GROUPS, NOTED = 5, 5, ("board", "leaders", "staff"), 20
TEXT = "Whoever joined in the last year was shown where the rules are, and can say without looking who decides what here"
dice = Random(7)  # noqa: S311  the same answers each time, no secret


def source(points: int) -> str:
    """An instrument with so many proof points, twenty-five a module."""
    modules: list[dict[str, Any]] = [
        {
            "key": f"module-{m}",
            "title": f"What we do together, part {m}",
            "principles": [
                {
                    "key": f"principle-{m}-{p}",
                    "title": f"We decide where the work is done, {m}.{p}",
                    "proof_points": [
                        {"key": f"point-{m}-{p}-{n}", "text": f"{TEXT}, {m}.{p}.{n}."} for n in range(1, A_PRINCIPLE + 1)
                    ],
                }
                for p in range(1, PRINCIPLES + 1)
            ],
        }
        for m in range(1, points // (PRINCIPLES * A_PRINCIPLE) + 1)
    ]
    asked = {"question": "How far is this so?", "scale": ["Not at all", "A little", "Half and half", "Mostly", "Fully"]}
    importance = {"question": "How much would it matter to get better at it?", "scale": ["Little", "Some", "Much", "Very much"]}
    return json.dumps(
        {"key": "what-lasts", "title": "What lasts", **asked, "importance": importance, "modules": modules}
    )  # is YAML


def instrument(points: int) -> Instrument:
    product = Product.objects.create(kind=Product.Kind.ASSESSMENT, slug="what-lasts")
    edition = Edition.objects.create(
        product=product, number=1, label="1.0", title="What lasts", summary=TEXT, status="published", published_at=timezone.now()
    )
    Product.objects.filter(pk=product.pk).update(current=edition, newest=edition)
    kept = Instrument.objects.create(product=product, key="what-lasts")
    InstrumentEdition.objects.create(instrument=kept, edition=edition, source=source(points))
    release(edition)
    return kept


def prepared(held: LearningSession, by: User, people: int) -> list[Respondent]:
    """The round open, with so many who are asked."""
    modules = list(held.instrument_edition.items.filter(level=InstrumentItem.Level.MODULE))
    day = timezone.localdate() + timezone.timedelta(days=20)
    sessions.prepare(held, by=by, purpose="To plan the winter together.", openness="anonymous", modules=modules, due_on=day)
    LearningSession.objects.filter(pk=held.pk).update(status="open", opened_at=timezone.now())
    asked = Respondent.objects.bulk_create(
        Respondent(
            session=held, name=f"Guest {n}", address=f"guest{n}@harbour.example", group=GROUPS[n % len(GROUPS)], status="asked"
        )
        for n in range(people)
    )
    through = Respondent.modules.through
    through.objects.bulk_create(through(respondent=one, instrumentitem=module) for one in asked for module in modules)
    held.refresh_from_db()
    return asked


def answered(held: LearningSession, asked: list[Respondent], by: User) -> None:
    """Everybody answers everything, and it is closed."""
    items = list(held.instrument_edition.items.all())
    points = [one for one in items if one.level == InstrumentItem.Level.PROOF_POINT]
    principles = [one for one in items if one.level == InstrumentItem.Level.PRINCIPLE]
    sheets = Sheet.objects.bulk_create(Sheet(session=held, key=sheet_key(one), group=one.group) for one in asked)
    leaning = {point.pk: dice.uniform(1.5, 4.5) for point in points}
    Answer.objects.bulk_create((_answer(sheet, point, leaning[point.pk]) for sheet in sheets for point in points), batch_size=2000)
    Weight.objects.bulk_create(
        (Weight(sheet=sheet, item=item, value=dice.randint(1, 4)) for sheet in sheets for item in principles), batch_size=2000
    )
    Respondent.objects.filter(session=held).update(status="finished")
    sessions.close_session(held, by=by)


def _answer(sheet: Sheet, point: InstrumentItem, leaning: float) -> Answer:
    note = TEXT if dice.randrange(NOTED) == 0 else ""
    if dice.random() < 0.06:
        return Answer(sheet=sheet, item=point, instead=Answer.Instead.DONT_KNOW, note=note)
    return Answer(sheet=sheet, item=point, value=min(5, max(1, round(dice.gauss(leaning, 1)))), note=note)


def signed_in(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--points", type=int, default=150)
    options = parser.parse_args()
    ada = User.objects.create(email="ada@harbour.example", name="Ada Berg", sort_name="Ada Berg")
    asks = instrument(options.points)
    first = starting.begin_organization("Harbour Kitchen", asks, by=ada)
    answered(first, prepared(first, ada, options.people), ada)
    second = starting.begin_session(first.organization, asks, by=ada, follows=first)
    answered(second, prepared(second, ada, options.people), ada)
    third = starting.begin_session(first.organization, asks, by=ada, follows=second)
    link = url_of(prepared(third, ada, options.people)[0]).removeprefix(settings.SITE_URL)
    print(json.dumps({"session": signed_in(ada), "round": second.pk, "module": "module-2", "link": link}))


if __name__ == "__main__":
    main()
