"""The text of an instrument: read, or refused with every fault by its line; and the three that are shipped keep to the checklist."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.text import slugify

from foundation.defaults import PILLARS
from practice.instruments import SHIPPED
from practice.instruments.reading import MOST_BYTES, MOST_WORDS, Unreadable, read_instrument

TEXT = """key: mirror
title: A mirror
question: How far is this so?
scale: [Not at all, Fully]
importance:
  question: Does it matter?
  scale: [Little, Much]
modules:
  - key: leading
    title: Leading
    principles:
      - key: asking
        title: Leaders ask
        proof_points:
          - {key: asked-us, text: "In the past month a leader asked us something, and we know what came of it."}
"""


def faults(text):
    with pytest.raises(Unreadable) as refused:
        read_instrument(text)
    return [(problem.line, problem.sentence) for problem in refused.value.problems]


def checked(path):
    out = StringIO()
    call_command("check_instrument", path, stdout=out)
    return out.getvalue()


def test_a_text_becomes_an_instrument_with_codes_by_place():
    found = read_instrument(TEXT)

    (module,) = found.modules
    (point,) = module.proof_points
    assert (module.code, module.principles[0].code, point.code, point.key) == ("1", "1.1", "1.1.1", "asked-us")
    assert (found.practice.answers, found.importance.question) == (("Not at all", "Fully"), "Does it matter?")


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("key: mirror", "key: A Mirror"), 1, "small letters"),
        (("title: A mirror\n", ""), 1, "“title” is missing"),
        (("title: A mirror", "title: ''"), 2, "a text is wanted"),
        (("title: A mirror", "title: A mirror\ntitle: Two"), 3, "stands here twice"),
        (("title: A mirror", "name: A mirror"), 2, "no field “name”"),
        (("scale: [Not at all, Fully]", "scale: Fully"), 4, "is a list"),
        (("scale: [Not at all, Fully]", "scale: [Fully]"), 4, "at least 2"),
        (("  - key: leading", "  - leading\n  - key: leading"), 9, "fields are wanted"),
        (("key: asking", "key: leading"), 12, "stands on line 9 already"),
        (("a leader asked us something", "word " * 31), 15, f"say it in {MOST_WORDS} at most"),
        (("    title: Leading", "    title: [a]"), 10, "a text is wanted"),
        (("question: How far is this so?", "question: [How"), 4, "not YAML"),
        (("A mirror", "A \x07 mirror"), 2, "no text has"),
        (("        title: Leaders ask\n", "        title: Leaders ask\n        topics: succession\n"), 14, "is a list"),
        (
            ("        title: Leaders ask\n", "        title: Leaders ask\n        topics: [Board Talk]\n"),
            14,
            "such as “board-development”",
        ),
        (("        title: Leaders ask\n", "        title: Leaders ask\n        topics: [[succession]]\n"), 14, "a text is wanted"),
    ],
)
def test_each_fault_is_told_with_its_line(change, line, says):
    found = faults(TEXT.replace(*change, 1))

    assert [(at, says in sentence) for at, sentence in found if says in sentence or at == line] == [(line, True)], found


def test_all_faults_are_told_at_once_and_no_text_becomes_anything_else():
    assert len(faults("modules:\n  - 3\n  - title: x\n")) == 8
    assert faults("") == [(1, "There is nothing here yet.")]
    assert (1, "Here a text is wanted.") in faults("key: !!python/object/apply:os.system [ls]\n")
    assert faults("x" * (MOST_BYTES + 1)) == [(1, "The text is longer than 300 kB.")]


def test_the_command_says_what_a_text_asks_or_what_is_wrong(tmp_path):
    good, bad, other = tmp_path / "good.yaml", tmp_path / "bad.yaml", tmp_path / "other.yaml"
    good.write_text(TEXT)
    bad.write_text(TEXT.replace("asked-us", "asking"))
    other.write_bytes("é".encode("latin-1"))

    assert checked(good).splitlines() == ["1 Leading: 1 principles, 1 proof points", "A mirror: 1 modules, 1 proof points"]
    with pytest.raises(CommandError, match="Line 15: The key “asking” stands on line 12 already"):
        checked(bad)
    with pytest.raises(CommandError, match="no text in UTF-8"):
        checked(other)
    with pytest.raises(CommandError, match="cannot be read"):
        checked(tmp_path / "none.yaml")


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_what_is_shipped_keeps_to_the_checklist(path):
    found = read_instrument(path.read_text(encoding="utf-8"))

    points = list(found.proof_points)
    assert [point.key for point in points if not point.text.endswith(".") or len(point.text.split()) > MOST_WORDS] == []
    assert len({point.text for point in points}) == len(points)
    assert [
        principle.key for module in found.modules for principle in module.principles if not 2 <= len(principle.proof_points) <= 4
    ] == []


def test_the_performance_practice_has_a_module_for_each_pillar():
    found = read_instrument((SHIPPED / "performance_practice.yaml").read_text(encoding="utf-8"))

    assert [module.pillar for module in found.modules] == [slugify(name) for name, _description in PILLARS]
    assert [module.key for module in found.modules if len(module.principles) < 4] == []
