"""Being forgotten: planned, hidden, taken back, done; and nothing of the person left behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from ambassadors.accounts.recovery import propose
from ambassadors.models import Ambassador, Archive, Erasure, Organization, User
from ambassadors.owndata import archive as archives
from ambassadors.owndata import erasing
from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail, MailPreference, OutgoingMail
from discussions.models import Participant, Post, Thread
from discussions.words import to_plain
from discussions.workflow import reply, start_private_thread
from foundation import search, uploads
from foundation.models import Community, HistoryEntry, SearchEntry, Token, Upload
from foundation.models.upload import private_storage
from foundation.workflow import record
from tests import make
from tests.ambassadors.signing_in import say_again
from tests.correspondence.letters import letter, reply_address
from tests.foundation import files
from tests.races import at_once

PAGE, ASK, CANCEL = "/settings/erase/", "/settings/erase/ask/", "/settings/erase/cancel/"
NAME, CANARY = "Zora Zweigelt-Okonkwo", "canary-of-zora"
FORM = {"words": "keep", "is_sure": "on"}


def places_of(word: str) -> set[str]:
    """Every column of the whole database in which the word stands, whatever its type."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'")
        columns = cursor.fetchall()
        found = set()
        for table, column, kind in columns:
            text = f"encode(\"{column}\", 'escape')" if kind == "bytea" else f'"{column}"::text'
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}" WHERE {text} ILIKE %s)', [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.add(f"{table}.{column}")
    return found


def grown_due(person) -> Erasure:
    """The person's erasure, on the day it is due."""
    Erasure.objects.filter(person=person).update(due_at=timezone.now() - timedelta(minutes=1))
    return Erasure.objects.get(person=person)


def forget(person, words="keep"):
    erasing.plan(person, by=person, words=words)
    return erasing.carry_out(grown_due(person).pk)


@pytest.fixture
def zora(bob, staff, tmp_path):
    """Somebody who left traces wherever one can."""
    Community.objects.update_or_create(pk=1, defaults={"name": "Harbour Lights"})
    words = {name: f"{CANARY}-{name}" for name in ("job_title", "ask_me_about", "bio")}
    organization = Organization.objects.create(name=f"{CANARY}-organisation")
    zora = make.ambassador(NAME, email=f"{CANARY}@people.example.org", organization=organization, **words)
    EmailAddress.objects.create(user=zora, email=f"{CANARY}-two@people.example.org", verified=True)
    talk_of(zora, bob)
    things_of(zora, staff)
    return zora


def talk_of(zora, bob):
    thread = start_private_thread(by=zora, to=bob, subject="Our survey", body=f"Words of mine.\n\n{NAME}")
    quoted = f"On Tuesday {NAME} <{CANARY}@people.example.org> wrote:\n> Words of mine."
    address = reply_address(bob, thread)
    receive(letter(bob.email, address, f"I agree.\n\n{quoted}"), address)
    own = reply_address(zora, thread)
    receive(letter(zora.email, own, f"{CANARY}-said-by-mail"), own)
    receive(letter("elsewhere@private.example", own, f"{CANARY}-held"), own)
    InboundMail.objects.filter(person=bob).update(raw=None)  # others' raw mails die after 30 days (docs/privacy.md)


def things_of(zora, staff):
    picture = uploads.checked(files.sent(files.picture(), f"{CANARY}.jpg"))
    uploads.upload_keep(picture, owner=zora, audience="members", alt=NAME)
    propose(zora, f"{CANARY}-new@people.example.org", f"{NAME} rang us.", by=staff)
    Token.objects.create(purpose="a link", address=zora.email)
    record("spoke with", zora, by=staff, about=zora, note=f"{CANARY} has a new telephone")
    record("greeted", staff, by=zora)
    kind = ContentType.objects.get_for_model(zora)
    LogEntry.objects.create(
        user=staff, content_type=kind, object_id=zora.pk, object_repr=NAME, action_flag=CHANGE, change_message=NAME
    )
    LogEntry.objects.create(user=zora, content_type=kind, object_id=staff.pk, object_repr="x", action_flag=CHANGE)
    search.index(zora.ambassador)
    assert SearchEntry.objects.filter(title=NAME).exists()
    UserSession.objects.create(user=zora, ip="127.0.0.1", user_agent=CANARY, session_key="a-session")
    MailPreference.objects.create(person=zora, kind="private_message", wanted=False)
    archive = Archive(person=zora, status="ready", ready_at=timezone.now(), expires_at=timezone.now() + Archive.KEPT)
    archive.file.save("a.zip", ContentFile(CANARY.encode()), save=False)
    archive.save()


# --- Nothing is left


@pytest.mark.row("R25")
@pytest.mark.parametrize("words", ["keep", "remove"])
def test_nothing_of_an_erased_person_is_left_in_any_column_of_the_database(zora, words, django_capture_on_commit_callbacks):
    slug = zora.ambassador.slug
    before = {word: places_of(word) for word in (NAME, CANARY, slug)}
    assert min(len(places) for places in before.values()) > 0
    assert len(before[NAME]) > 6
    assert len(before[CANARY]) > 12

    with django_capture_on_commit_callbacks(execute=True):
        assert forget(zora, words)
    erasing.forget_goodbyes()

    left = {word: places_of(word) for word in (NAME, CANARY, slug)}
    kept = {"discussions_post.body", "foundation_searchentry.text", "foundation_searchentry.vector"}
    said_in_posts = kept if words == "keep" else set()  # what they said stays, as they chose, and is found
    assert left == {NAME: set(), CANARY: said_in_posts, slug: set()}
    assert places_of(f"{CANARY}@") == set()


@pytest.mark.row("R25")
def test_words_stay_as_those_of_a_former_member(client, bob, zora):
    thread = Thread.objects.get()

    forget(zora)
    client.force_login(bob)
    page = client.get(thread.get_absolute_url()).content.decode()

    assert "a former member" in page
    assert "Words of mine." in page
    assert NAME not in page
    assert [(post.author, post.labels) for post in Post.objects.exclude(author=bob)] == [(None, [])] * 2
    quoted = Post.objects.get(author=bob).quoted
    assert "On Tuesday a former member <a former member> wrote:" in quoted


def test_words_go_when_the_person_wants_it(bob, zora):
    forget(zora, "remove")

    assert {to_plain(post.body) for post in Post.objects.filter(author=None)} == {"This was removed when its author left."}
    assert to_plain(Post.objects.get(author=bob).body) == "I agree."


def test_files_go_once_it_is_committed(zora, django_capture_on_commit_callbacks):
    names = [Upload.objects.get().file.name, Archive.objects.get().file.name]
    assert [private_storage().exists(name) for name in names] == [True, True]

    with django_capture_on_commit_callbacks(execute=True):
        forget(zora)

    assert [private_storage().exists(name) for name in names] == [False, False]
    assert (Upload.objects.count(), Archive.objects.count()) == (0, 0)


def test_the_history_keeps_its_lines_under_a_pseudonym(zora, staff):
    lines = HistoryEntry.objects.count()

    forget(zora)

    assert HistoryEntry.objects.count() >= lines
    greeted, spoke = (HistoryEntry.objects.get(verb=verb) for verb in ("greeted", "spoke with"))
    assert (greeted.actor, greeted.actor_name, greeted.target_name) == (None, "a former member", str(staff))
    assert (spoke.actor, spoke.about, spoke.target_name, spoke.note) == (
        staff,
        None,
        "a former member",
        "taken out when the person was erased",
    )
    assert HistoryEntry.objects.filter(verb="erased somebody who had asked for it").count() == 1


def test_the_last_mail_goes_out_and_its_address_goes_after_it(zora, mailoutbox, django_capture_on_commit_callbacks):
    address = zora.email
    with django_capture_on_commit_callbacks(execute=True):
        forget(zora)

    assert [message.to for message in mailoutbox if message.subject == "Your account has been erased"] == [[address]]
    assert erasing.forget_goodbyes() == 1
    assert places_of(address) == {"discussions_post.body"} & places_of(address)


def test_an_address_that_was_freed_can_be_listed_again(zora, staff):
    address = zora.email
    forget(zora)

    assert make.person("Somebody else", email=address).email == address


def test_a_session_ends_with_the_account(client, alice):
    client.force_login(alice)
    assert client.get("/settings/").status_code == 200

    forget(alice)

    assert client.get("/settings/").url.startswith("/accounts/login/")


# --- The week before


@pytest.mark.row("R25")
def test_it_is_planned_confirmed_and_mailed(client, alice, mailoutbox, django_capture_on_commit_callbacks):
    client.force_login(alice)
    assert client.post(ASK, FORM).url.startswith("/accounts/reauthenticate/")
    assert not Erasure.objects.exists()
    say_again(client)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(ASK, FORM, follow=True)

    erasure = Erasure.objects.get(person=alice)
    assert timedelta(days=6, hours=23) < erasure.due_at - timezone.now() < timedelta(days=7, minutes=1)
    assert "Keep my account" in response.content.decode()
    (message,) = mailoutbox
    assert message.to == [alice.email]
    assert "http://localhost/settings/erase/" in message.body


def test_nobody_is_erased_before_the_day(alice):
    erasing.plan(alice, by=alice)

    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        assert erasing.carry_out_due() == 0
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert erasing.carry_out_due() == 1
        assert erasing.carry_out_due() == 0

    assert not User.objects.filter(pk=alice.pk).exists()


@pytest.mark.row("R25")
def test_others_no_longer_see_the_profile_and_see_it_again_when_it_is_taken_back(client, alice, bob, staff):
    Ambassador.objects.filter(user=alice).update(listed_for="public")
    url = alice.ambassador.get_absolute_url()

    def seen() -> list[int]:
        answers = []
        for reader in (None, bob, alice, staff):
            client.logout()
            if reader:
                client.force_login(reader)
            answers.append(client.get(url).status_code)
        return answers

    def found() -> list[str]:
        return sorted(
            SearchEntry.objects.filter(target_id=str(alice.ambassador.pk), kind="person").values_list("audience", flat=True)
        )

    search.index(alice.ambassador)
    found_before, before = found(), seen()
    erasing.plan(alice, by=alice)
    planned, found_planned = seen(), found()
    client.force_login(alice)
    client.post(CANCEL)

    assert (before, planned, seen()) == ([200] * 4, [404, 404, 200, 200], [200] * 4)
    assert (found_before, found_planned, found()) == (["public"], [], ["public"])
    assert Erasure.objects.get().status == "cancelled"


def test_what_was_taken_back_is_not_done(alice):
    erasure = erasing.plan(alice, by=alice)
    erasing.take_back(erasure, by=alice)
    grown_due(alice)

    assert erasing.carry_out_due() == 0
    assert User.objects.filter(pk=alice.pk).exists()


def test_it_is_said_on_the_desk_and_in_the_settings(client, alice):
    erasing.plan(alice, by=alice)
    client.force_login(alice)

    assert "Your account is going to be erased" in client.get("/desk/").content.decode()
    assert "Your account is going to be erased" in client.get("/settings/").content.decode()


# --- Who


def test_the_only_superuser_and_the_last_of_the_support_team_must_stay(client, staff):
    sue = make.person("Sue Sato", is_staff=True, is_superuser=True)
    with pytest.raises(ValidationError, match="Make somebody else one first"):
        erasing.plan(sue, by=sue)
    User.objects.filter(pk=sue.pk).update(is_staff=False)
    with pytest.raises(ValidationError, match="the only one of the support team"):
        erasing.plan(staff, by=staff)

    client.force_login(staff)
    assert "only one of the support team" in client.get(PAGE).content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_last_two_of_the_team_cannot_both_be_erased():
    Community.objects.update_or_create(pk=1, defaults={"name": "Harbour Lights"})
    team = [make.person(name, is_staff=True, is_superuser=True) for name in ("Sue Sato", "Sam Staff")]
    for person in team:
        erasing.plan(person, by=person)
        grown_due(person)

    at_once(*[lambda pk=erasure.pk: erasing.carry_out(pk) for erasure in Erasure.objects.all()])

    assert User.objects.filter(is_staff=True).count() == 1


def test_staff_plan_it_for_somebody_who_asks_by_mail(
    client, alice, staff, mailoutbox, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("ambassadors.accounts.confirmation.recently_confirmed", lambda request: True)
    client.force_login(staff)
    url = reverse("admin:erasure-plan", args=[alice.pk])
    assert url in client.get(reverse("admin:ambassadors_user_change", args=[alice.pk])).content.decode()

    assert client.post(url, {"reason": " ", "words": "keep"}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"reason": "She wrote to us from her address.", "words": "keep"})

    erasure = Erasure.objects.get()
    assert (erasure.asked_by, erasure.reason) == (staff, "She wrote to us from her address.")
    assert ["As you asked us" in message.body for message in mailoutbox] == [True]

    client.post(reverse("admin:erasure-take-back", args=[erasure.pk]))
    assert Erasure.objects.get().status == "cancelled"


def test_only_the_person_and_the_support_team_may_plan_or_take_it_back(alice, bob, staff):
    with pytest.raises(PermissionDenied):
        erasing.plan(alice, by=bob)
    with pytest.raises(PermissionDenied):
        erasing.plan(make.person("Sol Second", is_staff=True), by=staff, reason="x")
    erasure = erasing.plan(alice, by=alice)
    with pytest.raises(PermissionDenied):
        erasing.take_back(erasure, by=bob)

    assert Erasure.objects.get().status == "planned"


# --- At the same moment


@pytest.fixture
def pair(transactional_db):
    """Two people of whom one is to be erased now."""
    Community.objects.update_or_create(pk=1, defaults={"name": "Harbour Lights"})
    alice, bob = make.ambassador("Alice Amadi"), make.ambassador("Bob Brandt")
    thread = start_private_thread(by=alice, to=bob, subject="Our survey", body="Shall we?")
    erasing.plan(alice, by=alice)
    return alice, thread, grown_due(alice)


@pytest.mark.row("R25")
@pytest.mark.parametrize("attempt", range(3))
def test_a_post_at_the_moment_of_the_erasure_is_a_former_members_or_is_not_there(pair, attempt):
    alice, thread, _erasure = pair
    fresh = User.objects.get(pk=alice.pk)

    at_once(erasing.carry_out_due, lambda: reply(thread, by=fresh, body="One more word."))
    erasing.carry_out_due()

    assert not User.objects.filter(pk=alice.pk).exists()
    assert set(Post.objects.values_list("author", flat=True)) == {None}
    assert set(Participant.objects.values_list("person__name", flat=True)) == {"Bob Brandt"}


@pytest.mark.row("R25")
@pytest.mark.parametrize("attempt", range(3))
def test_an_archive_at_the_moment_of_the_erasure_leaves_no_file(pair, attempt):
    alice, _thread, _erasure = pair
    archive = Archive.objects.create(person=alice, most=1)
    there_before = everything_stored()

    at_once(erasing.carry_out_due, lambda: archives.prepare(archive.pk))
    erasing.carry_out_due()

    assert not User.objects.filter(pk=alice.pk).exists()
    assert (Archive.objects.count(), everything_stored()) == (0, there_before)


def everything_stored() -> list[str]:
    storage = private_storage()
    return sorted(f"{folder}/{name}" for folder in storage.listdir("")[0] for name in storage.listdir(folder)[1])


@pytest.mark.django_db(transaction=True)
def test_taken_back_at_the_moment_of_the_erasure_it_is_one_or_the_other():
    Community.objects.update_or_create(pk=1, defaults={"name": "Harbour Lights"})
    alice = make.ambassador("Alice Amadi")
    erasure = erasing.plan(alice, by=alice)
    grown_due(alice)

    done, _taken = at_once(erasing.carry_out_due, lambda: erasing.take_back(erasure, by=alice))

    still_here = User.objects.filter(pk=alice.pk).exists()
    assert still_here == (Erasure.objects.filter(status="cancelled").count() == 1)
    assert still_here != (done == 1)


@pytest.mark.django_db(transaction=True)
def test_an_erasure_is_whole_or_not_at_all(monkeypatch):
    Community.objects.update_or_create(pk=1, defaults={"name": "Harbour Lights"})
    alice, bob = make.ambassador("Alice Amadi"), make.ambassador("Bob Brandt")
    start_private_thread(by=alice, to=bob, subject="Our survey", body="Shall we?")
    erasing.plan(alice, by=alice)
    grown_due(alice)
    monkeypatch.setattr(erasing, "_note", lambda: 1 / 0)

    assert erasing.carry_out_due() == 0

    assert User.objects.filter(pk=alice.pk).exists()
    assert Post.objects.get().author == alice
    monkeypatch.undo()
    assert erasing.carry_out_due() == 1
    with transaction.atomic():
        assert OutgoingMail.objects.filter(kind="erasure_done").count() == 1
