"""A community review by mail: what a mail says, what is asked back, and how an answer finds its way."""

from __future__ import annotations

import pytest
from django.core import mail

from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail, OutgoingMail, ReplyAddress
from products.models import CommunityReview, Opinion
from products.window import workflow
from products.window.saying import BACK, SETTLED, read
from tests import make
from tests.correspondence.letters import letter
from tests.products import making

WORDS = "Two of the six clubs have not agreed to be named."


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("I stand behind it", "stands", ""),
        ("Dear all,\n\nI stand behind it.\n\nOlu", "stands", "Olu"),
        ("Yes, I fully support this!", "stands", ""),
        ("yes", "stands", ""),
        ("+1", "stands", ""),
        ("I stand behind it, but the second part is wrong", "", "but the second part is wrong"),
        ("I stand behind it\nunless it is not true", "", "unless it is not true"),
        ("object: name the clubs", "objects", "name the clubs"),
        ("I object. It harms two clubs.", "objects", "It harms two clubs."),
        ("Objection\n\nIt harms two clubs.", "objects", "It harms two clubs."),
        ("I object", "", ""),
        ("I would object if the clubs were named", "", "I would object if the clubs were named"),
        ("This must not be published", "", "This must not be published"),
        ("I don't agree", "", "I don't agree"),
        ("no", "", ""),
        ("", "", ""),
        ("suggest: begin with the clubs", "suggests", "begin with the clubs"),
        ("Perhaps begin with the clubs.", "suggests", "Perhaps begin with the clubs."),
        ("take it back", BACK, ""),
        ("I withdraw my objection", BACK, ""),
        ("That answers it, thank you", SETTLED, "thank you"),
    ],
)
def test_what_a_mail_says(text, kind, words):
    said = read(text)
    assert (said.kind, said.words) == (kind, words)


@pytest.fixture
def edition(db):
    return making.presented(make.ambassador("Wilma Writer"))


@pytest.fixture
def olu(db):
    return make.ambassador("Olu Objector")


def address(prefix, person, target) -> str:
    return f"{ReplyAddress.objects.of(prefix, person, target).local_part}@mail.example.org"


@pytest.fixture
def write(django_capture_on_commit_callbacks):
    """Send a mail to one of one's addresses, and return what became of it."""

    def write(person, words, prefix="opinion", target=None) -> InboundMail:
        to = address(prefix, person, target or CommunityReview.objects.get())
        with django_capture_on_commit_callbacks(execute=True):
            return receive(letter(person.email, to, words), to)

    return write


def said() -> list:
    return list(Opinion.objects.values_list("person__name", "kind", "words", "status", "via"))


def test_an_objection_its_answer_and_the_end_of_it_all_by_mail(edition, olu, write, django_capture_on_commit_callbacks):
    """Nobody opens the site: the announcement, the objection, the answer of the author, and the word that it settles it."""
    author, window = edition.created_by, CommunityReview.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        workflow.telling.tell(window.pk)
    announced = next(one for one in mail.outbox if one.to == [olu.email])
    assert [words in announced.body for words in ("Whoever stays longest", "If you say nothing, that counts as assent")] == [
        True,
        True,
    ]
    assert address("opinion", olu, window) in str(announced.message()["Reply-To"])

    assert write(olu, f"object: {WORDS}").outcome == "posted"
    raised = next(one for one in mail.outbox if one.to == [author.email] and one.subject.startswith("An objection"))
    opinion = Opinion.objects.get()
    assert (WORDS in raised.body, address("objection", author, opinion) in str(raised.message()["Reply-To"])) == (True, True)
    assert write(author, "Both have agreed since.", "objection", opinion).outcome == "posted"
    answered = next(one for one in mail.outbox if one.to == [olu.email] and one.subject.startswith("An answer"))
    assert "Both have agreed since." in answered.body
    assert write(olu, "That answers it", "objector", opinion).outcome == "posted"

    opinion.refresh_from_db()
    assert (opinion.answer.splitlines()[0], opinion.status, opinion.settled_at is not None) == (
        "Both have agreed since.",
        "answered",
        True,
    )
    noted = [one.subject for one in mail.outbox if one.to == [olu.email] and one.subject.startswith("Noted")]
    assert noted == ["Noted: your word on Who stays, and why"] * 2


def test_what_may_be_an_objection_waits_for_its_writers_word(edition, olu, write):
    held = write(olu, "This must not be published as it is.")
    assert (held.outcome, said()) == ("held", [])
    notice = OutgoingMail.objects.get(kind="mail_held")
    from correspondence.addresses import at_our_domain, token_of  # deferred: beside what they are for

    to = at_our_domain(f"confirm+{token_of(notice, 'confirm')}")
    assert receive(letter(olu.email, to, "yes"), to).outcome == "posted"

    assert said() == [("Olu Objector", "suggests", "This must not be published as it is.", "open", "mail")]


def test_a_second_mail_adds_to_the_first_and_takes_no_objection_away(edition, olu, write):
    write(olu, f"object: {WORDS}")
    assert write(olu, "Thanks for listening.").outcome == "refused"
    assert write(olu, "yes").outcome == "refused"
    write(olu, "object: And a third has moved.")
    assert said() == [("Olu Objector", "objects", f"{WORDS}\n\nAnd a third has moved.", "open", "mail")]

    write(olu, "I stand behind it")
    assert said() == [("Olu Objector", "stands", "", "open", "mail")]
    write(olu, "take it back")
    assert [row[3] for row in said()] == ["withdrawn"]


def test_an_objection_is_opened_again_by_mail_once(edition, olu, write):
    write(olu, f"object: {WORDS}")
    opinion = Opinion.objects.get()
    workflow.answer(opinion, "They have.", by=making.editor(), revision=1)

    assert write(olu, "Hm.", "objector", opinion).outcome == "refused"
    assert write(olu, "object: One has not.", "objector", opinion).outcome == "posted"

    opinion.refresh_from_db()
    assert (opinion.status, opinion.words) == ("open", f"{WORDS}\n\nOne has not.")
    assert write(olu, "object: Still not.", "objector", opinion).outcome == "refused"


def test_an_answer_to_words_that_have_changed_since_waits(edition, olu, write):
    write(olu, f"object: {WORDS}")
    opinion = Opinion.objects.get()
    write(olu, "object: And a third has moved.")

    assert write(edition.created_by, "Both have agreed.", "objection", opinion).outcome == "held"
    assert Opinion.objects.get().status == "open"


def test_what_comes_too_late_or_from_somebody_else_goes_back(edition, olu, write):
    opinion = workflow.speak(edition, kind="objects", words=WORDS, by=olu)
    assert write(make.ambassador("Mo Member"), "They have.", "objection", opinion).outcome == "refused"
    making.days_pass(edition)

    assert write(make.ambassador("Late Lou"), "I stand behind it").outcome == "refused"
    assert len(said()) == 1
