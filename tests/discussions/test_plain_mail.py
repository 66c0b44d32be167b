"""The plain address of a space: who begins a conversation by it, whose word it waits for, and what the leaders do with the rest."""

from __future__ import annotations

import itertools
import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from correspondence.inbound.receiving import receive
from correspondence.inbound.tasks import purge_inbound
from correspondence.models import InboundMail, OutgoingMail
from discussions.following.fanout import sweep
from discussions.following.workflow import follow
from discussions.models import Follow, Post, Space, SpaceRole, Thread
from discussions.plain_mail.addresses import plain_address
from discussions.plain_mail.held import OF_ONE_SENDER, OF_ONE_SPACE, waiting_in
from discussions.spaces.workflow import end_space, start_space
from discussions.words import to_plain
from foundation.models import Community, HistoryEntry
from tests import make
from tests.correspondence.letters import letter
from tests.discussions import making

OUR_SERVER = "mx.example.org"
STRANGER = "kim@kitchen.example"
WORDS = "How do you count what is left on the plates?"


@pytest.fixture(autouse=True)
def our_mail_server(settings):
    settings.INBOUND_AUTHSERV_ID = OUR_SERVER


@pytest.fixture
def deliver(django_capture_on_commit_callbacks, mailoutbox):
    """Receive a mail, let the workers send what follows, and return what was sent."""

    def act(raw: bytes, address: str):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            mail = receive(raw, address)
        return mail, list(mailoutbox)

    return act


def new_mail(sender: str, to: str, words: str = WORDS, *, dmarc: str = "pass", **headers: str) -> bytes:
    """A mail that answers nothing. `dmarc` is what our own mail server found out; empty where it says nothing."""
    if dmarc:
        headers["Authentication_Results"] = f"{OUR_SERVER}; dmarc={dmarc} header.from={sender.partition('@')[2]}"
    headers = {"Subject": "Plates", "In_Reply_To": "", **headers}
    return letter(headers.pop("From", sender), to, words, **headers)


def said() -> list[str]:
    return [to_plain(post.body) for post in Post.objects.order_by("pk")]


def outcome(mail: InboundMail) -> tuple[str, str]:
    return mail.outcome, mail.reason


# --- Whose mail begins a conversation

SENDERS = ("begins", "reads along", "outside", "no member", "unknown")
PROOFS = ("pass", "", "fail", "of another server", "of another domain")
SPACES = ("topic", "open", "closed", "hidden", "ended")


def expected(who: str, proof: str, kind: str) -> tuple[str, str]:
    """What the three come to. In a topic every member begins conversations."""
    is_member, knows = who in {"begins", "reads along", "outside"}, who in {"begins", "reads along"}
    if kind == "hidden" and not knows:
        return ("refused", "unknown address")
    if kind == "ended":
        return ("refused", "not open") if is_member else ("refused", "unknown address")
    if not (is_member and kind == "topic") and who != "begins":
        return ("held", "from outside")
    if proof == "pass":
        return ("posted", "")
    return ("held", "failed checks") if proof == "fail" else ("held", "not proven")


@pytest.mark.row("R3")
def test_every_combination_of_sender_proof_and_space(alice):
    """Each mail comes to a world of its own; whatever is not posted leaves no post behind."""
    people = {
        "begins": make.ambassador("Bea Begins"),
        "reads along": make.ambassador("Rea Reads"),
        "outside": make.ambassador("Odo Out"),
    }
    addresses = {who: person.email for who, person in people.items()}
    addresses |= {"no member": make.ambassador("Ines Ibarra", status="alumni").email, "unknown": STRANGER}
    spaces = {kind: made(kind, alice, people) for kind in SPACES}
    told = {}

    for who, proof, kind in itertools.product(SENDERS, PROOFS, SPACES):
        before = transaction.savepoint()
        mail = receive(proven(addresses[who], plain_address(spaces[kind]), proof), plain_address(spaces[kind]))
        told[who, proof, kind] = (*outcome(mail), Thread.objects.filter(subject="Plates").count())
        transaction.savepoint_rollback(before)

    wrong = {case: got for case, got in told.items() if got != (*expected(*case), int(expected(*case)[0] == "posted"))}
    assert (wrong, len(told)) == ({}, 125)


def made(kind: str, leader, people) -> Space:
    if kind == "topic":
        return making.topic("Plates and pans")
    space = making.micro(leader, f"Kitchen {kind}", openness=kind if kind != "ended" else "open")
    for who, role in (("begins", "participant"), ("reads along", "promoter")):
        making.join(space, people[who], role)
    if kind == "ended":
        end_space(space, by=leader, note="A cookbook.")
    return space


def proven(sender: str, to: str, proof: str) -> bytes:
    if proof == "of another server":
        return new_mail(
            sender, to, dmarc="", Authentication_Results="mx.elsewhere.example; dmarc=pass header.from=people.example.org"
        )
    if proof == "of another domain":
        return new_mail(sender, to, dmarc="", Authentication_Results=f"{OUR_SERVER}; dmarc=pass header.from=elsewhere.example")
    return new_mail(sender, to, dmarc=proof)


def test_a_member_begins_a_conversation_with_subject_and_words(bob, deliver):
    topic = making.topic("Plates and pans")

    mail, _sent = deliver(new_mail(bob.email, plain_address(topic), Subject="Fwd: Plates"), "Plates-And-Pans@MAIL.example.org")

    thread = Thread.objects.get()
    assert (thread.subject, thread.space, thread.started_by, said()) == ("Plates", topic, bob, [WORDS])
    assert (mail.outcome, mail.person, mail.target, thread.posts.get().via) == ("posted", bob, thread, "mail")


def test_without_a_subject_the_words_come_back_with_what_is_missing(bob, deliver):
    address = plain_address(making.topic("Plates and pans"))

    mail, (back,) = deliver(new_mail(bob.email, address, Subject=""), address)

    assert outcome(mail) == ("refused", "not clear")
    assert "It has no subject." in back.body
    assert WORDS in back.body


def test_whoever_asks_for_help_there_gets_it_and_nothing_is_posted(bob, deliver):
    address = plain_address(making.topic("Plates and pans"))

    _mail, (notice,) = deliver(new_mail(bob.email, address, "Help", Subject="?"), address)

    assert (notice.to, OutgoingMail.objects.get().kind, said()) == ([bob.email], "help_by_mail", [])


def test_an_answer_that_went_to_the_space_stands_in_its_conversation_and_there_once(alice, bob, deliver):
    topic = making.topic("Plates and pans")
    first = making.thread(topic, alice, subject="Forks").posts.get()
    raw = new_mail(bob.email, plain_address(topic), In_Reply_To=f"<post-{first.pk}@mail.example.org>")

    deliver(raw, plain_address(topic))
    deliver(raw, f"{topic.slug}.space@mail.example.org")

    assert list(Post.objects.filter(author=bob).values_list("thread", "number")) == [(first.thread_id, 2)]


def test_an_answer_to_a_conversation_elsewhere_begins_one_here(alice, bob, deliver):
    hidden = making.micro(alice, "Secret kitchen", openness="hidden")
    elsewhere = making.thread(hidden, alice).posts.get()
    topic = making.topic("Plates and pans")

    deliver(new_mail(bob.email, plain_address(topic), In_Reply_To=f"<post-{elsewhere.pk}@mail.example.org>"), plain_address(topic))

    assert [(post.thread.space, post.number) for post in Post.objects.filter(author=bob)] == [(topic, 1)]


def test_a_member_whose_mail_proves_nothing_says_yes_to_it_by_mail(bob, deliver):
    address = plain_address(making.topic("Plates and pans"))

    mail, (notice,) = deliver(new_mail(bob.email, address, dmarc=""), address)
    to = notice.reply_to[0]
    held = said()
    deliver(letter(bob.email, to, "Yes"), to)

    assert (notice.to, outcome(mail), held) == ([bob.email], ("held", "not proven"), [])
    assert "your mail service does not prove to us" in notice.body
    assert (said(), Thread.objects.get().started_by) == ([WORDS], bob)


def test_whoever_writes_in_a_members_name_fills_no_mailbox(bob, deliver):
    address = plain_address(making.topic("Plates and pans"))

    counts = [len(deliver(new_mail(bob.email, address, f"Buy {number}", dmarc=""), address)[1]) for number in range(8)]

    assert (counts, said()) == ([1, 1, 1, 1, 1, 0, 0, 0], [])


# --- What comes from outside


@pytest.mark.row("E5")
def test_mail_from_an_unknown_address_is_held_and_the_leader_is_told_and_nothing_is_posted(alice, client, deliver):
    space = making.micro(alice, "School kitchen")

    mail, (notice,) = deliver(new_mail(STRANGER, plain_address(space), dmarc=""), plain_address(space))

    assert (outcome(mail), mail.person, said()) == (("held", "from outside"), None, [])
    assert (notice.to, notice.subject) == ([alice.email], "Mail from outside waits in “School kitchen”")
    page = reverse("discussions:space-mail-list", args=[space.slug])
    for part in (notice.body, notice.alternatives[0][0]):
        assert STRANGER in part
        assert f"http://localhost{page}" in part
        assert WORDS not in part
    client.force_login(alice)
    assert "Mail from outside waits in “School kitchen”" in client.get("/desk/").content.decode()
    assert WORDS in client.get(page).content.decode()


def test_the_leaders_are_told_once_a_day_and_the_sender_where_it_is_proven(alice, deliver):
    space = making.micro(alice, "School kitchen")
    making.join(space, make.ambassador("Lena Leader"), "leader")
    making.join(space, make.ambassador("Petra Part"))

    told = [
        sorted(
            to
            for one in deliver(new_mail(sender, plain_address(space), f"{n}", dmarc=proof), plain_address(space))[1]
            for to in one.to
        )
        for n, (sender, proof) in enumerate([(STRANGER, ""), (STRANGER, "pass"), (STRANGER, "pass"), ("x@spoof.example", "fail")])
    ]

    assert told == [["alice-amadi@people.example.org", "lena-leader@people.example.org"], [STRANGER], [], []]


def test_a_member_outside_a_closed_space_hears_that_the_leaders_decide(alice, bob, deliver):
    space = making.micro(alice, "School kitchen")

    mail, sent = deliver(new_mail(bob.email, plain_address(space)), plain_address(space))

    (notice,) = (one for one in sent if one.to == [bob.email])
    assert (outcome(mail), mail.person, said()) == (("held", "from outside"), None, [])
    assert "waits for the people who look after that address" in notice.body
    assert "School kitchen" not in notice.body


def test_a_hidden_space_answers_whoever_is_outside_like_an_address_that_is_not_there(alice, bob, deliver):
    space = making.micro(alice, "Secret kitchen", openness="hidden")
    nowhere = "secret-kitchen-abcdefgh@mail.example.org"
    raws = {"words": WORDS, "none": " ", "away": "I am out of the office until Monday."}

    seen = {}
    for address in (plain_address(space), nowhere):
        for sender, (name, words) in itertools.product((STRANGER, bob.email), raws.items()):
            mail, sent = deliver(new_mail(sender, address, words, Message_ID=f"<{name}-{sender}>"), address)
            parts = [(one.to, one.subject, re.sub(r"<[^<>]+@[^<>]+>", "", one.body)) for one in sent]
            seen.setdefault((sender, name), []).append((*outcome(mail), mail.person, mail.target, parts))
        InboundMail.objects.all().delete()  # a stranger is answered three times a day

    assert {case: both[0] == both[1] for case, both in seen.items()} == dict.fromkeys(seen, True)
    assert seen[bob.email, "words"][0][:2] == ("refused", "unknown address")
    assert [len(told[0][-1]) for told in seen.values()] == [1] * 6
    assert set(OutgoingMail.objects.values_list("kind", flat=True)) == {"mail_returned"}


def test_no_more_than_a_few_wait_of_one_sender_and_of_one_space_a_day(alice, deliver):
    space = making.micro(alice, "School kitchen")
    address = plain_address(space)

    of_one = [outcome(receive(new_mail(STRANGER, address, str(n), dmarc=""), address)) for n in range(OF_ONE_SENDER + 1)]
    _mail, (back,) = deliver(new_mail(STRANGER, address, "So much"), address)
    for number in range(OF_ONE_SPACE):
        receive(new_mail(f"{number}@many.example", address, dmarc=""), address)

    assert of_one == [("held", "from outside")] * OF_ONE_SENDER + [("ignored", "too many")]
    assert (back.to, "So much" in back.body, "Please try again tomorrow" in back.body) == ([STRANGER], True, True)
    assert waiting_in(space).count() == OF_ONE_SPACE


def test_after_thirty_days_nothing_of_it_is_there(alice, client):
    space = making.micro(alice, "School kitchen")
    receive(new_mail(STRANGER, plain_address(space)), plain_address(space))
    InboundMail.objects.update(received_at=timezone.now() - timedelta(days=31))

    purge_inbound()

    client.force_login(alice)
    page = client.get(reverse("discussions:space-mail-list", args=[space.slug])).content.decode()
    assert (InboundMail.objects.get().raw, waiting_in(space).count(), "Nothing waits" in page) == (None, 0, True)


# --- What the leaders do


@pytest.fixture
def kitchen(alice, deliver):
    """Alice's space, in which a stranger's mail waits."""
    space = making.micro(alice, "School kitchen")
    mail, _sent = deliver(new_mail(STRANGER, plain_address(space), From=f"Kim Cook <{STRANGER}>"), plain_address(space))
    return space, mail


def press(client, person, act: str, space, mail, follow: bool = False):
    client.force_login(person)
    return client.post(reverse(f"discussions:space-mail-{act}", args=[space.slug, mail.pk]), follow=follow)


def test_taken_in_it_begins_a_conversation_under_the_writers_name(
    alice, bob, client, kitchen, mailoutbox, django_capture_on_commit_callbacks
):
    space, mail = kitchen
    making.join(space, bob)
    mailoutbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        answer = press(client, alice, "take-in", space, mail)

    thread = Thread.objects.get()
    post = thread.posts.get()
    assert answer.url == thread.get_absolute_url()
    assert (thread.subject, thread.space, thread.started_by, thread.starter_name) == ("Plates", space, None, "Kim Cook")
    assert (to_plain(post.body), post.author, post.author_name, post.via, post.number) == (WORDS, None, "Kim Cook", "mail", 1)
    mail.refresh_from_db()
    assert (mail.outcome, mail.target) == ("posted", thread)
    (notice,) = (one for one in mailoutbox if one.to == [STRANGER])
    assert notice.subject == "It is read now: Plates"
    assert "School kitchen" not in notice.body
    assert list(HistoryEntry.objects.filter(verb="took in a mail").values_list("actor", "target_id").order_by("pk")) == [
        (alice.pk, str(mail.pk)),
        (alice.pk, str(thread.pk)),
    ]
    client.force_login(bob)
    page = client.get(thread.get_absolute_url()).content.decode()
    assert WORDS in page
    assert "Kim Cook" in page
    assert "by mail, from outside" in page


def test_those_who_follow_the_space_are_mailed_what_was_taken_in(
    alice, bob, client, kitchen, mailoutbox, django_capture_on_commit_callbacks
):
    """Nobody can be thanked for it, nor written to alone: its writer has no account."""
    space, mail = kitchen
    making.join(space, bob)
    follow(space, by=bob, level=Follow.Level.EVERY)
    press(client, alice, "take-in", space, mail)
    mailoutbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        sweep()

    (told,) = (one for one in mailoutbox if one.to == [bob.email])
    assert told.extra_headers["From"].startswith('"Kim Cook via') or told.extra_headers["From"].startswith("Kim Cook via")
    for part in (told.body, told.alternatives[0][0]):
        assert WORDS in part
        assert "Thank Kim" not in part
        assert "Kim Cook alone" not in part
    assert told.reply_to[0].partition("<")[2].startswith("reply+")


def test_thrown_away_it_leaves_no_words_and_nobody_is_told(alice, client, kitchen, mailoutbox, django_capture_on_commit_callbacks):
    space, mail = kitchen
    mailoutbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        press(client, alice, "discard", space, mail)

    mail.refresh_from_db()
    assert (mail.outcome, mail.raw, said(), mailoutbox) == ("discarded", None, [], [])


def test_who_leads_is_asked_at_each_press(alice, bob, client, kitchen):
    """Whoever acts as leader decides; whoever led when it came and does no more does not; two presses are one conversation."""
    space, mail = kitchen
    SpaceRole.objects.create(space=space, person=bob, role="leader", is_acting=True)
    SpaceRole.objects.filter(space=space, person=alice).update(role="participant")

    refused = press(client, alice, "take-in", space, mail).status_code
    first = press(client, bob, "take-in", space, mail)
    second = press(client, bob, "take-in", space, mail)

    assert (refused, first.status_code, second.status_code, len(said())) == (403, 302, 404, 1)


def test_neither_the_writer_nor_a_member_of_that_name_can_post_it(bob, client, alice, deliver):
    space = making.micro(alice, "School kitchen")
    mail, _sent = deliver(new_mail(bob.email, plain_address(space)), plain_address(space))
    client.force_login(bob)

    codes = [client.post(reverse(f"inbound:mail-{act}", args=[mail.pk])).status_code for act in ("post", "discard")]

    mail.refresh_from_db()
    assert (codes, mail.outcome, said()) == ([404, 404], "held", [])


def test_the_page_says_what_is_known_of_the_sender(alice, bob, client, deliver):
    space = making.micro(alice, "School kitchen")
    address = plain_address(space)
    deliver(new_mail(STRANGER, address, "Vouched for"), address)
    deliver(new_mail("a@elsewhere.example", address, "Unknown", dmarc=""), address)
    deliver(new_mail("b@elsewhere.example", address, "Denied", dmarc="fail", From="BOB BRANDT <b@elsewhere.example>"), address)
    client.force_login(alice)

    page = client.get(reverse("discussions:space-mail-list", args=[space.slug])).content.decode()

    told = ("vouches that it came from there", "Nothing proves that it came", "says that it did not come", "A member has this name")
    assert [page.count(words) for words in told] == [1, 1, 1, 1]
    assert [unquote(link) for link in re.findall(r'href="mailto:([^"]+)"', page)] == [
        f"{sender}?subject=Re: Plates" for sender in (STRANGER, "a@elsewhere.example", "b@elsewhere.example")
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_with_one_and_with_three(alice, client, rows, django_assert_num_queries):
    Community.found()
    space = making.micro(alice, "School kitchen")
    for number in range(rows):
        receive(new_mail(f"{number}@many.example", plain_address(space)), plain_address(space))
    client.force_login(alice)
    page = reverse("discussions:space-mail-list", args=[space.slug])
    client.get(page)

    with django_assert_num_queries(6):
        client.get(page)


# --- The addresses themselves


@pytest.mark.parametrize("name", ["Reply", "Team", "Postmaster", "ABUSE", "Unsubscribe", "Confirm", "No reply"])
def test_a_space_is_not_called_like_an_address_of_ours(alice, client, name):
    client.force_login(alice)
    form = {"name": name, "purpose": "To meet.", "openness": "open"}

    page = client.post(reverse("discussions:space-start"), form).content.decode()

    assert "Mail to an address of this name goes elsewhere." in page
    assert not Space.objects.exists()


def test_a_space_that_was_called_so_before_has_an_address_of_its_own(bob, deliver):
    topic = making.topic("Helping hands")
    Space.objects.filter(pk=topic.pk).update(slug="team")
    topic.refresh_from_db()

    deliver(new_mail(bob.email, "team@mail.example.org", "For the team"), "team@mail.example.org")
    deliver(new_mail(bob.email, plain_address(topic)), plain_address(topic))

    assert (plain_address(topic), said()) == ("team.space@mail.example.org", [WORDS])


def test_the_address_that_the_community_chose_is_no_space_s(bob, deliver):
    topic = making.topic("Hello")
    Community.objects.update_or_create(pk=1, defaults={"name": "Riverside", "sender_address": "hello@mail.example.org"})

    deliver(new_mail(bob.email, "hello@mail.example.org", "For the team"), "hello@mail.example.org")
    deliver(new_mail(bob.email, plain_address(topic)), plain_address(topic))

    assert (plain_address(topic), said()) == ("hello.space@mail.example.org", [WORDS])


def test_the_community_cannot_take_the_address_of_a_space(client, staff):
    Community.found("Riverside")
    making.topic("Open doors")
    client.force_login(staff)

    page = client.post(reverse("admin:foundation_community_change", args=[1]), {"sender_address": "open-doors@mail.example.org"})

    assert page.context["adminform"].form.errors["sender_address"] == [
        "Mail to open-doors@mail.example.org goes elsewhere already. Choose another word."
    ]


def test_every_space_that_begins_now_has_an_address_that_mail_servers_take(alice):
    long = "Everything that schools and kitchens and councils ever wanted to know about plates"[:80]

    spaces = [start_space(by=alice, name=long, purpose="To know.", openness=openness) for openness in ("open", "closed", "hidden")]

    assert [0 < len(plain_address(space).partition("@")[0]) <= 64 for space in spaces] == [True, True, True]


def test_the_space_says_where_one_writes_to_those_who_may(alice, bob, client):
    space = making.micro(alice, "School kitchen")
    shown = {}
    for person in (alice, bob):
        client.force_login(person)
        shown[person.name] = plain_address(space) in client.get(space.get_absolute_url()).content.decode()

    assert shown == {"Alice Amadi": True, "Bob Brandt": False}


def test_second_addresses_of_a_member_are_theirs_too(bob, deliver):
    topic = making.topic("Plates and pans")
    EmailAddress.objects.create(user=bob, email="bob@work.example", verified=True)

    deliver(new_mail("bob@work.example", plain_address(topic)), plain_address(topic))

    assert (Thread.objects.get().started_by, said()) == (bob, [WORDS])
