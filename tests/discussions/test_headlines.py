"""Mail that brings no words: a member's own choice, or a space that keeps what is said in it out of mailboxes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ambassadors.models import User
from correspondence import allowance, outbox
from correspondence.models import OutgoingMail
from correspondence.rendering import message_for
from discussions import rules, workflow
from discussions.asking import questions
from discussions.facilitating.nudging import nudge
from discussions.following import fanout
from discussions.following.workflow import follow
from discussions.needs.workflow import start_need
from discussions.prompts import lineup, rounds
from discussions.spaces.workflow import edit_space
from foundation.models import HistoryEntry, Topic, Upload
from foundation.uploads import upload_attach
from tests import make
from tests.discussions import asking_making, making, prompting

pytestmark = pytest.mark.django_db
MAIL = "/settings/mail/"


@pytest.mark.parametrize(
    ("of_person", "of_space", "whole"), [(False, False, True), (True, False, False), (False, True, False), (True, True, False)]
)
def test_words_are_mailed_where_neither_the_reader_nor_the_space_says_no(alice, of_person, of_space, whole):
    thread = making.thread(making.topic(headlines_only=of_space), alice)
    alice.headlines_only = of_person

    assert rules.may_be_mailed_whole(alice, thread) is whole


def test_a_member_chooses_it_in_the_settings(client, alice):
    client.force_login(alice)
    switches = {field.name: "on" for field in client.get(MAIL).context["form"] if field.initial}

    client.post(MAIL, switches | {"headlines_only": "on"})
    alice.refresh_from_db()
    assert alice.headlines_only is True

    client.post(MAIL, switches)
    alice.refresh_from_db()
    assert alice.headlines_only is False


def test_somebody_who_reads_no_conversations_is_not_asked(client, alumna):
    client.force_login(alumna)

    assert "headlines_only" not in client.get(MAIL).context["form"].fields


def test_leaders_keep_what_is_said_out_of_mail_and_others_cannot(client, alice, bob):
    space = making.micro(alice, openness="open")
    said = {"name": space.name, "purpose": space.purpose, "openness": "open", "headlines_only": "on"}
    client.force_login(bob)
    assert client.post(f"/spaces/{space.slug}/edit/", said).status_code == 403
    client.force_login(alice)

    response = client.post(f"/spaces/{space.slug}/edit/", said)

    assert response.status_code == 302
    space.refresh_from_db()
    assert space.headlines_only is True
    assert HistoryEntry.objects.get(verb="changed a space").note == "headlines_only"
    assert edit_space(space, by=alice, headlines_only=False).headlines_only is False


CANARY = "Zaunkönig"
MAILED_WHOLE = {
    *("thread_post", "mention", "need_alert", "nudge", "digest", "read_thread"),
    *("asking_question", "asking_handed", "asking_answered", "asking_follow_up"),
    *("prompt_asked", "prompt_early", "prompt_opened"),
}


class Postman:
    """Writes each mail of the outbox as it would go out at that moment, and remembers in which kinds the canary sang."""

    def __init__(self) -> None:
        self.written: set[str] = set()
        self.sang: set[str] = set()

    def come(self) -> None:
        for mail in OutgoingMail.objects.filter(state="queued"):
            if allowance.refusal(mail):
                continue
            message = message_for(mail)
            parts = [
                message.subject,
                message.body,
                *(part.content for part in message.alternatives),
                *message.extra_headers.values(),
            ]
            self.written.add(mail.kind)
            if CANARY in " ".join(parts):
                self.sang.add(mail.kind)
        OutgoingMail.objects.filter(state="queued").update(state="sent")


@pytest.mark.parametrize(
    ("of_space", "of_readers", "sang"), [(False, False, MAILED_WHOLE), (True, False, set()), (False, True, set())]
)
def test_no_mail_of_any_kind_repeats_what_is_kept_out_of_mail(alice, bob, of_space, of_readers, sang):
    """The control comes first: where mail brings the words, each of these kinds brings them."""
    fay = make.ambassador("Fay Follower", topics=["Budgets"])
    space = making.micro(alice, openness="open", headlines_only=of_space)
    for person in (bob, fay):
        making.join(space, person)
    User.objects.update(headlines_only=of_readers)
    postman, people = Postman(), [User.objects.get(pk=one.pk) for one in (alice, bob, fay)]

    talk(space, *people)
    postman.come()
    ask_and_answer(space, *people, meanwhile=postman.come)
    postman.come()
    prompt(space, *people, meanwhile=postman.come)
    postman.come()

    assert postman.written >= MAILED_WHOLE
    assert postman.sang == sang


def talk(space, alice, bob, fay) -> None:
    """A conversation that Fay follows, is named in, gets by mail and in a digest; one in which she is asked to speak; and a need."""
    thread = making.thread(space, alice, body=f"{CANARY} one.")
    follow(thread, by=fay, level="every reply")
    posts = [
        workflow.reply(thread, by=alice, body=f"{CANARY} two."),
        workflow.reply(thread, by=bob, body=f"@Fay Follower, {CANARY}?"),
    ]
    kept = Upload(owner=alice, name=f"{CANARY}.pdf", content_type="application/pdf", size=9, sha256="0" * 64)
    upload_attach([kept], posts[0])
    fanout.sweep()
    start_need(space, Topic.objects.get(name="Budgets"), by=alice, subject="A second pair of eyes", body=f"{CANARY} three.")
    nudge(making.thread(space, alice, subject="Quiet"), by=alice, people=[fay], words=f"{CANARY} four.")
    since = timezone.now() - timedelta(days=1)
    span = {"since": since.isoformat(), "until": (timezone.now() + timedelta(minutes=1)).isoformat(), "amount": "full"}
    making.thread(space, bob, subject="Elsewhere", body=f"{CANARY} five.")
    outbox.post("digest", fay, key="digest", **span)
    outbox.post("read_thread", fay, key="read", thread=thread.pk, before=None)


def ask_and_answer(space, alice, bob, fay, *, meanwhile) -> None:
    """An Ask Me About of Alice's: Fay asks, and is asked how it went; Bob is handed a question, and told that it closes."""
    session = asking_making.opened(
        alice, space, about=f"{CANARY} about", introduction=f"<p>{CANARY} first.</p>", opening=f"{CANARY}?"
    )
    asked, handed = (asking_making.ask(session, fay, f"What of {CANARY} {name}?")[0] for name in ("six", "seven"))
    meanwhile()
    questions.answer([(asked, f"<p>{CANARY} eight.</p>")], by=alice)
    questions.hand_over(handed, bob, word=f"{CANARY} nine.", by=alice)
    outbox.post("asking_follow_up", fay, key="follow up", question=asked.pk)
    outbox.post("asking_closing", bob, key="closing", session=session.pk)


def prompt(space, alice, bob, fay, *, meanwhile) -> None:
    """A prompt which Bob answers first."""
    series = prompting.series(space, alice, text=f"<p>{CANARY} ten.</p>", starts_on=timezone.localdate() + timedelta(days=7))
    one = prompting.next_round(series)
    responder = lineup.ask(one, bob, by=alice, note=f"{CANARY} eleven.")
    meanwhile()
    lineup.accept(responder, by=bob)
    rounds.begin_private_hours(one.pk, one.opens_at - timedelta(minutes=1))
    one.refresh_from_db()
    meanwhile()
    workflow.reply(one.thread, by=bob, body=f"{CANARY} twelve.")
    rounds.open_now(one, by=alice)
    outbox.post("prompt_opened", fay, key="opened", round=one.pk)
