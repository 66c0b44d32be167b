"""What can be found of people: exactly what a card shows, as soon as it changes."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

from ambassadors import workflow
from ambassadors.models import Ambassador, Organization
from ambassadors.roster import Roster, import_roster
from foundation import search
from foundation.models import Place, RoleLabel, SearchEntry, Sector, Synonym, Topic
from foundation.taxonomy import topic_join
from tests import make

NOBODY, MEMBERS, ALL = [], ["members"], ["public", "members"]


def audiences(person) -> list[str]:
    """Whom the index lets find a person, widest first."""
    rows = SearchEntry.objects.filter(kind="person", target_id=str(person.ambassador.pk))
    return [audience for audience in ("public", "members", "staff") if rows.filter(audience=audience).exists()]


def found(reader, words: str) -> list[str]:
    entries = search.entries_typed(reader, "person", search.words_of(words))
    return sorted(set(entries.values_list("title", flat=True)))


@pytest.mark.parametrize(
    ("status", "listed_for", "expected"),
    [
        ("active", "public", ["public", "members"]),
        ("active", "members", ["members"]),
        ("active", "staff", ["staff"]),
        ("paused", "public", ["public", "members"]),
        ("listed", "members", ["members"]),
        ("alumni", "public", []),
        ("removed", "public", []),
    ],
)
def test_a_person_is_found_by_whom_the_directory_shows_them_to(db, status, listed_for, expected):
    person = make.ambassador("Ann Arbour", status=status, listed_for=listed_for, organization="Harbour School")

    assert audiences(person) == expected


def test_a_row_that_would_repeat_a_wider_one_is_not_written(db):
    person = make.ambassador("Ann Arbour", listed_for="public")

    assert audiences(person) == ["public"]


def test_every_standing_moves_the_index_with_it(db, staff):
    person = workflow.list_person("Ann Arbour", "ann@people.example.org", by=staff, organization="Harbour").user
    seen = [audiences(person)]
    for move in (workflow.invite_to_sign_in, workflow.pause, workflow.resume, workflow.make_alumni, workflow.reactivate):
        move(Ambassador.objects.get(user=person), by=staff)
        seen.append(audiences(person))
    workflow.remove(Ambassador.objects.get(user=person), by=staff, agreed=make.second(), reason="a reason")

    assert [*seen, audiences(person)] == [MEMBERS, MEMBERS, MEMBERS, MEMBERS, NOBODY, MEMBERS, NOBODY]


def test_whoever_is_removed_is_found_no_longer_at_once(client, alice, staff):
    person = make.ambassador("Ann Arbour", listed_for="public")
    before = found(alice, "arbour")

    workflow.remove(person.ambassador, by=staff, agreed=make.second(), reason="a reason")

    assert (before, found(alice, "arbour")) == (["Ann Arbour"], [])


def test_a_roster_can_be_searched_as_soon_as_it_is_imported(db, alice, staff):
    import_roster(Roster(b"Name,E-mail,Organisation\nAnn Arbour,ann@people.example.org,Harbour School\n"), by=staff)

    assert found(alice, "harb") == ["Ann Arbour"]


@pytest.mark.parametrize(
    "rename",
    [
        lambda person: Organization.objects.get(name="Old House"),
        lambda person: Sector.objects.get(name="Old Sector"),
        lambda person: RoleLabel.objects.get(name="Old Label"),
        lambda person: Topic.objects.get(name="Old topic"),
        lambda person: Synonym.objects.create(name="Old synonym", topic=Topic.objects.get(name="Old topic")),
        lambda person: Place.objects.get(name="Old Town"),
    ],
    ids=["organisation", "sector", "role label", "topic", "synonym", "place"],
)
def test_a_word_that_changes_its_name_finds_those_who_carry_it(db, alice, rename, django_capture_on_commit_callbacks):
    sector = Sector.objects.create(name="Old Sector")
    person = make.ambassador("Ann Arbour", organization="Old House", sector=sector, topics=["Old topic"], place="Old Town")
    person.ambassador.role_labels.add(RoleLabel.objects.create(name="Old Label"))
    search.index(person.ambassador)
    word = rename(person)

    with django_capture_on_commit_callbacks(execute=True):
        word.name = "Quite another"
        word.save()
    renamed = found(alice, "another")
    with django_capture_on_commit_callbacks(execute=True):
        word.delete()

    assert (renamed, found(alice, "another")) == (["Ann Arbour"], [])


def test_a_topic_joined_into_another_still_finds_those_who_chose_it(db, alice, django_capture_on_commit_callbacks):
    make.ambassador("Ann Arbour", topics=["Measurement"])
    make.ambassador("Ben Bower", topics=["Evaluation"])
    measurement, evaluation = (Topic.objects.get(name=name) for name in ("Measurement", "Evaluation"))

    with django_capture_on_commit_callbacks(execute=True):
        topic_join(measurement, evaluation, by=None)

    assert [found(alice, word) for word in ("measurement", "evaluation")] == [["Ann Arbour", "Ben Bower"]] * 2


@pytest.mark.parametrize("audience", ["public", "members", "staff"])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("organization", "Wonderhouse"),
        ("job_title", "Wonderworker"),
        ("role_labels", "Wonderer"),
        ("sector", "Wonders"),
        ("place", "Wonderville"),
        ("languages", "Wonderish"),
        ("topics", "Wonderment"),
        ("synonym", "Wonderful"),
        ("ask_me_about", "wonders"),
        ("bio", "<p>I wonder</p>"),
        ("walk_the_talk", "<p>I wondered</p>"),
    ],
)
def test_each_field_is_found_by_those_who_may_read_it(db, alice, alumna, staff, field, value, audience):
    person = make.ambassador("Ann Arbour", listed_for="public").ambassador
    _give(person, field, value)
    setattr(person, f"{'topics' if field == 'synonym' else field}_audience", audience)
    person.save()
    search.index(person)

    finders = [who for who, reader in (("public", alumna), ("members", alice), ("staff", staff)) if found(reader, "wond")]

    assert finders == ["public", "members", "staff"][["public", "members", "staff"].index(audience) :]


def _give(person: Ambassador, field: str, value: str) -> None:
    """Let `person` say `value` in `field`, as a term where the field holds terms."""
    terms = {"organization": Organization, "sector": Sector, "place": Place}
    if field in terms:
        setattr(person, field, terms[field].objects.create(name=value))
    elif field == "role_labels":
        person.role_labels.add(RoleLabel.objects.create(name=value))
    elif field == "topics":
        person.topics.add(Topic.objects.create(name=value))
    elif field == "synonym":
        person.topics.add(Synonym.objects.create(name=value, topic=Topic.objects.create(name="Awe")).topic)
    else:
        setattr(person, field, value)


def test_reindex_finds_again_what_was_lost(db, alice, capsys):
    make.ambassador("Ann Arbour")
    SearchEntry.objects.all().delete()

    call_command("reindex", "person")

    assert (capsys.readouterr().out, found(alice, "arbour")) == ("person: 2\n", ["Ann Arbour"])


def test_reindex_says_which_kind_it_does_not_know(db, capsys):
    with pytest.raises(SystemExit):
        call_command("reindex", "tortoise")

    assert "tortoise" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_a_change_that_began_before_a_removal_does_not_bring_the_person_back():
    """The second change waits for the first, and reads what it left."""
    import threading  # deferred: only this test needs a second thread

    from django.db import transaction  # deferred: as above

    person = make.ambassador("Ann Arbour")
    boss = make.person("Sue Sato", is_staff=True)
    done = threading.Event()

    def change_something_else():
        search.index(person.ambassador)  # waits for the row
        done.set()
        connection.close()

    agreed = make.second()
    with transaction.atomic():
        workflow.remove(Ambassador.objects.get(user=person), by=boss, agreed=agreed, reason="a reason")
        other = threading.Thread(target=change_something_else)
        other.start()
        assert not done.wait(0.5)
    other.join()

    assert audiences(person) == []
