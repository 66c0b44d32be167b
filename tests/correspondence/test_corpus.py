"""What the large mail programs write, and what is new in it. One case a message; corpus/README.md says how one is added."""

from __future__ import annotations

import pytest

from tests.correspondence.corpus.reading import cases, names_in

FAILS_NOW = names_in("fails_now.txt")
STRICT = pytest.mark.xfail(strict=True, reason="in corpus/fails_now.txt")


def parameters(part):
    return [pytest.param(case, id=case.name, marks=[STRICT] if case.name in FAILS_NOW else []) for case in cases(part)]


@pytest.mark.parametrize("case", parameters("seen"))
def test_a_mail_is_read_as_its_writer_meant_it(case):
    assert case.faults() == []


@pytest.mark.parametrize("case", parameters("held back"))
def test_a_mail_that_nobody_tuned_for_is_read_as_well(case):
    assert case.faults() == []


def test_the_lists_name_messages_that_are_there():
    names = {case.name for part in ("seen", "held back") for case in cases(part)}

    assert (names_in("held_back.txt") - names, FAILS_NOW - names) == (set(), set())
