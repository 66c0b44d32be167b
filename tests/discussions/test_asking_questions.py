"""The host's queue: what is asked, answered in one sitting or by mail, by peers, by somebody it is handed to (D8 to D11)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from correspondence.due import post_all
from correspondence.inbound.receiving import receive
from correspondence.models import OutgoingMail
from correspondence.tasks import deliver_mail
from discussions import workflow
from discussions.asking import questions, reading
from discussions.following import fanout
from discussions.models import Post, Question
from discussions.words import to_plain
from foundation.desk import cards_for
from tests import make
from tests.correspondence.letters import letter
from tests.discussions import asking_making, making

pytestmark = pytest.mark.django_db


@pytest.fixture
def carla(db):
    return make.ambassador("Carla Costa")


@pytest.fixture
def session(alice):
    return asking_making.opened(alice)


def queue(client, session) -> list[str]:
    return [row["question"].text for row in client.get(reverse("discussions:question-list", args=[session.pk])).context["rows"]]


def sent_to(person, kind: str) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(person=person, kind=kind).order_by("pk"))


@pytest.mark.row("D8")
def test_the_queue_shows_what_waits_oldest_first_and_empties_by_mail(client, alice, bob, carla, session, mailoutbox):
    asking_making.ask(session, bob, "1. Who begins?\n2. Who pays?\n3. Who stays?")
    asking_making.ask(session, carla, "What do you do when two of them fall out?")
    asking_making.ask(session, bob, "And how do you end one?")
    client.force_login(alice)
    first, second = Question.objects.order_by("pk")[:2]
    client.post(
        reverse("discussions:question-list", args=[session.pk]),
        {f"answer-{first.pk}": "Whoever cannot sleep.", f"answer-{second.pk}": "Everybody a little."},
    )

    assert queue(client, session) == ["Who stays?", "What do you do when two of them fall out?", "And how do you end one?"]

    for mail in OutgoingMail.objects.filter(kind="asking_question", person=alice):
        question = Question.objects.get(pk=mail.about["question"])
        if question.is_pending:
            mailoutbox.clear()
            deliver_mail(mail.pk)
            (sent,) = mailoutbox
            address = sent.reply_to[0].partition("<")[2].rstrip(">")
            receive(letter(alice.email, address, f"My answer to: {question.text}"), address)

    assert queue(client, session) == []
    assert Question.objects.filter(status="answered").count() == 5
    assert "My answer to: Who stays?" in to_plain(Question.objects.get(text="Who stays?").answer.body)


@pytest.mark.row("D8")
def test_whoever_asked_is_told_of_an_answer_once(client, alice, bob, carla, session, mailoutbox):
    first, second = asking_making.ask(session, bob, "1. Who begins?\n2. Who pays?")
    (other,) = asking_making.ask(session, carla, "Does it end?")
    client.force_login(alice)

    client.post(
        reverse("discussions:question-list", args=[session.pk]),
        {f"answer-{first.pk}": "Whoever cannot sleep.", f"answer-{second.pk}": "Everybody a little."},
    )
    client.post(reverse("discussions:question-peers", args=[other.pk]))

    (told,) = sent_to(bob, "asking_answered")
    deliver_mail(told.pk)
    (mail,) = mailoutbox
    assert [words in mail.body for words in ("Who begins?", "Who pays?", "Whoever cannot sleep.", "Everybody a little.")] == [
        True
    ] * 4
    assert len(sent_to(carla, "asking_answered")) == 1
    other.refresh_from_db()
    assert (other.status, Post.objects.filter(author=alice).count()) == ("answered by peers", 2)


def test_what_is_typed_beside_answered_by_others_stays_in_the_form(client, alice, bob, session):
    first, second = asking_making.ask(session, bob, "1. Who begins?\n2. Who pays?")
    client.force_login(alice)
    typed = {f"answer-{first.pk}": "Half an answer", f"answer-{second.pk}": ""}

    page = client.post(reverse("discussions:question-peers", args=[second.pk]), typed)
    plain = client.post(reverse("discussions:question-dismiss", args=[first.pk]), {f"answer-{first.pk}": "Half an answer"})

    assert [(row["question"], row["field"].value().text) for row in page.context["rows"]] == [(first, "Half an answer")]
    assert f'action="{reverse("discussions:question-list", args=[session.pk])}"' in page.content.decode()
    assert plain.url == reverse(
        "discussions:question-list", args=[session.pk]
    )  # its own question has gone, so nothing is left to keep
    assert [one.status for one in Question.objects.order_by("pk")] == ["no question", "answered by peers"]
    assert Post.objects.filter(author=alice, number__gt=1).count() == 0


def test_leaders_of_the_space_find_the_ways_of_whoever_runs_a_session(client, alice, bob, carla):
    space = making.micro(carla, openness="open")
    making.join(space, alice)
    session = asking_making.opened(alice, space)
    (question,) = asking_making.ask(session, making.join(space, bob))
    queue_url = reverse("discussions:question-list", args=[session.pk])

    offered = {}
    for reader in (carla, alice, bob):
        client.force_login(reader)
        page = client.get(session.thread.get_absolute_url()).content.decode()
        longer = reverse("discussions:ask-me-about-extend", args=[session.pk])
        offered[reader] = (f'href="{queue_url}"' in page, f'href="{longer}"' in page)

    assert offered == {carla: (True, True), alice: (True, True), bob: (False, False)}
    client.force_login(carla)
    assert question.text in client.get(queue_url).content.decode()


def test_host_and_asker_get_one_mail_a_post_though_they_follow_the_thread(alice, bob, carla, session):
    making.talk(session.thread, carla)
    (question,) = asking_making.ask(session, bob)
    (post,) = questions.answer([(question, "<p>With soup.</p>")], by=alice)

    for one in (question.post, post):
        fanout.tell(one.pk)

    mails = OutgoingMail.objects.filter(about__post__in=[question.post_id, post.pk]).values_list("person__name", "about__post")
    assert sorted(mails) == [(carla.name, question.post_id), (carla.name, post.pk)]
    assert (len(sent_to(alice, "asking_question")), len(sent_to(bob, "asking_answered"))) == (1, 1)


@pytest.mark.row("D9")
def test_anybody_can_answer_and_it_goes_on_waiting_until_the_host_says_so(client, alice, bob, carla, session):
    (question,) = asking_making.ask(session, bob)
    client.force_login(carla)
    client.post(reverse("discussions:question-answer", args=[question.pk]), {"body": "We began with soup. Did you?"})
    client.force_login(alice)

    page = client.get(reverse("discussions:question-list", args=[session.pk]))

    assert [(row["question"], row["question"].peers) for row in page.context["rows"]] == [(question, True)]
    assert Question.objects.count() == 1  # an answer that asks back is no question


@pytest.mark.row("D9")
def test_handing_over_tells_the_named_person_once_and_is_recorded_on_the_question(client, alice, bob, carla, session, mailoutbox):
    (question,) = asking_making.ask(session, bob)
    client.force_login(alice)

    for _turn in range(2):
        client.post(reverse("discussions:question-hand-over", args=[question.pk]), {"to": "carla costa", "word": "You did this."})

    question.refresh_from_db()
    assert (question.status, question.handed_to, question.handed_by) == ("handed over", carla, alice)
    (told,) = sent_to(carla, "asking_handed")
    deliver_mail(told.pk)
    (mail,) = mailoutbox
    assert ("How do you begin?" in mail.body, "You did this." in mail.body) == (True, True)
    assert queue(client, session) == []
    assert "handed over to Carla Costa" in client.get(session.get_absolute_url()).content.decode()

    address = asking_making.address("question", carla, question)
    receive(letter(carla.email, address, "With soup."), address)
    question.refresh_from_db()
    assert (question.status, question.answer.author) == ("answered", carla)
    assert len(sent_to(bob, "asking_answered")) == 1


def test_nobody_is_handed_a_question_where_they_could_not_answer(client, alice, bob, carla):
    space = making.micro(alice)
    making.join(space, bob)
    making.join(space, carla, "promoter")
    (question,) = asking_making.ask(asking_making.opened(alice, space), bob)
    client.force_login(alice)

    for name in ("Carla Costa", "Bob Brandt", "Nobody Here"):
        page = client.post(reverse("discussions:question-hand-over", args=[question.pk]), {"to": name})
        assert page.context["form"].errors
    question.refresh_from_db()
    assert (question.status, OutgoingMail.objects.filter(kind="asking_handed").count()) == ("waiting", 0)


def test_an_answer_to_one_of_several_questions_leaves_the_others_waiting(alice, bob, session):
    first, second = asking_making.ask(session, bob, "1. Who begins?\n2. Who pays?")

    questions.answer([(second, "<p>Everybody a little.</p>")], by=alice)
    assert list(Question.objects.pending()) == [first]

    workflow.reply(session.thread, by=alice, body="Whoever cannot sleep.", answers=first.post)
    assert list(Question.objects.pending()) == []


def test_what_is_taken_back_or_edited_is_no_longer_waiting_as_it_was(alice, bob, session):
    (question,) = asking_making.ask(session, bob, "Who begins?")
    Post.objects.filter(pk=question.post_id).update(body="<p>Who ends?</p>")
    question.post.refresh_from_db()
    questions.reword(question.post)
    assert [one.text for one in Question.objects.visible_to(alice).pending()] == ["Who ends?"]

    question.post.body = "<ol><li><p>Who stays?</p></li><li><p>Who goes?</p></li></ol>"
    questions.reword(question.post)
    assert [one.text for one in Question.objects.visible_to(alice).pending()] == ["Who stays?", "Who goes?"]
    assert len(sent_to(alice, "asking_question")) == 3

    Post.objects.filter(pk=question.post_id).update(status="withdrawn")
    assert list(Question.objects.visible_to(alice)) == []


def follow_ups(later: timedelta) -> int:
    with time_machine.travel(timezone.now() + later):
        post_all()
        post_all()
    return OutgoingMail.objects.filter(kind="asking_follow_up").count()


@pytest.mark.row("D10")
def test_the_asker_is_asked_once_how_it_went_and_an_answer_by_mail_is_appended(alice, bob, session):
    pair = asking_making.ask(session, bob, "1. Who begins?\n2. Who pays?")
    questions.answer([(question, "<p>You.</p>") for question in pair], by=alice)

    assert (follow_ups(timedelta(weeks=5)), follow_ups(timedelta(weeks=7)), follow_ups(timedelta(weeks=30))) == (0, 1, 1)

    question = Question.objects.get(followed_up_at__isnull=False)
    address = asking_making.address("update", bob, question)
    with time_machine.travel(timezone.now() + timedelta(weeks=8)):
        post_all()
        mail = receive(letter(bob.email, address, "It went well: we are nine now."), address)
    question.refresh_from_db()
    assert (mail.outcome, question.update.author, question.update.answers) == ("posted", bob, question.answer)
    assert question.update.thread == session.thread


@pytest.mark.row("D10")
@pytest.mark.parametrize(
    ("words", "mails"),
    [("We tried it on Monday, and nine of us came; the soup was too thin, the talk was not.", 0), ("Thank you!", 1)],
)
def test_nobody_who_has_told_is_asked(alice, bob, session, words, mails):
    questions.answer([(question, "<p>You.</p>") for question in asking_making.ask(session, bob)], by=alice)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        workflow.reply(session.thread, by=bob, body=words)

    assert follow_ups(timedelta(weeks=7)) == mails


@pytest.mark.row("D11")
def test_what_an_answer_names_is_lifted_with_credit_and_a_link_for_members(client, alice, bob, session):
    (question,) = asking_making.ask(session, bob)
    (post,) = questions.answer([(question, "<p>Read The Long Table, by Ina Berg.</p>")], by=alice)
    client.force_login(bob)

    client.post(reverse("discussions:reading-item-add", args=[post.pk]), {"title": "The Long Table", "writer": "Ina Berg"})

    html = client.get(reverse("discussions:reading-list")).content.decode()
    assert [words in html for words in ("The Long Table", "Named by Alice Amadi", f'href="{post.get_absolute_url()}"')] == [
        True
    ] * 3
    Post.objects.filter(pk=post.pk).update(status="withdrawn")
    assert "The Long Table" not in client.get(reverse("discussions:reading-list")).content.decode()


@pytest.mark.row("D11")
def test_only_whoever_recommended_something_shows_it_to_everybody(client, alice, bob, session):
    (question,) = asking_making.ask(session, bob)
    (post,) = questions.answer([(question, "<p>The Long Table.</p>")], by=alice)
    item = reading.lift(post, by=bob, title="The Long Table")
    client.force_login(bob)

    assert client.post(reverse("discussions:reading-item-show", args=[item.pk]), {"named": "1"}).status_code == 403
    client.force_login(alice)
    client.post(reverse("discussions:reading-item-show", args=[item.pk]), {"named": "1"})

    where = f'href="{post.get_absolute_url()}"'
    assert where in client.get(reverse("discussions:recommendation-list")).content.decode()
    client.logout()
    seen = client.get(reverse("discussions:recommendation-list")).content.decode()
    assert [words in seen for words in ("The Long Table", "Recommended by Alice Amadi", where)] == [True, True, False]
    Post.objects.filter(pk=post.pk).update(status="hidden")
    assert "The Long Table" not in client.get(reverse("discussions:recommendation-list")).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "number"), [("question-list", 6), ("reading-list", 4)])
def test_lists_ask_the_same_however_long_they_are(
    client, alice, bob, carla, session, rows, name, number, django_assert_num_queries
):
    for turn in range(rows):
        (asked,) = asking_making.ask(session, bob, f"Which book, number {turn}?")
        asking_making.ask(session, carla, f"Which song, number {turn}?")
        (post,) = questions.answer([(asked, "<p>This one.</p>")], by=alice)
        reading.lift(post, by=bob, title=f"Book {turn}")
    client.force_login(alice)
    url = reverse(f"discussions:{name}", args=[session.pk] if name == "question-list" else [])
    client.get(url)

    with django_assert_num_queries(number):
        client.get(url)


def test_desks_show_what_waits_what_is_open_and_what_is_being_prepared(client, alice, bob, carla, session):
    (first,) = asking_making.ask(session, bob)
    (second,) = asking_making.ask(session, bob, "Who pays?")
    questions.hand_over(second, carla, by=alice)
    asking_making.prepared(alice, session.thread.space, subject="Ask me about winters")
    opened = reverse("discussions:ask-me-about-detail", args=[session.pk])

    lying = {}
    for person in (alice, bob, carla):
        client.force_login(person)
        page = client.get(reverse("community:desk"))
        cards = cards_for(page.wsgi_request.user)
        assert page.status_code == 200
        lying[person.name] = sorted((card.title, card.text) for card in cards if "/ask-me-about/" in card.url)

    waits, open_one = "A question waits for you", ("Ask me about coalitions", "Twenty years of coalitions without a budget")
    prepared = [title for title, _text in lying["Alice Amadi"]]
    assert prepared == [waits, "Ask me about winters"]
    assert (lying["Bob Brandt"], lying["Carla Costa"]) == ([open_one], [(waits, "Who pays?"), open_one])
    assert (first.is_pending, client.get(opened).status_code) == (True, 302)
