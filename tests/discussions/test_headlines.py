"""Mail that brings no words: a member's own choice, or a space that keeps what is said in it out of mailboxes."""

from __future__ import annotations

import pytest

from discussions import rules
from discussions.spaces.workflow import edit_space
from foundation.models import HistoryEntry
from tests.discussions import making

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
