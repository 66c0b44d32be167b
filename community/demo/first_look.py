"""A first look in the demo: five pairs, of which one has not written yet and two answered by mail, and what became of what they would improve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage

from django.conf import settings
from django.utils import timezone

from ambassadors.models import User
from correspondence.inbound.receiving import row_of, settle
from correspondence.models import InboundMail, OutgoingMail, ReplyAddress
from discussions.models import Post, Space, Thread
from foundation.long_work import with_savepoints
from foundation.models import Via
from welcome.first_look import answering, improving, opening, preparing
from welcome.first_look.answering import Said
from welcome.first_look.emails import DOOR
from welcome.models import FirstLook, Improvement, LookAnswer, LookPair

SPACE = "The kettle"
TITLE = "Half an hour with fresh eyes"
WORDS = (
    "Some of us are new enough to see what the rest walk past. Find half an hour on the telephone, the two of you, open the place on whatever "
    "you have to hand, and try to get one thing done that you would really want to do here. Then tell us. Blunt is fine."
)
OPENED = timedelta(days=9)
DUE = 4  # days from now


@dataclass(frozen=True)
class Pair:
    """Who looks together, who of them wrote, what they found, and how long ago; nothing where they have not written yet."""

    one: str
    other: str
    found: tuple[str, ...] = ()
    days: int = 0
    by_mail: bool = False


PAIRS = [
    Pair(
        "Geneviève Laflamme-Bouchard",
        "Zdeněk Hruška",
        (
            "We found eleven people who run clinics further from a hospital than either of us. That took four minutes.",
            "One can say “I do not know” in a subject line here and be answered by somebody who does.",
            "Zdeněk can answer from his telephone between two shifts, without signing in.",
            "The search box found a person by her clinic and not by her valley. Valleys are how we are known.",
            "Write the time of day in our own zone first. We both got one meeting wrong.",
            "That the directory asks what one could be asked about, and not for a list of degrees.",
        ),
        days=5,
    ),
    Pair(
        "Lieselotte Abegg-Nakamura",
        "Pádraic Ó Conghaile",
        (
            "A place to ask how others pay for the travel between patients, which no ministry wants to hear about.",
            "Somebody else's first draft is more use to us than somebody's finished handbook.",
            "The men in our sheds would read the prompts out loud over tea. They would not read them alone.",
            "The letters on the page are small for anybody over sixty. Let them be made larger without the browser's help.",
            "Say on the first page what one can do here in five minutes.",
            "How little of it is about the platform, and how much about Tuesday afternoons.",
        ),
        days=4,
        by_mail=True,
    ),
    Pair(
        "Ilmari Väänänen",
        "Dolores Ibarguren de Zubizarreta",
        (
            "School leaders here admit to things in writing. We would not have believed it of school leaders.",
            "We can ask one short question before a board meeting and have three answers after it.",
            "It made us telephone each other, which neither of us had planned.",
            "There is no short list of what one can do on the first day. One finds a great deal and does not know where to begin.",
            "A printed page to pin up in the staff room, for colleagues who will never sign in.",
            "Nobody counted how often we came.",
        ),
        days=2,
    ),
    Pair("Kofi Mensah-Lindgren", "Teuila Faleolo"),
    Pair(
        "Consolata Bwire",
        "Salvatore Mangiacavallo",
        (
            "Money and the county office meet here before there is a contract. That is the wrong way round, and the right one.",
            "We each found somebody who had made our mistake five years earlier.",
            "One can take part with one bar of signal, by mail.",
            "Let us say in which months we cannot be asked: budget, and the long rains.",
            "Photographs load slowly in Busia. Offer the directory without them.",
            "A funder who wrote “we were wrong” above his own name.",
        ),
        days=1,
        by_mail=True,
    ),
]
WAITING = ("Kamakanaokalani", "Clémentine Rakotomalala")


def look_around(*, by: User) -> None:
    """Prepare it, make the pairs, let them answer each in their way, and look after what they would improve."""
    opened = timezone.now() - OPENED
    look = preparing.start_look(
        by=by, space=Space.objects.get(name=SPACE), title=TITLE, words=WORDS, due_on=timezone.localdate() + timedelta(days=DUE)
    )
    people = {name: User.objects.get(name=name) for pair in PAIRS for name in (pair.one, pair.other)}
    preparing.add_people(look, [*people.values(), *User.objects.filter(name__in=WAITING)], by=by)
    pairs = [preparing.make_pair(look, [people[one.one].pk, people[one.other].pk], by=by) for one in PAIRS]
    opening.open_look(look, by=by)
    _opened_at(look, opened)
    for row, told in zip(pairs, PAIRS, strict=True):
        row.refresh_from_db()
        if told.found:
            _let_answer(row, told, people[told.one])
    _look_after(by)
    OutgoingMail.objects.filter(kind__startswith="first_look", state="queued").update(state="sent", sent_at=opened)


def _opened_at(look: FirstLook, at: object) -> None:
    FirstLook.objects.filter(pk=look.pk).update(created_at=at, opened_at=at)
    LookPair.objects.filter(look=look).update(created_at=at)
    thread = FirstLook.objects.values_list("thread", flat=True).get(pk=look.pk)
    Thread.objects.filter(pk=thread).update(started_at=at, last_post_at=at)
    Post.objects.filter(thread=thread).update(posted_at=at, told_at=at)


def _let_answer(pair: LookPair, told: Pair, person: User) -> None:
    if told.by_mail:
        _write_by_mail(pair, person, told)
    else:
        said = {number: Said(words, 0) for number, words in enumerate(told.found, start=1)}
        answering.save_answers(pair, said, by=person)
        answering.send_answers(pair, by=person)
    at = timezone.now() - timedelta(days=told.days, hours=2)
    LookPair.objects.filter(pk=pair.pk).update(sent_at=at)
    LookAnswer.objects.filter(pair=pair).update(written_at=at)
    Improvement.objects.filter(answer__pair=pair).update(made_at=at, moved_at=at)


def _write_by_mail(pair: LookPair, person: User, told: Pair) -> None:
    """The road that all mail takes: numbered answers at the pair's address."""
    address = f"{ReplyAddress.objects.of(DOOR, person, pair).local_part}@{settings.MAIL_DOMAIN}"
    message, number = EmailMessage(), pair.number
    message["From"], message["To"] = f"{person.name} <{person.email}>", address
    message["Subject"], message["Message-ID"] = f"Re: {TITLE}", f"<first-look-{number}@demo>"
    message["In-Reply-To"] = f"<first-look-{number}@{settings.MAIL_DOMAIN}>"
    message.set_content("\n".join(f"{place}. {words}" for place, words in enumerate(told.found, start=1)))
    mail = InboundMail.objects.create(
        identity=f"<first-look-{number}@demo>", recipient=address, **row_of(message.as_bytes(), person.email)
    )
    with with_savepoints():
        settle(mail.pk, envelope_sender=person.email)
    InboundMail.objects.filter(pk=mail.pk).update(received_at=timezone.now() - timedelta(days=told.days, hours=2))


def _look_after(by: User) -> None:
    """One of each: done, in hand, planned, not now, two that said the same; the others are new."""
    improving.take(_beginning("Write the time of day"), by=by)
    improving.finish(
        _beginning("Write the time of day"),
        by=by,
        note="Every time on every page is yours now, and mail names the zone beside it. Thank you for the meeting that had to teach us.",
    )
    improving.take(_beginning("The search box found"), by=by, owner=User.objects.get(name="Priya Raghunathan"))
    improving.plan(_beginning("A printed page to pin up"), by=by)
    improving.put_off(
        _beginning("Photographs load slowly"),
        by=by,
        note="Photographs are small already and come last. We measure in Busia with Consolata in March, and then decide.",
    )
    improving.merge(_beginning("There is no short list"), _beginning("Say on the first page"), by=by, via=Via.WEB)


def _beginning(words: str) -> Improvement:
    found: Improvement = Improvement.objects.get(words__startswith=words)
    return found
