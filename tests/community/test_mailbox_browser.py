"""In the demo's mailbox a newcomer does by mail all that an ambassador can, in the name of one who has never signed in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from ambassadors.models import SlateAnswer
from ambassadors.slates import workflow as slates
from correspondence import due
from correspondence.models import InboundMail, MailPreference
from discussions import workflow
from discussions.models import Follow, Post, PromptRound, ReadMark, Thanks, Thread
from discussions.words import to_plain
from foundation.models import Community
from tests import make
from tests.accessibility import axe, sideways, tab_walk
from tests.ambassadors import admission_making as admission
from tests.browser import PHONE
from tests.discussions import making, prompting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Program:
    """A mail program: the mailbox of one person, on one page."""

    def __init__(self, page, person) -> None:
        self.page, self.person, self.mail = page, person, page.frame_locator(".mailbox__frame")

    def write(self, to: str, subject: str = "", words: str = "") -> None:
        """Write a letter to an address that one knows."""
        self.page.goto(f"/dev/mailbox/write/?person={self.person.email}")
        self.page.get_by_label("To", exact=True).fill(to)
        self.send(subject, words)

    def send(self, subject: str = "", words: str = "") -> None:
        """Send the letter that is open, with what stands in it already unless something else is said."""
        if subject:
            self.page.get_by_label("Subject").fill(subject)
        if words:
            self.page.get_by_label("Your words").fill(words)
        self.page.get_by_role("button", name="Send").click()
        expect(self.page.get_by_text("Received and done.")).to_be_visible()

    def open_answer(self, subject: str) -> None:
        """Open the letter that came back."""
        self.page.get_by_role("link", name=subject).last.click()
        expect(self.page.locator("h1")).to_contain_text(subject)

    def follow(self, link: str, subject: str = "", words: str = "", *, last: bool = False) -> None:
        """Click a link of the letter, and send the mail that it opens."""
        links = self.mail.get_by_role("link", name=link)
        (links.last if last else links.first).click()
        expect(self.page.locator("h1")).to_have_text("Write a letter")
        self.send(subject, words)

    def back_to(self, url: str) -> None:
        self.page.goto(url)


def open_a_prompt(space, leader, *, first) -> None:
    """A prompt that `first` has answered in the hours in which they alone had it, and that is open to all now."""
    one = prompting.next_round(prompting.series(space, leader, starts_on=date.today() + timedelta(days=2)))
    prompting.willing(one, first, by=leader)
    come_round(one)
    workflow.reply(PromptRound.objects.get().thread, by=first, body="A brass band.")
    come_round(one)
    assert PromptRound.objects.get(pk=one.pk).status == "open"


def come_round(one) -> None:
    PromptRound.objects.filter(pk=one.pk).update(opens_at=timezone.now())
    due.post_all()


@pytest.fixture
def lively(transactional_db, maildir):
    """A community in which there is something to do for Alice: returns her, Bob, and a thread of his."""
    Community.objects.update_or_create(pk=1, defaults={"name": "Riverside Circle", "mails_a_day": 1000, "mail_delay": 0})
    alice, bob, leader = make.ambassador("Alice Amadi"), make.ambassador("Bob Brandt"), make.ambassador("Lena Lead")
    thread = making.thread(making.topic(), bob, "Which questions did you drop?", "We dropped the last ten.")
    school = making.micro(leader)
    making.join(school, alice)
    making.join(school, bob)
    lead = admission.lead()
    slate = slates.begin("Autumn slate", "Two people.", by=lead)
    slates.add(slate, [admission.nomination(bob, name, status="vetting") for name in ("Maya Ito", "Tomas Berg")], by=lead)
    slates.open_slate(slate, version=slates.version_of(slate), by=lead)
    open_a_prompt(school, leader, first=bob)
    return alice, bob, thread


def test_a_newcomer_does_the_nine_acts_in_the_mailbox(open_page, lively):
    alice, bob, thread = lively
    page = open_page()
    program = Program(page, alice)

    # She knows one address, and asks there what she can do.
    program.write("help@mail.example.org")
    program.open_answer("What you can do by mail")
    guide = page.url

    # Read: what is new, and from there a conversation.
    program.follow("What is new")
    program.open_answer("something new")
    program.follow("Which questions did you drop?")
    program.open_answer("Which questions did you drop?")
    letter = page.url
    expect(program.mail.get_by_text("We dropped the last ten.")).to_be_visible()
    assert ReadMark.objects.get(thread=thread, person=alice).number == 1

    # Thank, mute, follow.
    program.follow("This helped me")
    assert list(Thanks.objects.values_list("person__name", "post__author__name")) == [("Alice Amadi", "Bob Brandt")]
    for link, level in (("Hear no more of it", "muted"), ("Get every reply", "every reply")):
        program.back_to(letter)
        program.follow(link)
        assert Follow.objects.get(thread=thread, person=alice).level == level

    # Reply.
    program.back_to(letter)
    page.get_by_label("Your words").fill("We dropped the long one.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("Received and done.")).to_be_visible()
    said = Post.objects.get(thread=thread, number=2)
    assert (said.author, said.via, to_plain(said.body)) == (alice, "mail", "We dropped the long one.")

    # Begin a conversation: for all, in a space, and with one person alone.
    for where, subject in (("Everyday questions", "Who pays for the hall?"), ("Winter school", "Who has a key?")):
        program.back_to(guide)
        program.follow(where, subject, "I wonder.")
        assert Thread.objects.get(subject=subject).space.name == where
    program.back_to(guide)
    program.follow("privately", "Your ten questions", "To: Bob Brandt\n\nMay I see them?")
    private = Thread.objects.get(subject="Your ten questions")
    assert private.is_private
    assert {one.person for one in private.participants.all()} == {alice, bob}

    # Answer a slate, and a prompt.
    program.back_to(guide)
    program.follow("Autumn slate", words="1 yes, 2 no view")
    assert list(SlateAnswer.objects.values_list("person__name", "entry__number", "answer")) == [
        ("Alice Amadi", 1, "support"),
        ("Alice Amadi", 2, "no view"),
    ]
    program.back_to(guide)
    program.follow("On the bench", words="A choir that rehearses by telephone.")
    answer = Post.objects.get(thread__subject="On the bench", author=alice)
    assert to_plain(answer.body) == "A choir that rehearses by telephone."

    # Unsubscribe, as mail programs do: by the address in the header.
    page.goto(f"/dev/mailbox/?person={alice.email}&q=Autumn slate: what do you say")
    page.get_by_role("link", name="Autumn slate: what do you say").click()
    page.get_by_text("Its headers").click()
    page.get_by_role("link", name="mailto:unsubscribe+").click()
    program.send()
    assert [(one.person, one.kind, one.wanted) for one in MailPreference.objects.all()] == [(alice, "slate_opened", False)]

    assert Session.objects.count() == 0
    alice.refresh_from_db()
    assert alice.last_login is None
    assert set(InboundMail.objects.values_list("outcome", flat=True)) == {"posted"}


def test_the_pages_hold_on_a_phone_and_for_the_keyboard(open_page, lively, watched):
    watched.expected.append("postMessage")  # axe, which may not reach into the frame of a letter
    alice, _bob, _thread = lively
    page = open_page(viewport=PHONE)
    page.goto(f"/dev/mailbox/?person={alice.email}")
    found = axe(page) + sideways(page)
    page.locator(".mailbox__line a").first.click()
    found += axe(page) + sideways(page)
    page.goto(f"/dev/mailbox/write/?person={alice.email}")
    found += tab_walk(page)[1]
    page.get_by_label("To", exact=True).fill("nobody@mail.example.org")
    page.get_by_label("Your words").fill("Anybody there?")
    page.get_by_label("Files").set_input_files({"name": "plan.txt", "mimeType": "text/plain", "buffer": b"A plan."})
    page.get_by_role("button", name="Send").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Received and refused")).to_be_visible()
    expect(page.get_by_text("With it came: plan.txt")).to_be_visible()
    found += axe(page) + sideways(page)

    assert found == []
