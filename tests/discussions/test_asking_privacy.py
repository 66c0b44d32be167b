"""What an archive holds of Ask Me Abouts, what erasing leaves, and what the thread's page costs."""

from __future__ import annotations

import pytest

from discussions.asking import questions, reading
from discussions.asking.privacy_export import forget_them_in_ask_me_abouts, what_they_asked_and_hosted
from discussions.models import AskMeAbout, Question, ReadingItem
from discussions.workflow import say
from tests import make
from tests.discussions import asking_making

pytestmark = pytest.mark.django_db


def test_an_archive_has_ones_own_words_and_not_those_of_others(alice, bob):
    carla = make.ambassador("Carla Costa")
    session = asking_making.opened(alice)
    (question,) = asking_making.ask(session, bob, "Who begins?")
    questions.hand_over(question, carla, word="You did this.", by=alice)

    told = {person: str(list(what_they_asked_and_hosted(person))) for person in (alice, bob, carla)}

    found = [[words in told[person] for words in ("Twenty years", "Who begins?", "You did this.")] for person in told]
    assert found == [[True, False, True], [False, True, False], [False, False, False]]


def test_erasing_somebody_leaves_their_questions_to_others_without_a_name(alice, bob):
    session = asking_making.opened(alice)
    (question,) = asking_making.ask(session, bob, "How would Bob Brandt begin?")
    (post,) = questions.answer([(question, "<p>The Long Table.</p>")], by=alice)
    reading.lift(post, by=bob, title="The Long Table")
    say(asking_making.closed(session).thread, by=bob, body="Too late?")

    forget_them_in_ask_me_abouts(bob)
    kept = list(Question.objects.values_list("text", "asker", "follow_up_at"))
    item = ReadingItem.objects.get()
    forget_them_in_ask_me_abouts(alice)

    assert kept == [("How would a former member begin?", None, None)]
    assert (item.added_by, ReadingItem.objects.count(), AskMeAbout.objects.get().host) == (None, 0, None)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_session_asks_twice_more_than_a_thread_however_many_questions(
    client, alice, bob, rows, django_assert_max_num_queries
):
    session = asking_making.opened(alice)
    for number in range(rows):
        asking_making.ask(session, bob, f"1. Who begins, part {number}?\n2. And who pays?")
    client.force_login(alice)
    url = session.get_absolute_url()
    client.get(url)

    with django_assert_max_num_queries(8) as asked:
        client.get(url)

    assert sum("discussions_question" in query["sql"] for query in asked.captured_queries) == 2
