"""Somebody who never signs in: each of the nine acts by mail, at addresses that mails of ours brought her."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import make_msgid, parseaddr
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote

import pytest
from django.contrib.sessions.models import Session

from ambassadors.models import SlateAnswer
from ambassadors.slates import workflow as slates
from correspondence import outbox
from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail, MailPreference, OutgoingMail
from discussions import workflow
from discussions.models import Follow, Participant, Post, Thanks, Thread
from discussions.words import to_plain
from tests import make
from tests.ambassadors import admission_making
from tests.discussions import making, prompting


class Links(HTMLParser):
    """The links of a mail: what stands there, and where it leads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.href = ""

    def handle_starttag(self, tag, attrs):
        self.href = dict(attrs).get("href", "") if tag == "a" else self.href
        if tag == "a":
            self.found.append(("", self.href))

    def handle_data(self, data):
        if self.href:
            words, href = self.found[-1]
            self.found[-1] = (words + data, href)

    def handle_endtag(self, tag):
        self.href = "" if tag == "a" else self.href


class MailProgram:
    """What somebody has who only has mail: the mails she got, the links in them, and an answer to each. No session, no other address."""

    def __init__(self, person, mailoutbox) -> None:
        self.person, self.mailoutbox = person, mailoutbox

    def newest(self, subject: str):
        """The last mail of a subject, after all that waits was sent."""
        for pk in OutgoingMail.objects.filter(person=self.person, state="queued").order_by("pk").values_list("pk", flat=True):
            outbox.deliver(pk)
        mails = [mail for mail in self.mailoutbox if mail.to == [self.person.email]]
        assert subject in {mail.subject for mail in mails}
        return [mail for mail in mails if mail.subject == subject][-1]

    def press(self, mail, label: str, words: str | None = None, subject: str | None = None) -> InboundMail:
        """Press the link that says so, write into the mail that opens, and send it."""
        links = Links()
        links.feed(mail.alternatives[0].content)
        (href,) = {href for words_of_link, href in links.found if words_of_link == label and href.startswith("mailto:")}
        address, _mark, query = href.removeprefix("mailto:").partition("?")
        begun = {name: values[0] for name, values in parse_qs(query).items()}
        assert address in mail.body or f"mailto:{address}" in mail.body  # whoever reads the plain text finds it too
        return self.send(unquote(address), subject or begun.get("subject", ""), begun.get("body", "") if words is None else words)

    def answer(self, mail, words: str) -> InboundMail:
        quoted = "\n".join(f"> {line}" for line in mail.body.splitlines())
        to = parseaddr(mail.reply_to[0])[1]
        return self.send(
            to, f"Re: {mail.subject}", f"{words}\n\nOn Sunday, we wrote:\n{quoted}\n", mail.extra_headers["Message-ID"]
        )

    def send(self, to: str, subject: str, words: str, answering: str = "") -> InboundMail:
        told = EmailMessage()
        told["From"], told["To"], told["Subject"] = f"{self.person.name} <{self.person.email}>", to, subject
        told["Message-ID"] = make_msgid(domain="people.example.org")
        told["Authentication-Results"] = "mx.example.org; dmarc=pass header.from=people.example.org"
        if answering:
            told["In-Reply-To"] = told["References"] = answering
        told.set_content(words)
        mail = receive(told.as_bytes(), to)
        assert (mail.outcome, mail.reason, mail.why) == ("posted", "", "")
        return mail


@pytest.fixture
def lena(db, settings):
    """An ambassador who reads her mail, and has never been on the site."""
    settings.INBOUND_AUTHSERV_ID = "mx.example.org"
    return make.ambassador("Lena Lund")


@pytest.fixture
def world(alice, lena):
    """A topic with a conversation in which she is named, a space that she is in, a prompt that is open, and a slate."""
    topic, school = making.topic("Everyday questions"), making.micro(alice, "Winter school")
    making.join(school, lena)
    talk = workflow.start_thread(topic, by=alice, subject="Which questions did you drop?", body="We dropped eleven of fourteen.")
    workflow.reply(talk, by=alice, body="What would @Lena Lund say?")
    with prompting.at(prompting.MONDAY):
        prompt = prompting.series(school, alice)
        prompting.willing(prompting.next_round(prompt), making.join(school, make.ambassador("Mira Moss")), by=alice)
    for moment in ("2027-01-07T06:05:00+00:00", "2027-01-07T09:00:00+00:00"):
        prompting.tick(moment)
    noor = make.ambassador("Noor Nominator")
    lead = admission_making.lead()
    slate = slates.begin("Autumn slate", "One of us.", by=lead)
    slates.add(slate, [admission_making.nomination(noor, "Maya Ito", status="vetting")], by=lead)
    slates.open_slate(slate, version=slates.version_of(slate), by=lead)
    OutgoingMail.objects.exclude(kind="mention").delete()  # the first mail that she gets is that she was named
    return {"topic": topic, "school": school, "talk": talk, "slate": slate}


@pytest.mark.row("D2")
def test_the_nine_acts_by_mail_alone(alice, lena, world, mailoutbox):
    """Read, reply, begin (for all, in a space, privately), thank, mute, follow, answer a slate, answer a prompt, unsubscribe."""
    program, talk = MailProgram(lena, mailoutbox), world["talk"]
    first = program.newest("Re: Which questions did you drop?")

    program.press(first, "All you can do by mail")
    guide = program.newest("What you can do by mail")
    program.press(guide, "What is new to you, and the spaces that you read. An empty mail will do.")
    new = program.newest("2 conversations with something new")
    program.press(new, "Which questions did you drop?")
    whole = program.newest("Which questions did you drop?")
    assert "We dropped eleven of fourteen." in whole.body
    assert "What would @Lena Lund say?" in whole.body

    program.answer(whole, "I would keep the one about trust.")
    said = Post.objects.get(thread=talk, author=lena)
    assert (to_plain(said.body), said.via) == ("I would keep the one about trust.", "mail")

    assert _labels(new).count("Begin a conversation") == 2
    for space in (world["topic"], world["school"]):
        line = next(words for words in _labels(guide) if f"“{space.name}”" in words)
        program.press(guide, line, words="Who has done this before?", subject=f"A question in {space.name}")
        begun = Thread.objects.get(space=space, started_by=lena)
        assert (begun.subject, to_plain(begun.posts.get().body)) == (f"A question in {space.name}", "Who has done this before?")
        assert begun.get_absolute_url() in program.newest(f"It stands: {begun.subject}").body
    line = next(words for words in _labels(guide) if "privately" in words)
    program.press(guide, line, words="To: Alice Amadi\n\nMay I call you?", subject="A call")
    private = Thread.objects.get(kind="private")
    assert list(Participant.objects.filter(thread=private).values_list("person__name", flat=True)) == ["Lena Lund", "Alice Amadi"]
    assert to_plain(private.posts.get().body) == "May I call you?"

    program.press(first, "Thank Alice Amadi")
    assert Thanks.objects.get().person == lena
    assert Thanks.objects.get().post.number == 2
    program.press(whole, "Get every reply")
    assert Follow.objects.get(person=lena, thread=talk).level == "every reply"
    program.press(first, "Hear no more of it")
    assert Follow.objects.get(person=lena, thread=talk).level == "muted"
    program.press(program.newest("Done"), "Undo it")
    assert not Follow.objects.filter(person=lena, thread=talk).exists()

    program.press(guide, next(words for words in _labels(guide) if "Autumn slate" in words), words="1 yes")
    assert list(SlateAnswer.objects.values_list("person__name", "entry__number", "answer", "via")) == [
        ("Lena Lund", 1, "support", "mail")
    ]
    program.press(
        guide,
        next(words for words in _labels(guide) if words.startswith("Answer “On the bench")),
        words="A survey of two questions.",
    )
    answered = Post.objects.get(thread__kind="prompt", author=lena)
    assert to_plain(answered.body) == "A survey of two questions."

    program.press(guide, "No more of: Somebody names you")
    assert list(MailPreference.objects.values_list("person__name", "kind", "wanted")) == [("Lena Lund", "mention", False)]

    lena.refresh_from_db()
    assert (Session.objects.count(), lena.last_login) == (0, None)


def _labels(mail) -> list[str]:
    links = Links()
    links.feed(mail.alternatives[0].content)
    return [words for words, href in links.found if href.startswith("mailto:")]
