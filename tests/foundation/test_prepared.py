"""Queries compiled once: the rules are the querysets', and nothing of one request stays for the next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import CharField, Value
from django.db.models.functions import Upper
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ambassadors.models import Ambassador, User
from foundation import prepared as module
from foundation.models import SetAside
from foundation.prepared import Late, Prepared, Rights, made_of, prepared, prepared_objects
from tests import make


@prepared
def people(reader):
    return Ambassador.objects.visible_to(reader).by_name().values_list("user__name")


@prepared
def laid_aside(reader):
    return SetAside.objects.visible_to(reader).filter(until__gt=Late(timezone.now)).order_by("card").values_list("card", "until")


def aside(person: User, card: str, days: int) -> SetAside:
    return SetAside.objects.create(person=person, card=card, until=timezone.now() + timedelta(days=days))


def test_each_kind_of_reader_gets_what_the_queryset_shows_them(alice, staff, alumna):
    make.ambassador("Paula Public", listed_for="public")
    make.ambassador("Hidden Hanna", listed_for="staff")

    for reader in (staff, alice, AnonymousUser(), alumna, alice, staff):
        directly = Ambassador.objects.visible_to(reader).by_name().values_list("user__name")
        assert people(reader) == list(directly)


def test_readers_of_the_same_rights_get_their_own_rows(alice, bob):
    own, _others = aside(alice, "hers", 1), aside(bob, "his", 1)

    assert laid_aside(alice) == [("hers", own.until)]
    assert [card for card, _until in laid_aside(bob)] == ["his"]


def test_the_clock_goes_on(alice, time_machine):
    aside(alice, "until tomorrow", 1)

    assert len(laid_aside(alice)) == 1
    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert laid_aside(alice) == []


def test_a_moment_that_would_stand_still_is_refused(alice):
    frozen = Prepared(lambda reader: SetAside.objects.filter(until__gt=timezone.now()).values_list("card"))

    with pytest.raises(TypeError, match="for ever"):
        frozen(alice)


def test_a_rule_that_asks_more_of_the_reader_than_their_rights_is_refused(alice):
    nosy = Prepared(lambda reader: User.objects.filter(name=reader.name).values_list("pk"))

    with pytest.raises(AttributeError):
        nosy(alice)


def test_what_is_the_same_for_all_of_a_kind_may_not_ask_who_it_is(alice):
    own = Prepared(lambda reader: User.objects.filter(pk=reader.pk).values_list("pk"))

    with pytest.raises(KeyError):
        own.for_all_of(Rights.of(alice))


def test_rows_are_counted_by_the_database(alice, bob, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert people.number(alice) == 2


def test_what_can_find_nothing_asks_nothing(alice, django_assert_num_queries):
    nothing = Prepared(lambda reader: User.objects.none().values_list("pk"))

    with django_assert_num_queries(0):
        assert (nothing(alice), nothing.number(alice)) == ([], 0)


def test_text_is_compiled_once_and_plans_are_bounded(alice, bob):
    built = []

    def build(reader, number):
        built.append(number)
        return User.objects.filter(pk=reader.pk).values_list("pk", Value(number))

    counting = Prepared(build)
    assert [counting(alice, 1), counting(bob, 1), counting(alice, 2)] == [[(alice.pk, 1)], [(bob.pk, 1)], [(alice.pk, 2)]]
    assert built == [1, 2]
    assert counting.plan.cache_info().maxsize == 256


def test_what_is_made_of_a_late_value_is_late_and_of_another_is_there():
    assert made_of(["a", "b"], "".join) == "ab"
    assert made_of(Late("words", then=str.split), "".join).value({"words": "a b"}) == "ab"


def test_outside_of_a_prepared_query_a_late_moment_is_asked_at_once(alice):
    aside(alice, "now", 1)

    assert SetAside.objects.visible_to(alice).filter(until__gt=Late(timezone.now)).count() == 1


def kept_by_server() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements ORDER BY prepare_time, name")
        return [name for (name,) in cursor.fetchall()]


def own_key(reader):
    return User.objects.filter(pk=reader.pk).values_list("pk")


def test_postgresql_reads_the_text_once_and_gets_the_values_alone_from_then_on(alice, bob):
    keys = Prepared(own_key)

    with CaptureQueriesContext(connection) as asked:
        assert [keys(alice), keys(bob)] == [[(alice.pk,)], [(bob.pk,)]]
    name = keys.plan(Rights.of(alice)).statement.name
    assert [one["sql"] for one in asked.captured_queries] == [f"EXECUTE {name}({alice.pk})", f"EXECUTE {name}({bob.pk})"]
    assert kept_by_server().count(name) == 1


def test_a_connection_keeps_so_many_texts_and_lets_the_one_go_that_was_asked_for_the_longest_ago(alice, monkeypatch):
    first, second, third = Prepared(own_key), Prepared(own_key), Prepared(own_key)
    monkeypatch.setattr(module, "MOST_KEPT", 2)
    for one in (first, second, first, third):
        one(alice)

    assert set(kept_by_server()) == {one.plan(Rights.of(alice)).statement.name for one in (first, third)}
    assert second(alice) == [(alice.pk,)]


def test_behind_a_pool_of_connections_the_text_goes_out_each_time(alice, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    keys, before = Prepared(own_key), kept_by_server()

    assert (keys(alice), keys(alice)) == ([(alice.pk,)], [(alice.pk,)])
    assert kept_by_server() == before


def test_where_the_way_hangs_on_the_value_the_text_goes_out_each_time(alice):
    found = Prepared(lambda reader: User.objects.filter(pk=reader.pk, name=Late("name", decides=True)).values_list("pk"))
    before = kept_by_server()

    assert (found(alice, name=alice.name), found(alice, name="nobody")) == ([(alice.pk,)], [])
    assert kept_by_server() == before


def test_signs_that_mean_something_to_the_driver_stand_for_themselves(alice):
    telling = Prepared(lambda reader: User.objects.filter(pk=reader.pk).values_list(Value("100 % 'of' \\ %s $1", CharField())))
    fixed = Prepared(lambda reader: User.objects.filter(name__contains="A%").values_list("pk"))

    assert telling(alice) == [("100 % 'of' \\ %s $1",)]
    assert fixed(alice) == []
    make.ambassador("A% Percent")
    assert len(fixed(alice)) == 1


@prepared_objects
def accounts():
    people = User.objects.select_related("ambassador", "vetting_duty").filter(pk=Late("pk"))
    return people.annotate(shouted=Upper("name"))


def test_objects_come_as_the_queryset_gives_them(alice, staff, django_assert_num_queries):
    for person in (alice, staff, alice):
        with django_assert_num_queries(1):
            [found] = accounts(pk=person.pk)
            ambassador = getattr(found, "ambassador", None)
        directly = User.objects.get(pk=person.pk)
        assert {name: value for name, value in vars(found).items() if name in vars(directly) and name != "_state"} == {
            name: value for name, value in vars(directly).items() if name != "_state"
        }
        assert ambassador == getattr(directly, "ambassador", None)
        assert (found.shouted, found._state.adding, found._state.db) == (person.name.upper(), False, "default")
    assert accounts(pk=0) == []


def test_a_moment_that_would_stand_still_is_refused_for_objects_too(db):
    with pytest.raises(TypeError, match="for ever"):
        prepared_objects(lambda: SetAside.objects.filter(until__gt=timezone.now()))()
