"""Answering by the link in a mail: one principle at a time, kept as one goes, and nothing else opens."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from foundation.workflow import TransitionRefused
from practice.answering import saving
from practice.answering.link import sheet_of, url_of
from practice.models import Answer, Respondent, Sheet, Weight
from practice.sessions import workflow as sessions
from tests import make
from tests.practice import practising

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make.person("Ada Berg")


@pytest.fixture
def held(ada):
    return practising.session(ada, people=5)


@pytest.fixture
def asked(held):
    return Respondent.objects.order_by("pk").first()


def at(respondent, page=""):
    return url_of(respondent).removeprefix("http://localhost") + page


def said(**answers):
    return {f"{name.replace('_', '-', 1)}".replace("_", "-"): value for name, value in answers.items()}


def test_somebody_answers_on_a_phone_stops_comes_back_and_is_done(asked):
    phone = Client()
    first = phone.get(at(asked)).text
    for words in (
        "Harbour Kitchen",
        "To plan the winter together.",
        "nobody is shown who said what",
        "We lend fairly",
        "We ask those who borrow",
    ):
        assert words in first

    answer = phone.post(
        at(asked, "lend-fairly/save/"),
        {"a-list-is-open": "3", "n-list-is-open": "It hangs by the door.", "a-rule-is-written": "dk", "weight": "2"},
    )
    assert answer.headers["Location"] == at(asked, "lend-safely/")
    asked.refresh_from_db()
    assert asked.status == "begun"

    later = Client()  # another device, another day
    page = later.get(at(asked, "lend-fairly/")).text
    assert re.search(r'name="a-list-is-open" value="3"[^>]* checked', page)
    assert "It hangs by the door." in page
    assert 'href="' + at(asked, "lend-safely/") + '"' in later.get(at(asked)).text  # goes on where something is open
    for principle, point in (("lend-safely", "boats-are-checked"), ("ask-borrowers", "asked-last-year")):
        end = later.post(at(asked, f"{principle}/save/"), {f"a-{point}": "no"})
    assert end.headers["Location"] == at(asked) + "#done"
    later.post(at(asked, "finish/"))

    asked.refresh_from_db()
    assert asked.status == "finished"
    assert dict(Answer.objects.values_list("item__key", "instead")) == {
        "list-is-open": "",
        "rule-is-written": "don't know",
        "boats-are-checked": "not ours",
        "asked-last-year": "not ours",
    }
    assert (Weight.objects.get().value, Session.objects.count()) == (2, 0)


def test_what_is_chosen_is_kept_as_one_goes_and_can_be_taken_back(asked):
    phone = Client()

    assert phone.post(at(asked, "lend-fairly/autosave/"), {"a-list-is-open": "3"}).status_code == 204
    assert phone.post(at(asked, "lend-fairly/autosave/"), {"a-list-is-open": "1", "a-rule-is-written": "4"}).status_code == 204
    assert list(Answer.objects.order_by("item").values_list("value", flat=True)) == [1, 4]
    phone.post(at(asked, "lend-fairly/autosave/"), {"a-rule-is-written": "4"})

    assert list(Answer.objects.values_list("item__key", "value")) == [("rule-is-written", 4)]
    assert Sheet.objects.count() == 1


def test_what_one_takes_back_is_ones_own_alone(held):
    first, second = Respondent.objects.filter(session=held).order_by("pk")[:2]
    for one in (first, second):
        Client().post(at(one, "lend-fairly/autosave/"), {"a-list-is-open": "3", "a-rule-is-written": "2", "weight": "3"})
        Client().post(at(one, "lend-safely/autosave/"), {"a-boats-are-checked": "1", "weight": "1"})
    Client().post(at(first, "lend-fairly/autosave/"), {"a-rule-is-written": "4"})

    values = {key: given.value for key, given in saving.given_by(first)[0].items()}
    assert (values, saving.given_by(first)[1]) == ({"rule-is-written": 4, "boats-are-checked": 1}, {"lend-safely": 1})
    values = {key: given.value for key, given in saving.given_by(second)[0].items()}
    assert values == {"list-is-open": 3, "rule-is-written": 2, "boats-are-checked": 1}
    assert saving.given_by(second)[1] == {"lend-fairly": 3, "lend-safely": 1}
    fair, safe = (practising.item(held.instrument_edition, key).pk for key in ("lend-fairly", "lend-safely"))
    assert [saving.answered_principles(one) for one in (first, second)] == [{fair: 1, safe: 1}, {fair: 2, safe: 1}]
    third = Respondent.objects.filter(session=held).order_by("pk")[2]
    assert (saving.given_by(third), saving.answered_principles(third)) == (({}, {}), {})


def test_one_goes_on_and_back_through_the_principles_and_is_done_after_the_last(asked):
    phone = Client()
    keys = ("lend-fairly", "lend-safely", "ask-borrowers")

    def goes_to(key, **said):
        return phone.post(at(asked, f"{key}/save/"), said).url.removeprefix(at(asked))

    assert [goes_to(key) for key in keys] == ["lend-safely/", "ask-borrowers/", "#done"]
    assert [goes_to(key, back="1") for key in keys] == ["", "lend-fairly/", "lend-safely/"]
    pages = [phone.get(at(asked, f"{key}/")).text for key in keys]
    assert ['name="back"' in page for page in pages] == [False, True, True]
    phone.post(at(asked, "lend-fairly/save/"), {"a-list-is-open": "1", "a-rule-is-written": "1"})
    assert f'button--primary" href="{at(asked, "lend-safely/")}">Go on' in phone.get(at(asked)).text


def test_whoever_is_asked_no_more_or_too_late_answers_nothing(ada, held):
    first, second = Respondent.objects.filter(session=held).order_by("pk")[:2]
    sessions.withdraw_respondent(first, by=ada)
    acts = (lambda one: practising.answer(one, {"list-is-open": 2}), saving.finish, saving.decline)
    for act in acts:
        with pytest.raises(TransitionRefused):
            act(first)
    practising.closed(held, ada)
    for act in acts:
        with pytest.raises(TransitionRefused):
            act(second)
    assert (Answer.objects.count(), Respondent.objects.get(pk=first.pk).status) == (0, "withdrawn")


def test_an_answer_that_is_none_is_said_beside_its_question_and_nothing_is_kept(asked):
    page = Client().post(
        at(asked, "lend-fairly/save/"), {"a-list-is-open": "9", "n-list-is-open": "x" * 1001, "a-rule-is-written": "2"}
    )

    assert (page.status_code, Answer.objects.count()) == (422, 0)
    assert "Select a valid choice" in page.text
    assert "x" * 1001 in page.text
    assert Client().post(at(asked, "lend-fairly/autosave/"), {"a-list-is-open": "9"}).status_code == 422


def test_one_is_asked_the_modules_one_was_given_and_no_others(ada):
    held = practising.session(ada)
    listening = practising.item(held.instrument_edition, "listening")
    sessions.name_respondents(held, practising.named(4), by=ada, modules=[listening])
    sessions.open_session(held, by=ada)
    asked = Respondent.objects.first()

    page = Client().get(at(asked)).text
    assert ("We ask those who borrow" in page, "We lend fairly" in page) == (True, False)
    assert Client().get(at(asked, "lend-fairly/")).status_code == 404
    assert Client().post(at(asked, "lend-fairly/save/"), {"a-list-is-open": "3"}).status_code == 404
    assert Answer.objects.count() == 0


def test_whoever_would_rather_not_is_asked_nothing_more_and_leaves_nothing(asked):
    practising.answer(asked, {"list-is-open": 3})

    gone = Client().post(at(asked, "decline/"), follow=True)

    asked.refresh_from_db()
    assert (gone.status_code, asked.status, Answer.objects.count(), Sheet.objects.count()) == (200, "declined", 0, 0)
    assert Client().get(at(asked)).status_code == 410


def test_words_typed_into_a_link_that_ended_meanwhile_come_back(held, asked, ada):
    sessions.withdraw_respondent(asked, by=ada)

    page = Client().post(at(asked, "lend-fairly/save/"), {"a-list-is-open": "3", "n-list-is-open": "It hangs by the door."})

    assert (page.status_code, "It hangs by the door." in page.text, Answer.objects.count()) == (410, True, 0)


def test_words_typed_into_questions_that_were_closed_meanwhile_come_back(held, asked, ada):
    practising.closed(held, ada)

    page = Client().post(at(asked, "lend-fairly/save/"), {"a-list-is-open": "3", "n-list-is-open": "It hangs by the door."})

    assert (page.status_code, "The questions are closed" in page.text) == (410, True)
    assert ("It hangs by the door." in page.text, Answer.objects.count()) == (True, 0)


@pytest.mark.row("R2")
def test_a_link_opens_that_questionnaire_and_nothing_else(held, asked, ada, alice):
    other = practising.session(alice, name="Lantern Street", people=4)
    stranger = Respondent.objects.filter(session=other).first()
    token, theirs = (url_of(one).rstrip("/").rpartition("/")[2] for one in (asked, stranger))
    visitor = Client()
    assert visitor.get(at(asked)).status_code == 200

    for wrong in (token[:-1] + ("a" if token[-1] != "a" else "b"), theirs[:8] + token[8:], "x", token + "a"):
        assert visitor.get(reverse("practice:respond", args=[wrong])).status_code == 410
    for private in (reverse("practice:session-detail", args=[held.pk]), reverse("practice:session-list"), "/desk/"):
        assert visitor.get(private).status_code == 302  # to the sign-in page: the link signs nobody in
    page = visitor.get(at(asked))
    assert (page.headers["Referrer-Policy"], page.headers["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
    assert "no-store" in page.headers["Cache-Control"]


def test_in_an_anonymous_session_no_row_leads_from_a_person_to_their_answers(held, asked):
    practising.answer(asked, {"list-is-open": 3})

    sheet = sheet_of(asked)
    assert (sheet.respondent, sheet.session) == (None, held)
    with connection.cursor() as cursor:  # whatever a copy of the database holds of the sheet: nothing of it is of the respondent
        cursor.execute("SELECT * FROM practice_sheet")
        row = dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))
    assert row.keys() == {"id", "key", "group", "session_id", "respondent_id"}
    assert not {asked.nonce, asked.address, asked.name, str(asked.pk)} & {
        str(value) for name, value in row.items() if name != "session_id"
    }


def test_the_mails_of_a_session_name_one_respondent_alone(held, ada):
    from correspondence.models import OutgoingMail  # here: only this test reads mails
    from correspondence.rendering import message_for

    everybody = list(Respondent.objects.all())
    for mail in OutgoingMail.objects.filter(kind="practice_invitation"):
        text = message_for(mail).message().as_string()
        others = [one for one in everybody if one.address != mail.address]
        assert not any(one.address in text or f"{one.name}," in text for one in others)
