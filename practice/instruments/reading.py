"""Reads an instrument from YAML, and says by line number everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

from practice.instruments.content import Instrument, Module, Principle, ProofPoint, Scale

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TAKEN = {"groups"}  # the last part of an address where a module's key would stand: that of the comparison by group
MOST_BYTES = 300_000
MOST_WORDS = 30  # of a proof point: it is read on a phone, once
MOST = {"modules": 20, "principles": 20, "proof_points": 10, "scale": 9, "topics": 6}
LEAST = {"modules": 1, "principles": 1, "proof_points": 1, "scale": 2, "topics": 1}
LENGTHS = {"key": 60, "title": 200, "about": 1000, "question": 200, "pillar": 80, "text": 400, "scale": 60, "topics": 80}


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong, and on which line of the text (from 1)."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return _("Line %(line)s: %(sentence)s") % {"line": self.line, "sentence": self.sentence}


class Unreadable(Exception):
    """The text is no instrument. `problems` says everything that is wrong with it, from the top."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


def read_instrument(text: str) -> Instrument:
    """Return what the YAML in `text` asks. Raises Unreadable with every problem, each with its line."""
    reader = _Reader()
    found = reader.instrument(_root(text))
    problems = {*reader.problems, *reader.twice()}
    if problems or found is None:
        raise Unreadable(sorted(problems))
    return found


def _root(text: str) -> yaml.Node:
    if len(text.encode()) > MOST_BYTES:
        raise Unreadable([Problem(1, _("The text is longer than %(kb)s kB.") % {"kb": MOST_BYTES // 1000})])
    try:
        # Composed and not loaded: nodes know their lines, and nothing of the text becomes an object.
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        sentence = _(
            "From here on it is not YAML: look for an indentation that does not fit, and for a bracket or a quotation mark that is not "
            "closed (%(problem)s)."
        ) % {"problem": error.problem or error.context}
        raise Unreadable([Problem(mark.line + 1 if mark else 1, sentence)]) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Unreadable([Problem(line, _("There is a character that no text has."))]) from error
    if root is None:
        raise Unreadable([Problem(1, _("There is nothing here yet."))])
    return root


class _Reader:
    """Walks the nodes and gathers problems; what is wrong is left out, so that one look finds all."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.keys: list[tuple[int, str]] = []  # each with its line

    def instrument(self, node: yaml.Node) -> Instrument | None:
        names = ("key", "title", "about", "question", "scale", "importance", "modules")
        fields = self._fields(node, names, optional=("about",))
        if fields is None:
            return None
        importance = self._fields(fields.get("importance"), ("question", "scale")) or {}
        modules = [
            found
            for place, each in enumerate(self._list(fields.get("modules"), "modules"), start=1)
            if (found := self._module(each, place)) is not None
        ]
        return Instrument(
            key=self._key(fields.get("key")),
            title=self._text(fields.get("title"), "title"),
            about=self._text(fields.get("about"), "about"),
            practice=self._scale(fields),
            importance=self._scale(importance),
            modules=tuple(modules),
        )

    def _scale(self, fields: dict[str, yaml.Node]) -> Scale:
        answers = tuple(self._text(each, "scale") for each in self._list(fields.get("scale"), "scale"))
        return Scale(self._text(fields.get("question"), "question"), answers)

    def _module(self, node: yaml.Node, place: int) -> Module | None:
        fields = self._fields(node, ("key", "pillar", "title", "about", "principles"), optional=("pillar", "about"))
        if fields is None:
            return None
        code = str(place)
        principles = [
            found
            for number, each in enumerate(self._list(fields.get("principles"), "principles"), start=1)
            if (found := self._principle(each, f"{code}.{number}")) is not None
        ]
        return Module(
            key=self._key(fields.get("key")),
            title=self._text(fields.get("title"), "title"),
            about=self._text(fields.get("about"), "about"),
            pillar=self._text(fields.get("pillar"), "pillar"),
            code=code,
            principles=tuple(principles),
        )

    def _principle(self, node: yaml.Node, code: str) -> Principle | None:
        fields = self._fields(node, ("key", "title", "topics", "proof_points"), optional=("topics",))
        if fields is None:
            return None
        points = [
            found
            for number, each in enumerate(self._list(fields.get("proof_points"), "proof_points"), start=1)
            if (found := self._proof_point(each, f"{code}.{number}")) is not None
        ]
        topics = tuple(self._slug(each) for each in self._list(fields.get("topics"), "topics"))
        return Principle(self._key(fields.get("key")), self._text(fields.get("title"), "title"), code, tuple(points), topics)

    def _slug(self, node: yaml.Node) -> str:
        slug = self._text(node, "topics")
        if slug and not KEY.fullmatch(slug):
            self._wrong(node, _("A topic is named by its address: small letters, digits and dashes, such as “board-development”."))
        return slug

    def _proof_point(self, node: yaml.Node, code: str) -> ProofPoint | None:
        fields = self._fields(node, ("key", "text"))
        if fields is None:
            return None
        text = self._text(fields.get("text"), "text")
        words = len(text.split())
        if words > MOST_WORDS:
            said = {"words": words, "most": MOST_WORDS}
            self._wrong(fields["text"], _("This proof point has %(words)s words: say it in %(most)s at most.") % said)
        return ProofPoint(self._key(fields.get("key")), text, code)

    def _fields(
        self, node: yaml.Node | None, names: tuple[str, ...], *, optional: tuple[str, ...] = ()
    ) -> dict[str, yaml.Node] | None:
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            self._wrong(node, _("Here fields are wanted: %(names)s.") % {"names": ", ".join(names)})
            return None
        found: dict[str, yaml.Node] = {}
        for field, value in self._pairs(node):
            name = str(field.value)
            if name not in names:
                said = {"name": name, "names": ", ".join(names)}
                self._wrong(field, _("There is no field “%(name)s” here. The fields are: %(names)s.") % said)
            elif name in found:
                self._wrong(field, _("“%(name)s” stands here twice.") % {"name": name})
            else:
                found[name] = value
        for wanted in names:
            if wanted not in found and wanted not in optional:
                self._wrong(node, _("“%(name)s” is missing.") % {"name": wanted})
        return found

    def _pairs(self, node: yaml.MappingNode) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        for name, value in node.value:
            if isinstance(name, yaml.ScalarNode):
                yield name, value
            else:
                self._wrong(name, _("The name of a field is one word."))

    def _list(self, node: yaml.Node | None, name: str) -> list[yaml.Node]:
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._wrong(node, _("“%(name)s” is a list: begin each line of it with a dash.") % {"name": name})
            return []
        count = len(node.value)
        if count < LEAST[name]:
            self._wrong(node, _("“%(name)s” needs at least %(least)s.") % {"name": name, "least": LEAST[name]})
        if count > MOST[name]:
            said = {"name": name, "most": MOST[name], "count": count}
            self._wrong(node, _("“%(name)s” has %(count)s entries: %(most)s at most.") % said)
        return list(node.value[: MOST[name]])

    def _text(self, node: yaml.Node | None, name: str) -> str:
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or node.tag == "tag:yaml.org,2002:null":
            self._wrong(node, _("Here a text is wanted."))
            return ""
        text = " ".join(str(node.value).split())
        if not text:
            self._wrong(node, _("Here a text is wanted."))
        if len(text) > LENGTHS[name]:
            said = {"length": len(text), "most": LENGTHS[name]}
            self._wrong(node, _("This has %(length)s characters: %(most)s at most.") % said)
        return text

    def _key(self, node: yaml.Node | None) -> str:
        key = self._text(node, "key")
        if node is None or not key:
            return key
        if not KEY.fullmatch(key):
            self._wrong(node, _("A key is of small letters, digits and dashes, such as “board-asks”."))
        elif key in TAKEN:
            self._wrong(node, _("“%(key)s” is taken by a page of its own: call it otherwise.") % {"key": key})
        else:
            self.keys.append((node.start_mark.line + 1, key))
        return key

    def twice(self) -> Iterator[Problem]:
        """The keys that stand there a second time."""
        first: dict[str, int] = {}
        for line, key in sorted(self.keys):
            if first.setdefault(key, line) != line:
                said = {"key": key, "line": first[key]}
                yield Problem(line, _("The key “%(key)s” stands on line %(line)s already: each is there once.") % said)

    def _wrong(self, node: Any, sentence: str) -> None:
        self.problems.append(Problem(node.start_mark.line + 1, sentence))
