"""One round: lined up, given early, opened together; held where too few agreed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from correspondence import outbox
from correspondence.models import OutgoingMail
from discussions import workflow
from discussions.models import Follow, Post, Prompt, PromptRound, PromptWish, Responder, Thread
from discussions.prompts import lineup, planning, rounds
from foundation.models import Community, HistoryEntry
from foundation.workflow import TransitionRefused
from tests import make
from tests.discussions import making, prompting

pytestmark = pytest.mark.django_db
EARLY, OPENING = "2027-01-07T06:05:00+00:00", "2027-01-07T09:00:00+00:00"


@pytest.fixture
def prompt(alice):
    """Alice's weekly series in an open space of hers; it opens on Thursday at nine."""
    with prompting.at(prompting.MONDAY):
        return prompting.series(making.micro(alice, openness="open"), alice)


@pytest.fixture
def mira(prompt):
    return making.join(prompt.space, make.ambassador("Mira Moss"))


def lined_up(prompt, *people) -> PromptRound:
    with prompting.at(prompting.MONDAY):
        one = prompting.next_round(prompt)
        for person in people:
            prompting.willing(one, person, by=prompt.facilitator)
    return one


def mails(kind: str) -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind=kind).values_list("person__name", flat=True))


@pytest.mark.row("D13")
def test_early_answers_are_unseen_until_it_opens_and_there_when_it_does(client, prompt, mira, bob):
    one = lined_up(prompt, mira)
    prompting.tick(EARLY)
    one.refresh_from_db()
    with prompting.at("2027-01-07T07:00:00+00:00"):
        client.force_login(mira)
        client.post(reverse("discussions:post-reply", args=[one.thread_id]), {"body": "Two interviews, one board paper."})
        address = one.thread.get_absolute_url()
        client.force_login(bob)
        before = client.get(address).status_code

    prompting.tick(OPENING)

    with prompting.at("2027-01-07T09:05:00+00:00"):
        page = client.get(address)
    assert (before, page.status_code) == (404, 200)
    assert [(post.author.name, post.number) for post in page.context["posts"]] == [("Alice Amadi", 1), ("Mira Moss", 2)]
    assert mails("prompt_early") == ["Mira Moss"]
    assert Responder.objects.get().status == "answered"


@pytest.mark.row("D13")
def test_with_fewer_than_the_minimum_it_does_not_go_live_and_the_facilitator_hears(client, prompt, mira, alice):
    type(prompt).objects.filter(pk=prompt.pk).update(minimum=2)
    one = lined_up(prompt, mira)
    for moment in (EARLY, OPENING, "2027-01-07T09:05:00+00:00"):
        prompting.tick(moment)
    one.refresh_from_db()
    assert (one.status, mails("prompt_held"), mails("prompt_opened")) == ("held", ["Alice Amadi"], [])
    assert not Thread.objects.visible_to(make.ambassador("Olga Outside")).exists()

    with prompting.at("2027-01-07T10:00:00+00:00"):
        client.force_login(alice)
        refused = client.post(reverse("discussions:round-open", args=[one.pk]), {"word": ""})
        said = refused.context["open_form"].errors["word"]
        client.post(reverse("discussions:round-open", args=[one.pk]), {"word": "It is half-term."})

    one.refresh_from_db()
    assert said == ["Say in a word why it opens with fewer people than you wanted."]
    assert one.status == "open"


def test_nobody_agreed_and_nobody_was_asked_so_it_waits(prompt):
    one = lined_up(prompt)
    prompting.tick(EARLY)
    prompting.tick(OPENING)
    one.refresh_from_db()

    assert (one.status, one.thread_id, mails("prompt_held")) == ("held", None, ["Alice Amadi"])


def test_two_clocks_open_it_once_and_tell_of_it_once(prompt, mira, bob):
    making.join(prompt.space, bob)
    one = lined_up(prompt, mira)
    for moment in (EARLY, EARLY, OPENING, OPENING, "2027-01-07T09:05:00+00:00"):
        prompting.tick(moment)

    assert Thread.objects.filter(kind="prompt").count() == 1
    assert PromptRound.objects.get(pk=one.pk).status == "open"
    assert mails("prompt_opened") == ["Bob Brandt", "Mira Moss"]  # Alice asked it herself
    assert not Post.objects.filter(told_at=None).exists()  # nobody hears of the early answers a second time


def test_where_the_clock_stood_still_they_get_their_hours_all_the_same(prompt, mira):
    one = lined_up(prompt, mira)
    prompting.tick("2027-01-09T12:00:00+00:00")
    one.refresh_from_db()

    assert (one.status, one.opens_at.isoformat()) == ("private", "2027-01-09T15:00:00+00:00")


def test_whoever_agrees_in_the_private_hours_gets_it_at_once_and_later_it_is_open(prompt, mira, bob):
    making.join(prompt.space, bob)
    one = lined_up(prompt, mira)
    with prompting.at(prompting.MONDAY):
        late = lineup.ask(one, bob, by=prompt.facilitator)
        never = lineup.ask(one, making.join(prompt.space, make.ambassador("Nina Never")), by=prompt.facilitator)
    prompting.tick(EARLY)
    assert not Thread.objects.visible_to(bob).exists()

    with prompting.at("2027-01-07T08:00:00+00:00"):
        lineup.accept(late, by=bob)
        assert [thread.kind for thread in Thread.objects.visible_to(bob)] == ["prompt"]
    prompting.tick(OPENING)

    with pytest.raises(TransitionRefused):
        lineup.accept(never, by=never.person)
    assert mails("prompt_early") == ["Bob Brandt", "Mira Moss"]


def test_whoever_declines_after_all_no_longer_sits_there(prompt, mira):
    one = lined_up(prompt, mira)
    prompting.tick(EARLY)
    responder = Responder.objects.get()

    with prompting.at("2027-01-07T07:00:00+00:00"):
        lineup.decline(responder, by=mira, word="My train is late.")

    assert not Thread.objects.visible_to(mira).exists()
    prompting.tick(OPENING)
    one.refresh_from_db()
    assert one.status == "held"


def test_a_round_that_was_called_off_takes_no_more_answers_and_the_next_one_is_planned(prompt, mira):
    one = lined_up(prompt, mira)
    prompting.tick(EARLY)
    with prompting.at("2027-01-07T07:00:00+00:00"):
        rounds.call_off(one, by=prompt.facilitator)
        with pytest.raises(workflow.PostNotTaken):
            workflow.reply(Thread.objects.get(kind="prompt"), by=mira, body="Here I am.")
    prompting.tick(OPENING)

    assert mails("prompt_called_off") == ["Mira Moss"]
    assert [(str(row.on), row.status) for row in PromptRound.objects.order_by("on")] == [
        ("2027-01-07", "called off"),
        ("2027-01-14", "planned"),
    ]


def test_whom_it_is_mailed_to(prompt, mira, alice):
    """What somebody said of the series stands before what they said of the space; who muted the space hears nothing."""
    names = ("Silent", "Outside", "Digest", "Muted", "Every", "Wishes", "Declines", "Digest but wishes")
    people = {name: make.ambassador(name) for name in names}
    making.join(prompt.space, people["Silent"])
    for name, level in (("Digest", "digest"), ("Muted", "muted"), ("Every", "every reply"), ("Digest but wishes", "digest")):
        Follow.objects.create(space=prompt.space, person=people[name], level=level)
    for name, wants in (("Wishes", True), ("Declines", False), ("Muted", True), ("Digest but wishes", True)):
        planning.wish(prompt, by=people[name], wants_mail=wants, recalls=False)
    lined_up(prompt, mira)
    prompting.tick(EARLY)
    prompting.tick(OPENING)
    first = mails("prompt_opened")

    type(prompt).objects.filter(pk=prompt.pk).update(reach="taking part")
    prompt.refresh_from_db()
    with prompting.at("2027-01-07T10:00:00+00:00"):
        prompting.willing(prompting.next_round(prompt), mira, by=alice)
    OutgoingMail.objects.all().delete()
    for moment in ("2027-01-14T06:05:00+00:00", "2027-01-14T09:00:00+00:00"):
        prompting.tick(moment)

    assert first == ["Digest but wishes", "Every", "Mira Moss", "Silent", "Wishes"]
    assert mails("prompt_opened") == ["Digest but wishes", "Every", "Wishes"]


def test_who_is_asked_and_who_asks(prompt, mira, bob, alice):
    one = prompting.next_round(prompt)
    away = making.join(prompt.space, make.ambassador("Away Annie", away_until="2099-01-01"))
    with prompting.at(prompting.MONDAY):
        for person in (bob, away):  # not in the space, and not there
            with pytest.raises(ValidationError):
                lineup.ask(one, person, by=alice)
        with pytest.raises(PermissionDenied):
            lineup.ask(one, mira, by=mira)
        lineup.ask(one, mira, by=alice)
        with pytest.raises(ValidationError):
            lineup.ask(one, mira, by=alice)

    assert mails("prompt_asked") == ["Mira Moss"]


def test_who_is_asked_again_reads_the_word_that_was_written_now(prompt, mira):
    one = lined_up(prompt)
    with prompting.at(prompting.MONDAY):
        responder = lineup.ask(one, mira, by=prompt.facilitator, note="You did this in May.")
        lineup.release(responder, by=prompt.facilitator)
    with prompting.at("2027-01-05T09:00:00+00:00"):
        again = lineup.ask(one, mira, by=prompt.facilitator, note="Bob cannot, after all.")
    again.refresh_from_db()
    assert (again, again.note, again.status) == (responder, "Bob cannot, after all.", "asked")
    assert mails("prompt_asked") == ["Mira Moss"] * 2
    assert not HistoryEntry.objects.filter(note__contains="Bob cannot").exists()


def test_an_answer_makes_one_take_part(prompt, mira):
    lined_up(prompt, mira)
    prompting.tick(EARLY)
    with prompting.at("2027-01-07T07:00:00+00:00"):
        workflow.reply(Thread.objects.get(kind="prompt"), by=mira, body="Two things.")

    assert [(wish.person.name, wish.wants_mail, wish.recalls) for wish in PromptWish.objects.all()] == [("Mira Moss", True, False)]


def test_another_leader_speaks_where_the_facilitator_leads_no_longer(prompt, mira, alice, bob):
    making.join(prompt.space, bob, "leader")
    prompt.space.roles.filter(person=alice).delete()
    with prompting.at(prompting.MONDAY):
        prompting.willing(prompting.next_round(prompt), mira, by=bob)
    prompting.tick(EARLY)

    assert Thread.objects.get(kind="prompt").started_by == bob


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_however_much_there_is(client, prompt, alice, rows, django_assert_num_queries):
    Community.objects.create(pk=1, name="Harbour Lights")
    with prompting.at(prompting.MONDAY):
        one = prompting.next_round(prompt)
        for number in range(rows):
            lineup.ask(one, making.join(prompt.space, make.ambassador(f"Person {number}")), by=alice)
            making.join(prompt.space, make.ambassador(f"Another {number}"))
        for _number in range(rows - 1):
            prompting.series(prompt.space, alice)
        client.force_login(alice)
        counted = []
        for name, pk in (("prompt-list", None), ("prompt-detail", prompt.pk), ("round-detail", one.pk)):
            url = reverse(f"discussions:{name}", args=[pk] if pk else [])
            client.get(url)
            counted.append(url)
        with django_assert_num_queries(19):
            for url in counted:
                client.get(url)


def told_of_a_change(mailoutbox) -> list[tuple[str, str]]:
    """Deliver what waits, and return what was said of changes: to whom, and the subject."""
    del mailoutbox[:]
    for mail in OutgoingMail.objects.filter(kind__in=["prompt_put_off", "prompt_called_off"], state="queued").order_by("pk"):
        outbox.deliver(mail.pk)
    return [(mail.to[0].partition("@")[0], mail.subject) for mail in mailoutbox]


def test_a_round_that_is_put_off_is_told_to_those_who_agreed_once_and_with_the_last_moment(prompt, mira, mailoutbox):
    one = lined_up(prompt, mira)
    with prompting.at(prompting.MONDAY):
        for name in ("Asked Only", "Said No"):
            responder = lineup.ask(one, making.join(prompt.space, make.ambassador(name)), by=prompt.facilitator)
        lineup.decline(responder, by=responder.person)
        for hour in (10, 11, 11):
            rounds.put_off(one, by=prompt.facilitator, opens_at=datetime(2027, 1, 7, hour, tzinfo=UTC))

        assert told_of_a_change(mailoutbox) == [("mira-moss", "Another moment: On the bench")]

    assert "now opens on Thursday 7 January, 11:00 (" in mailoutbox[0].body
    assert mails("prompt_put_off") == ["Mira Moss"] * 2


def test_a_round_that_moves_with_its_schedule_is_told_as_well_and_one_that_stays_is_not(prompt, mira, mailoutbox):
    lined_up(prompt, mira)
    with prompting.at(prompting.MONDAY):
        planning.edit_prompt(prompt, by=prompt.facilitator, title="At work")
        assert told_of_a_change(mailoutbox) == []
        planning.add_break(prompt, by=prompt.facilitator, first_day=date(2027, 1, 6), last_day=date(2027, 1, 8))

        assert told_of_a_change(mailoutbox) == [("mira-moss", "Another moment: At work")]

    assert "Thursday 14 January" in mailoutbox[0].body


def test_who_agreed_hears_that_a_series_rests_that_it_goes_on_and_that_it_ended(prompt, mira, mailoutbox):
    one = lined_up(prompt, mira)
    told = []
    with prompting.at(prompting.MONDAY):
        for move in (planning.pause, planning.resume, planning.end):
            move(Prompt.objects.get(pk=prompt.pk), by=prompt.facilitator)
            told += told_of_a_change(mailoutbox)

    one.refresh_from_db()
    assert [subject for _name, subject in told] == [
        f"{what}: On the bench" for what in ("Rests for now", "Another moment", "Called off")
    ]
    assert one.status == "called off"
