"""An organisation itself: who runs it, everything of it as one file, and its end."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ambassadors.models import User
from correspondence.models import OutgoingMail
from correspondence.rendering import message_for
from correspondence.tasks import deliver_mail
from foundation.models import HistoryEntry
from foundation.privacy_export import sections
from practice.answering.link import url_of as respond_url_of
from practice.help.questions import workflow as questions
from practice.help.talks import workflow as talks
from practice.models import CommunityQuestion, PracticeAdministrator, PracticeInvitation, PracticeOrganization, Respondent
from practice.organizations import workflow
from practice.organizations.erasing import erase
from practice.organizations.link import url_of
from practice.sessions.pasted import Named
from practice.talking import workflow as talking
from tests import make
from tests.practice import asking, benchmarking, practising, voting
from tests.races import at_once

pytestmark = pytest.mark.django_db
CANARY = "canary8642"
FUTURE = datetime(2098, 5, 4, 14, tzinfo=UTC)


def signed_in(person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def page(name: str, pk: int) -> str:
    return reverse(f"practice:{name}", args=[pk])


def mailed(kind: str) -> str:
    return message_for(OutgoingMail.objects.filter(kind=kind).latest("pk")).body


def invited(browser, held, address="Bo@harbour.example") -> str:
    """Ask somebody on the page, and return the path of the link in their mail."""
    answer = browser.post(page("administrator-invite", held.pk), {"name": "Bo Friend", "address": address})
    assert answer.status_code == 302, answer.text
    return re.search(r"http://localhost(/practice/administrators/invited/\S+/)", mailed("practice_administrator_invited"))[1]


def test_a_colleague_without_an_account_says_yes_by_the_link_and_signs_in_with_a_code(alice):
    held = practising.organization(alice)
    link = invited(signed_in(alice), held)
    visitor = Client()
    assert "Bo Friend" in visitor.get(link).text
    assert User.objects.filter(email="bo@harbour.example").count() == 0  # looking takes no seat

    answer = visitor.post(f"{link}accept/")

    bo = User.objects.get(email="bo@harbour.example")
    assert (answer.status_code, "/accounts/login/code/" in answer.text) == (200, True)
    assert ("sessionid" in visitor.cookies, bo.is_member, bo.has_usable_password()) == (False, False, False)
    assert signed_in(bo).get(page("organization-detail", held.pk)).status_code == 200
    assert visitor.get(link).status_code == 410 or visitor.get(link).status_code == 404  # once
    assert PracticeInvitation.objects.count() == 0


def test_whoever_is_signed_in_with_that_address_needs_one_press(alice, bob):
    held = practising.organization(alice)
    link = invited(signed_in(alice), held, bob.email)

    answer = signed_in(bob).post(f"{link}accept/")

    assert answer.headers["Location"] == page("organization-detail", held.pk)
    assert set(PracticeAdministrator.objects.values_list("person", flat=True)) == {alice.pk, bob.pk}


def test_a_no_forgets_the_address_and_a_link_ends_when_it_is_taken_back_or_old_or_mailed_again(alice):
    held = practising.organization(alice)
    browser = signed_in(alice)
    link = invited(browser, held)
    assert Client().post(f"{link}decline/").status_code == 200
    assert (PracticeInvitation.objects.count(), Client().post(f"{link}accept/").status_code >= 400) == (0, True)

    link = invited(browser, held)
    invitation = PracticeInvitation.objects.get()
    browser.post(page("administrator-invite-again", invitation.pk))
    assert Client().get(link).status_code >= 400
    invitation.refresh_from_db()
    link = url_of(invitation).removeprefix("http://localhost")
    assert Client().get(link).status_code == 200
    PracticeInvitation.objects.update(sent_at=timezone.now() - timedelta(days=15))
    assert Client().post(f"{link}accept/").status_code >= 400
    PracticeInvitation.objects.update(sent_at=timezone.now())
    browser.post(page("administrator-invite-take-back", invitation.pk))
    assert Client().post(f"{link}accept/").status_code >= 400
    assert PracticeAdministrator.objects.count() == 1


def test_an_invitation_mails_at_most_three_times_and_nobody_is_asked_twice(alice, bob):
    held = practising.organization(alice)
    browser = signed_in(alice)
    invited(browser, held)
    again = page("administrator-invite-again", PracticeInvitation.objects.get().pk)
    for _time in range(4):
        browser.post(again)
    assert OutgoingMail.objects.filter(kind="practice_administrator_invited").count() == 3

    twice = browser.post(page("administrator-invite", held.pk), {"name": "Bo", "address": "bo@HARBOUR.example"})
    oneself = browser.post(page("administrator-invite", held.pk), {"name": "Alice", "address": alice.email})
    assert [(one.status_code, "bo@HARBOUR" in one.text or alice.email in one.text) for one in (twice, oneself)] == [(422, True)] * 2
    for number in range(25):
        answer = browser.post(page("administrator-invite", held.pk), {"name": "Kim", "address": f"kim{number}@harbour.example"})
    assert (answer.status_code, PracticeInvitation.objects.count()) == (422, workflow.MOST_ADMINISTRATORS - 1)
    assert bob.pk not in PracticeAdministrator.objects.values_list("person", flat=True)


def test_one_who_is_taken_out_is_told_and_the_last_one_stays(alice, bob):
    held = practising.organization(alice)
    seat = PracticeAdministrator.objects.create(organization=held, person=bob)

    assert signed_in(alice).post(page("administrator-remove", seat.pk)).status_code == 302

    assert "Harbour Kitchen" in mailed("practice_administrator_removed")
    assert signed_in(bob).get(page("organization-detail", held.pk)).status_code == 404
    answer = signed_in(alice).post(page("administrator-leave", held.pk), follow=True)
    assert "You are the last one" in answer.text
    assert list(PracticeAdministrator.objects.values_list("person", flat=True)) == [alice.pk]


@pytest.mark.django_db(transaction=True)
def test_two_who_take_each_other_out_or_leave_at_once_leave_one(alice, bob):
    removed, left = [practising.organization(alice), practising.organization(alice)]
    seats = {
        (held.pk, person.pk): PracticeAdministrator.objects.get_or_create(organization=held, person=person)[0]
        for held in (removed, left)
        for person in (alice, bob)
    }

    results = [
        at_once(
            lambda: workflow.remove(seats[removed.pk, bob.pk], by=alice),
            lambda: workflow.remove(seats[removed.pk, alice.pk], by=bob),
        ),
        at_once(lambda: workflow.leave(left, by=alice), lambda: workflow.leave(left, by=bob)),
    ]

    assert [one.count(None) for one in results] == [1, 1], results
    assert [held.administrators.count() for held in (removed, left)] == [1, 1]


def full_of_canaries(ada, cast) -> PracticeOrganization:
    """An organisation with an anonymous round, an open one, an action, a note, a question, a talk and an invitation; each says the canary."""
    edition = asking.instrument()
    people = [Named(f"{CANARY} {number}", f"{CANARY}.{number}@harbour.example", CANARY) for number in range(5)]
    first = practising.session(ada, name=f"{CANARY} Kitchen", edition=edition, people=people)
    noted = (1, f"{CANARY} noted")
    practising.answered(first, {"list-is-open": [noted, 2, 3, 4, 1], "rule-is-written": [(4, f"{CANARY} alone")]})
    practising.closed(first, ada)
    second = practising.session(ada, follows=first, edition=edition, openness="open", people=people[:2])
    practising.answered(second, {"list-is-open": [(1, f"{CANARY} open"), 3]})
    told = {"words": f"{CANARY} hangs it", "owner": CANARY, "address": f"{CANARY}@harbour.example"}
    talking.promise(first, by=ada, due_on=date(2099, 1, 1), **told)
    talking.note(first, f"{CANARY} laughed", by=ada)
    asked = asking.question(ada, f"{CANARY} how?", held=first)
    questions.answer(asked, by=cast.outsider, words=f"{CANARY} thus")
    offer = talks.volunteer(make.ambassador("Vera Volunteer"), words="Boats", most_a_month=5, shows_profile=False)
    talk = talks.ask(first, offer, talks.Ticked(words=f"{CANARY} help"), by=ada, times=[FUTURE], zone="Europe/Lisbon")
    talks.accept(talk, by=talk.volunteer, starts=FUTURE, where=f"{CANARY} pier")
    benchmarking.workflow.agree(first.organization, edition.instrument, by=ada, words=f"{CANARY} shares")
    voting.opened(ada, first, keys=("list-is-open",), own=[f"{CANARY} party"])
    workflow.invite(first.organization, name=CANARY, address=f"{CANARY}.asked@harbour.example", by=ada)
    return first.organization


def places_of_the_canary() -> list[str]:
    """Every column of the database in which it stands, read as text."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ILIKE %s', [f"%{CANARY}%"])
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


@pytest.mark.row("G1")
def test_nobody_but_those_who_run_it_reads_an_answer_without_being_let_in(cast):
    """On any page or file of it; and a volunteer reads what was ticked, which here is nothing of the results."""
    held = full_of_canaries(cast.ambassador, cast)
    other = make.person("Berta Other")
    practising.organization(other, "Quay Choir")
    first, second = held.sessions.order_by("number")
    pages = [page("organization-detail", held.pk), page("organization-archive", held.pk)]
    for session in (first, second):
        of_session = ("detail", "results", "guide", "present", "files", "workbook")
        pages += [page(f"session-{name}", session.pk) for name in of_session] + [page("action-list", session.pk)]
        pages += [reverse("practice:session-table", args=[session.pk, name]) for name in ("results", "notes", "answers")]
        pages.append(reverse("practice:module-results", args=[session.pk, "lending"]))

    for person in (None, cast.outsider, cast.alumnus, cast.staff, cast.superuser, other):
        browser = signed_in(person) if person else Client()
        answers = {url: browser.get(url) for url in pages}
        assert {url: one.status_code for url, one in answers.items() if one.status_code not in {302, 404}} == {}, person
        assert not [url for url, one in answers.items() if CANARY in one.content.decode(errors="replace")]

    mine = signed_in(cast.ambassador)
    assert {mine.get(url).status_code for url in pages} == {200, 404}  # an anonymous round has no table of answers
    workflow.invite(held, name="Bo", address=other.email, by=cast.ambassador)
    workflow.accept(PracticeInvitation.objects.get(name="Bo"))  # the share: now the other one may
    assert f"{CANARY} noted" in signed_in(other).get(pages[-1].replace(str(second.pk), str(first.pk))).text


def test_it_is_called_something_else_and_no_other_is(alice, bob):
    held, other = practising.organization(alice), practising.organization(bob, "Quay Choir")
    browser = signed_in(alice)
    assert browser.post(page("organization-rename", held.pk), {"name": ""}).status_code == 422
    browser.post(page("organization-rename", held.pk), {"name": "Harbour Table"})
    assert browser.post(page("organization-rename", other.pk), {"name": "Mine"}).status_code == 404
    assert list(PracticeOrganization.objects.order_by("pk").values_list("name", flat=True)) == ["Harbour Table", "Quay Choir"]
    assert HistoryEntry.objects.filter(verb="renamed", actor=alice, target_id=str(held.pk)).count() == 1


def test_so_many_are_mailed_a_day_and_only_by_whoever_runs_it(alice, bob, monkeypatch):
    monkeypatch.setattr(workflow, "MAILS_A_DAY", 2)
    held, other = practising.organization(alice), practising.organization(bob, "Quay Choir")
    workflow.invite(other, name="Far", address="far@quay.example", by=bob)  # another organisation's mails are its own
    for number in range(2):
        workflow.invite(held, name="Friend", address=f"friend{number}@harbour.example", by=alice)
    with pytest.raises(ValidationError, match="many people today"):
        workflow.invite(held, name="Friend", address="friend3@harbour.example", by=alice)
    first = PracticeInvitation.objects.get(address="friend0@harbour.example")
    workflow.send_again(first, by=alice)  # one who was mailed today counts once
    PracticeInvitation.objects.filter(organization=held).update(sent_at=timezone.now() - timedelta(hours=25))
    asked = workflow.invite(held, name="Friend", address="Friend3@Harbour.example", by=alice)
    assert (asked.by, asked.address) == (alice, "friend3@harbour.example")

    for act in (workflow.send_again, workflow.take_back):
        with pytest.raises(PermissionDenied):
            act(asked, by=bob)
    workflow.take_back(asked, by=alice)
    with pytest.raises(ValidationError, match="taken back meanwhile"):
        workflow.send_again(asked, by=alice)
    with pytest.raises(ValidationError, match="use “Leave”"):
        workflow.remove(held.administrators.get(), by=alice)
    with pytest.raises(PermissionDenied):
        erase(held, held.name, by=bob)


def test_what_belongs_to_another_organisation_stands_in_no_file_and_outlives_this_one(cast, bob):
    held = full_of_canaries(cast.ambassador, cast)
    other = practising.session(bob, name="Quay Choir", people=[Named("Quentin Quay", "quentin@quay.example", "")], openness="open")
    practising.answered(other, {"list-is-open": [2]})
    talking.promise(practising.closed(other, bob), by=bob, words="Sing on Sundays", owner="Quentin", due_on=date(2099, 3, 1))
    mails = OutgoingMail.objects.filter(address="quentin@quay.example").count()
    browser = signed_in(cast.ambassador)

    archive = zipfile.ZipFile(io.BytesIO(browser.get(page("organization-archive", held.pk)).content))
    whole = b"".join(archive.read(name) for name in archive.namelist()).decode(errors="ignore")
    assert [word for word in ("Quay", "Quentin", "Sundays") if word in whole] == []
    shown = browser.get(page("organization-erase", held.pk)).text
    assert "2 rounds, with 7 people who were asked" in shown
    browser.post(page("organization-erase", held.pk), {"name": held.name})
    assert list(PracticeOrganization.objects.all()) == [other.organization]
    assert Respondent.objects.get().name == "Quentin Quay"
    assert (mails, OutgoingMail.objects.filter(address="quentin@quay.example").count()) == (1, 1)


def test_everything_as_one_file_and_of_an_anonymous_round_what_its_pages_show(alice, cast):
    held = full_of_canaries(cast.ambassador, cast)
    anonymous, open_round = held.sessions.order_by("number")

    answer = signed_in(cast.ambassador).get(page("organization-archive", held.pk))

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    files = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    facts = json.loads(files["organization.json"])
    assert (answer.headers["Content-Type"], facts["name"]) == ("application/zip", f"{CANARY} Kitchen")
    assert [one["address"] for one in facts["administrators"]] == [cast.ambassador.email]
    assert all(name in files["README.txt"] for name in ("rounds.csv", "actions.csv", "questions.csv", "organization.json"))
    rows = {name: list(csv.DictReader(io.StringIO(text))) for name, text in files.items() if name.endswith(".csv")}
    assert [(row["round"], row["openness"]) for row in rows["rounds.csv"]] == [("1", "anonymous"), ("2", "open")]
    assert len(rows["respondents.csv"]) == 7
    assert [
        rows[f"{name}.csv"][0][column] for name, column in (("actions", "action"), ("notes", "note"), ("questions", "words"))
    ] == [
        f"{CANARY} hangs it",
        f"{CANARY} laughed",
        f"{CANARY} thus",
    ]
    assert rows["talks.csv"][0]["how you meet"] == f"{CANARY} pier"
    said = f"round-{open_round.number}/answers.csv"
    assert [(row["name"], row["answer"]) for row in rows[said]] == [(f"{CANARY} 0", "1"), (f"{CANARY} 1", "3")]
    of_first = {name: text for name, text in files.items() if name.startswith(f"round-{anonymous.number}/")}
    assert set(of_first) == {f"round-{anonymous.number}/{name}.csv" for name in ("results", "importance", "notes")}
    whole = "".join(of_first.values())
    assert f"{CANARY} noted" in whole
    assert f"{CANARY} alone" not in "".join(files.values())  # fewer than four answered this
    assert not re.search(rf"{CANARY} \d|{CANARY}\.\d", whole)  # and nobody's name stands beside figures


def test_erased_with_its_name_typed_it_is_nowhere_and_everybody_concerned_is_told(cast, bob):
    held = full_of_canaries(cast.ambassador, cast)
    PracticeAdministrator.objects.create(organization=held, person=bob)
    kept = practising.organization(cast.outsider, "Quay Choir")
    link = respond_url_of(Respondent.objects.filter(session__status="open").first()).removeprefix("http://localhost")
    assert Client().get(link).status_code == 200
    browser = signed_in(cast.ambassador)
    there = places_of_the_canary()
    assert {"practice_answer.note", "correspondence_outgoingmail.address", "practice_talk.words"} <= set(there)
    shown = browser.get(page("organization-erase", held.pk)).text
    assert all(said in shown for said in ("2 rounds, with 7 people who were asked", "1 other person runs it, too"))

    wrong = browser.post(page("organization-erase", held.pk), {"name": "Quay Choir"})
    assert (wrong.status_code, "Quay Choir" in wrong.text) == (422, True)
    assert browser.post(page("organization-erase", held.pk), {"name": f"{CANARY}  kitchen"}).status_code == 302

    assert places_of_the_canary() == []
    assert list(PracticeOrganization.objects.all()) == [kept]
    assert Client().get(link).status_code >= 400
    assert Client().post(f"{link}lend-fairly/save/", {"list-is-open": "2"}).status_code >= 400
    assert cast.ambassador.name in mailed("practice_organization_erased")
    assert OutgoingMail.objects.get(kind="practice_organization_erased").person == bob
    assert "2098" in mailed("practice_talk_erased")
    for row in OutgoingMail.objects.filter(state="queued"):
        deliver_mail(row.pk)
    sent = OutgoingMail.objects.filter(state="sent").values_list("kind", flat=True)
    unsent = {"practice_invitation", "practice_reminder", "practice_action", "practice_vote", "practice_administrator_invited"}
    assert not unsent & set(sent)


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_is_saved_while_it_is_erased_comes_before_or_finds_nobody(alice):
    held = practising.session(alice, people=4)
    respondents = list(Respondent.objects.filter(session=held))

    results = at_once(
        lambda: erase(held.organization, "Harbour Kitchen", by=alice),
        *(lambda one=one: practising.answer(one, {"list-is-open": 2}) for one in respondents),
    )

    assert results[0] is None
    assert {type(one).__name__ for one in results[1:]} <= {"NoneType", "TransitionRefused", "DoesNotExist"}
    assert (PracticeOrganization.objects.count(), places("practice_sheet")) == (0, 0)


def places(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return cursor.fetchone()[0]


def test_an_organization_whose_last_one_is_erased_goes_and_one_that_others_run_stays(alice, bob, cast):
    own = full_of_canaries(alice, cast)
    shared = practising.organization(alice, "Quay Choir")
    PracticeAdministrator.objects.create(organization=shared, person=bob)

    sections["practice"].erase(alice)

    assert list(PracticeOrganization.objects.all()) == [shared]
    assert [row for row in places_of_the_canary() if row.startswith(("practice_", "correspondence_"))] == []
    assert own.pk != shared.pk


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(alice, django_assert_num_queries, number):
    held = practising.organization(alice)
    for one in range(number):
        PracticeAdministrator.objects.create(organization=held, person=make.person(f"Kim {one}"))
        workflow.invite(held, name="Bo", address=f"bo{one}@harbour.example", by=alice)
        finished = practising.session(alice, people=5, follows=held.sessions.latest("number"))
        practising.closed(finished, alice)
        talking.promise(finished, by=alice, words=f"Count the vests {one}", owner="Bo", due_on=date(2099, 1, 1))
        CommunityQuestion.objects.create(
            organization=held, item=practising.item(finished.instrument_edition, "list-is-open"), words="Who?"
        )
    browser = signed_in(alice)
    browser.get(page("organization-detail", held.pk))
    with django_assert_num_queries(9):
        shown = browser.get(page("organization-detail", held.pk)).text
    assert [shown.count(line) for line in ('class="promise__words"', 'class="org-question__words"')] == [number, number]
