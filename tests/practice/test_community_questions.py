"""A question to the community: seen as it goes out, answered with names, and nowhere a way back to who asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.urls import reverse
from django.utils import timezone

from community.pages.defaults import fill_pages
from correspondence.models import OutgoingMail
from correspondence.outbox import deliver
from foundation.desk import cards_for
from foundation.models import HistoryEntry
from foundation.search import search
from practice.help.questions import workflow
from practice.models import CommunityAnswer, CommunityQuestion, PracticeAdministrator
from tests import make
from tests.community.test_leaks import client_of, crawl, entry_pages
from tests.leaks import Garden
from tests.practice import asking

pytestmark = pytest.mark.django_db
SECRETS = ("Quayside Larder", "Lea Leader", "lea@quayside.example", "Quayside")


@pytest.fixture
def lea(db):
    """Runs an organisation's sessions, and is no ambassador."""
    return make.person("Lea Leader", email="lea@quayside.example")


@pytest.fixture
def held(lea):
    asking.instrument()
    return asking.closed_round(lea, "Quayside Larder")


@pytest.fixture
def asked(lea, held):
    return asking.question(lea, held=held)


def new(held):
    return reverse("practice:question-new", args=[held.pk, "list-is-open"])


def of(question, name="detail"):
    return reverse(f"practice:question-{name}", args=[question.pk])


def body(answer):
    return answer.content.decode()


def sent():
    """What leaves now: each mail with its headers and all of its words."""
    django_mail.outbox.clear()
    for row in OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED, due_at__lte=timezone.now()):
        deliver(row.pk)
    return [(one.to[0], one.message().as_string(), one.subject) for one in django_mail.outbox]


def test_it_is_shown_as_it_goes_out_and_only_then_sent(client, lea, held, bob):
    client.force_login(lea)
    shown = client.post(new(held), {"words": asking.WORDS, "show": "1"})
    assert "So it goes out" in body(shown)
    assert "An organisation that uses The harbour check" in body(shown)
    assert not CommunityQuestion.objects.exists()

    unseen = client.post(new(held), {"words": "Other words than those.", "shown": asking.WORDS, "send": "1"})
    assert (unseen.status_code, CommunityQuestion.objects.count()) == (200, 0)
    done = client.post(new(held), {"words": f"{asking.WORDS}\r\nAnd when?", "shown": f"{asking.WORDS}\r\nAnd when?", "send": "1"})

    question = CommunityQuestion.objects.get()
    assert done.url == of(question)
    client.force_login(bob)
    page = body(client.get(of(question)))
    assert asking.WORDS in page
    assert "An organisation that uses The harbour check" in page
    assert [one for one in SECRETS if one in page] == []


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        ("We at Quayside Larder wonder.", "Quayside Larder"),
        ("The larder is too small.", "larder"),
        ("Write to me: lea@quayside.example", "lea@quayside.example"),
        ("Ask Lea about it.", "Lea"),
        ("Person was asked.", "Person"),
        ("See www.quay.example/list for more.", "www.quay.example/list"),
        ("Call +49 30 1234567.", "+49 30 1234567"),
    ],
)
def test_whoever_would_tell_on_themselves_is_warned(client, lea, held, words, tells):
    client.force_login(lea)

    page = body(client.post(new(held), {"words": words, "show": "1"}))

    assert "This could tell who you are" in page
    assert f"<strong>{tells}</strong>" in page
    assert "This could tell" not in body(client.post(new(held), {"words": "How do you learn from plain talk?", "show": "1"}))


def test_an_empty_question_and_a_third_one_on_a_day_are_refused_with_their_words(client, lea, held):
    client.force_login(lea)
    assert client.post(new(held), {"words": " ", "show": "1"}).status_code == 422
    for number in range(2):
        client.post(new(held), {"words": f"Question {number}?", "shown": f"Question {number}?", "send": "1"})

    third = client.post(new(held), {"words": "A third one?", "shown": "A third one?", "send": "1"})

    assert (third.status_code, CommunityQuestion.objects.count()) == (422, 2)
    assert "A third one?" in body(third)
    assert "has asked twice today" in body(third)


def test_answers_stand_with_names_and_the_asker_is_told_once_a_day(client, lea, asked, bob, alice):
    for person in (bob, alice):
        client.force_login(person)
        assert client.post(of(asked, "answer"), {"words": f"As {person.name} sees it: numbers, no names."}).status_code == 302

    first = sent()
    assert [(to, subject) for to, _text, subject in first] == [
        ("lea@quayside.example", "Your question to the community has an answer")
    ]
    assert "numbers, no names" not in first[0][1]
    client.force_login(alice)
    client.post(of(asked, "answer"), {"words": "One thing more."})
    assert sent() == []
    waiting = OutgoingMail.objects.get(kind="practice_question_news", state=OutgoingMail.State.QUEUED)
    assert timedelta(hours=23) < waiting.due_at - timezone.now() <= timedelta(days=1)

    client.force_login(lea)
    page = body(client.get(of(asked)))
    assert "As Bob Brandt sees it" in page
    assert "As Alice Amadi sees it" in page


def test_the_asker_thanks_once_asks_back_and_closes_and_is_nobody_in_it(client, lea, asked, bob):
    said = workflow.answer(asked, by=bob, words="Numbers, no names.")
    client.force_login(lea)
    thank = reverse("practice:answer-thank", args=[said.pk])
    assert client.post(thank).status_code == 302
    at = CommunityAnswer.objects.get(pk=said.pk).thanked_at
    client.post(thank)
    assert CommunityAnswer.objects.get(pk=said.pk).thanked_at == at
    OutgoingMail.objects.all().delete()

    assert client.post(of(asked, "follow"), {"words": "And who hangs it up?"}).status_code == 302

    (told,) = sent()
    assert told[0] == bob.email
    assert [one for one in SECRETS if one in told[1]] == []
    client.force_login(bob)
    page = body(client.get(of(asked)))
    assert "The organisation says thank you." in page
    assert "And who hangs it up?" in page
    assert "The organisation that asked" in page
    client.force_login(lea)
    client.post(of(asked, "close"))
    client.force_login(bob)
    late = client.post(of(asked, "answer"), {"words": "The harbour master does."})
    assert (late.status_code, CommunityAnswer.objects.count()) == (409, 2)
    assert "The harbour master does." in body(late)


def test_staff_take_a_question_off_without_learning_whose_it_is_and_the_asker_is_told_why(client, lea, asked, staff, bob):
    client.force_login(staff)
    assert client.post(of(asked, "off"), {"because": ""}).status_code == 422
    client.post(of(asked, "off"), {"because": "It names a family."})

    ((to, text, _subject),) = sent()
    assert (to, "It names a family." in text) == ("lea@quayside.example", True)
    client.force_login(bob)
    assert client.get(of(asked)).status_code == 404
    assert asking.WORDS not in body(client.get(reverse("practice:question-list")))
    client.force_login(lea)
    assert "It names a family." in body(client.get(of(asked)))


def test_staff_take_an_answer_off(client, lea, asked, staff, bob):
    said = workflow.answer(asked, by=bob, words="Ask the Miller family.")
    client.force_login(staff)
    client.post(reverse("practice:answer-off", args=[said.pk]), {"because": "It names a family."})

    client.force_login(lea)
    page = body(client.get(of(asked)))
    assert "Ask the Miller family." not in page
    assert "It names a family." in page


def test_whoever_said_something_takes_it_back_and_its_words_are_gone(client, lea, asked, bob, alice):
    said, other = (workflow.answer(asked, by=one, words=f"The Millers, says {one.name}.") for one in (bob, alice))
    asked_back = workflow.follow_up(asked, by=lea, words="Which Millers?")
    client.force_login(bob)
    assert [of_words(one) in body(client.get(of(asked))) for one in (said, other, asked_back)] == [True, False, False]
    client.post(of_words(said))
    assert [client.post(of_words(one)).status_code for one in (other, asked_back)] == [403, 403]
    client.force_login(lea)
    client.post(of_words(asked_back))

    page = body(client.get(of(asked)))

    assert ("says Bob Brandt" in page, "Which Millers?" in page, "says Alice Amadi" in page) == (False, False, True)
    assert page.count("Taken back by whoever said it.") == 2
    assert set(CommunityAnswer.objects.values_list("pk", "words")) == {
        (said.pk, ""),
        (other.pk, other.words),
        (asked_back.pk, ""),
    }
    assert not HistoryEntry.objects.filter(actor=lea, verb="took back").exists()
    client.force_login(bob)
    assert "off the page already" in body(client.post(of_words(said), follow=True))


def of_words(said):
    return reverse("practice:answer-back", args=[said.pk])


def test_who_may_do_what(client, lea, asked, bob, staff, alumna):
    """Another organisation, an ambassador and the support team cannot act for whoever asked; whoever asked does not answer themselves."""
    said = workflow.answer(asked, by=bob, words="Numbers.")
    other = make.person("Olga Other")
    asking.closed_round(other, "Another Place")
    for person, page in ((other, 404), (bob, 200), (staff, 200), (alumna, 404)):
        client.force_login(person)
        assert client.get(of(asked)).status_code == page
        assert client.post(of(asked, "close")).status_code == 404
        assert client.post(of(asked, "follow"), {"words": "Hm?"}).status_code == 404
        assert client.post(reverse("practice:answer-thank", args=[said.pk])).status_code in {403, 404}
    for person, refused in ((bob, 403), (lea, 403)):
        client.force_login(person)
        assert client.post(of(asked, "off"), {"because": "So."}).status_code == refused
    ambassador = make.ambassador("Amos Admin")
    PracticeAdministrator.objects.create(organization=asked.organization, person=ambassador)
    client.force_login(ambassador)
    assert client.post(of(asked, "answer"), {"words": "It is me."}).status_code == 403
    assert CommunityAnswer.objects.count() == 1


def test_the_card_lies_on_the_desk_of_whoever_knows_until_somebody_answers(client, lea, asked, bob):
    tomas = make.ambassador("Tomas Topic", topics=[asking.TOPIC])
    asking.question(lea, "Another one?", held=None, name="Second Place")
    away = make.ambassador("Away Anna", topics=[asking.TOPIC], away_until="2099-01-01")
    card = "An organisation asks about something you know"

    def cards(person):
        client.force_login(person)
        laid = [one for one in cards_for(person) if one.title == card]
        assert (card in body(client.get(reverse("community:desk")))) == bool(laid)
        return len(laid)

    assert [cards(person) for person in (tomas, bob, away)] == [1, 0, 0]
    for question in CommunityQuestion.objects.all():
        workflow.answer(question, by=bob, words="Numbers.")
    assert cards(tomas) == 0
    taken_off = CommunityAnswer.objects.first()
    CommunityAnswer.objects.filter(pk=taken_off.pk).update(off_at=timezone.now())
    assert cards(tomas) == 1  # nothing stands under it any more
    CommunityQuestion.objects.filter(pk=taken_off.question_id).update(status="closed")
    assert cards(tomas) == 0


def test_nothing_leads_from_a_question_to_who_asked(lea, held, staff):
    """Every page, mail, header, feed, search and list of the admin that anybody else can reach."""
    garden = Garden(make.cast())
    lea_seat = PracticeAdministrator.objects.get(person=lea)
    fill_pages(by=staff)
    client = client_of(garden, "visitor")
    client.force_login(lea)
    client.post(new(held), {"words": asking.WORDS, "shown": asking.WORDS, "send": "1"})
    question = CommunityQuestion.objects.get()
    workflow.answer(question, by=garden.cast.outsider, words="Numbers, no names.")
    client.post(of(question, "follow"), {"words": "And who hangs it up?"})
    mails = sent()
    assert [one for to, text, _subject in mails if to != lea.email for one in SECRETS if one in text] == []
    assert {to for to, _text, _subject in mails} == {lea.email, garden.cast.outsider.email}

    assert not HistoryEntry.objects.filter(actor=lea, target_type__model__startswith="community").exists()
    for who in ("visitor", "outsider", "alumnus"):
        pages = crawl(client_of(garden, who), [*entry_pages(), of(question)])
        assert [(url, one) for url, page in pages.items() for one in SECRETS if one in page] == []
    for reader in (garden.cast.outsider, garden.cast.superuser):
        assert [search(reader, f'"{one}"').hits for one in ("Quayside Larder", "telling on anybody")] == [[], []]
    admin = client_of(garden, "superuser")
    listed = [url for url in entry_pages() if url.startswith("/admin/") or "practice" in url]
    pages = {url: admin.get(url).content.decode(errors="replace") for url in [*listed, of(question)]}
    # The account of whoever asked is in the list of accounts: what leads from the question to it is not.
    assert [(url, one) for url, page in pages.items() for one in ("Quayside Larder", "Quayside") if one in page] == []
    assert lea.email not in body(admin.get("/admin/correspondence/outgoingmail/?kind=practice_question_news"))
    assert [url for url, page in pages.items() if "ractice" in url and any(one in page for one in SECRETS)] == []
    assert lea_seat.person == lea


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(client, bob, rows, django_assert_num_queries):
    for number in range(rows):
        asked = asking.question(make.person(f"Leader {number}"), name=f"Place {number}")
        workflow.answer(asked, by=bob, words="Numbers.")
    client.force_login(bob)
    url = reverse("practice:question-list")
    client.get(url)

    with django_assert_num_queries(5):
        client.get(url)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_question_costs_the_same_for_one_answer_and_for_three(client, bob, rows, django_assert_num_queries):
    asked = asking.question(make.person("Lea Leader"))
    for number in range(rows):
        workflow.answer(asked, by=make.ambassador(f"Helper {number}"), words="Numbers.")
    client.force_login(bob)
    client.get(of(asked))

    with django_assert_num_queries(7):
        client.get(of(asked))
