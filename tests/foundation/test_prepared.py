"""Queries compiled once: the rules are the querysets', and nothing of one request stays for the next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Value
from django.utils import timezone

from ambassadors.models import Ambassador, User
from foundation.models import SetAside
from foundation.prepared import Late, Prepared, Rights, made_of, prepared
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
