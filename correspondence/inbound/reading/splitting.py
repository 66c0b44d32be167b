"""What somebody wrote now, apart from what they quoted. Quoted text is folded, never cut, and in doubt nothing is folded."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from correspondence.inbound.reading.closings import closing_of
from correspondence.inbound.reading.heads import Head, head_at, is_forwarding, names_a_mail
from correspondence.inbound.reading.lines import BLANK, MARK, Line, written
from correspondence.inbound.reading.openings import opening_of
from correspondence.inbound.reading.unmarked import answers_among_marked, answers_by_colour, end_of_original, is_answered_within

FORWARDED_SUBJECT = re.compile(
    r"^\s*(?:fw|fwd|wg|tr|rv|enc|i|vb|vl|pd|vs: fw|doorst|ilt|továbbítás|転送|转发|轉寄|轉發|답장 전달|전달|пересл|hs)\s*(?:\[\d+\])?\s*[:：]",
    re.IGNORECASE,
)
OUR_HEAD = re.compile(r"^.{1,120} in [“\"].{1,200}[”\"]:$")


@dataclass(frozen=True, slots=True)
class Split:
    """The lines of a mail in two: what is new, and what is folded. Together they hold each line once, in its order."""

    new: list[Line]
    folded: list[Line]

    @property
    def new_text(self) -> str:
        return written(self.new)

    @property
    def folded_text(self) -> str:
        return written(self.folded)

    @property
    def pictures(self) -> dict[str, str]:
        """The pictures in what is new by their Content-IDs, with what stands for each of them."""
        return {picture: said for line in reversed(self.new) for picture, said in line.said_of_pictures.items()}

    def with_pictures_as(self, named: Mapping[str, str]) -> str:
        """What is new, with other marks for its pictures; those below all words are left out, for so they are shown."""
        last = next((at for at in range(len(self.new) - 1, -1, -1) if MARK.sub("", self.new[at].text).strip()), -1)
        lines = [line.with_pictures_as(named) for line in self.new[: last + 1]]
        below = [line.with_pictures_as(dict.fromkeys(named, "")) for line in self.new[last + 1 :]]
        return written([*lines, *below])


@dataclass
class _Run:
    """Lines one after the other that are all of one sort: somebody's own words, or a quotation with the head above it."""

    begins: int
    ends: int
    is_quoted: bool
    head: set[int] = field(default_factory=set)


def split(lines: Sequence[Line], *, subject: str = "", name: str = "", is_answer: bool = True) -> Split:
    """Tell new lines from folded ones. `name` is the writer's, as their mail program gives it; `is_answer` says that it answers a mail."""
    heads = [head for head in _heads_of(lines) if is_answer or names_a_mail(lines, head)]
    forward = _forward_begins(lines, heads, subject)
    if forward is not None:
        lines, folded = _without_marks(lines, forward), _closings_above(lines, forward, name)
    else:
        lines = _with_marks_by_colour(lines, heads)
        folded = _folded(lines, heads, name)
    folded |= opening_of(lines)
    new = [BLANK if at in folded else line for at, line in enumerate(lines)]
    return Split(_compact(new), _compact([line if at in folded else BLANK for at, line in enumerate(lines)]))


def _compact(lines: list[Line]) -> list[Line]:
    """Leave one of several blank lines in a row."""
    return [
        line for at, line in enumerate(lines) if line.text or line.depth or (at and (lines[at - 1].text or lines[at - 1].depth))
    ]


def _without_marks(lines: Sequence[Line], forward: int) -> list[Line]:
    """Take the marks off a forwarded mail that its program wraps as it wraps a quotation: it is to be read, not folded."""
    depth = lines[forward].depth
    return [*lines[:forward], *(replace(line, depth=max(0, line.depth - depth)) for line in lines[forward:])]


def _with_marks_by_colour(lines: Sequence[Line], heads: list[Head]) -> Sequence[Line]:
    """Mark a quotation that has no marks where the answers written into it have a colour of their own, and unmark such answers."""
    unmarked = next((head for head in heads if _is_above_unmarked(lines, head)), None)
    if unmarked is None and (written_in := answers_among_marked(lines, heads)):
        return [replace(line, depth=0) if at in written_in else line for at, line in enumerate(lines)]
    answers = answers_by_colour(lines, unmarked) if unmarked else set()
    if not unmarked or not answers:
        return lines
    return [
        replace(line, depth=1) if at >= unmarked.ends and line.text and at not in answers else line for at, line in enumerate(lines)
    ]


def _folded(lines: Sequence[Line], heads: list[Head], name: str) -> set[int]:
    unmarked = next((head for head in heads if _is_above_unmarked(lines, head)), None)
    if unmarked is None:
        return _folded_of_marked(lines, range(len(lines)), heads, name)
    if is_answered_within(lines, unmarked):
        return set()
    ends = end_of_original(lines, unmarked)
    if not unmarked.is_block and ends == len(lines) and not any(line.text for line in lines[: unmarked.begins]):
        # Nothing stands above and no mark below: whoever takes out what they quote often leaves the line that introduced it.
        return set(range(unmarked.begins, unmarked.ends)) | _closing_within(lines, unmarked.ends, len(lines), name)
    above = [head for head in heads if head.ends <= unmarked.begins]
    folded = _folded_of_marked(lines, range(unmarked.begins), above, name, is_followed=True)
    return folded | set(range(unmarked.begins, ends)) | _closing_within(lines, ends, len(lines), name)


def _heads_of(lines: Sequence[Line]) -> list[Head]:
    """Return the heads of quotations that stand among the writer's own words, or are the first lines of a quotation."""
    heads: list[Head] = []
    at = depth = 0
    while at < len(lines):
        line = lines[at]
        is_first = line.depth == 0 or line.depth > depth
        head = head_at(lines, at) if line.text and is_first else None
        if head is not None:
            heads.append(head)
            depth = lines[head.ends - 1].depth
            at = head.ends
            continue
        if line.text:
            depth = line.depth
        at += 1
    return heads


def _forward_begins(lines: Sequence[Line], heads: list[Head], subject: str) -> int | None:
    """Return where a forwarded mail begins, if this is one: it is kept as a whole."""
    first = heads[0].begins if heads else len(lines)
    for at, line in enumerate(lines[: first + 1]):
        if line.text and is_forwarding(lines, at):
            return at
        if line.depth and line.text:
            break
    if not FORWARDED_SUBJECT.match(subject) or not heads or not heads[0].is_block:
        return None
    return None if any(line.depth and line.text for line in lines[:first]) else first


def _closings_above(lines: Sequence[Line], at: int, name: str) -> set[int]:
    return closing_of(lines[:at], name)


def _is_above_unmarked(lines: Sequence[Line], head: Head) -> bool:
    """Whether a head is sure, and what it introduces has no marks of quotation."""
    if not head.stands_alone or lines[head.begins].depth:
        return False
    following = next((line for line in lines[head.ends :] if line.text), None)
    return following is None or following.depth == 0


def _folded_of_marked(lines: Sequence[Line], span: range, heads: list[Head], name: str, *, is_followed: bool = False) -> set[int]:
    """Fold in lines whose quotations are marked. `is_followed` says that a quotation without marks comes below."""
    runs = _runs_of(lines, span, heads)
    folded = _fold_closings(lines, runs, name, is_followed=is_followed)
    quotations = [run for run in runs if run.is_quoted]
    words = [
        run for run in runs if not run.is_quoted and any(lines[at].text and at not in folded for at in range(run.begins, run.ends))
    ]
    last_word = words[-1].begins if words else -1
    answered = [run for run in quotations if run.begins < last_word]
    rest = [run for run in quotations if run.begins > last_word]
    if not words and not folded and not any(run.head for run in runs) and not is_followed:
        return set()
    for run in rest:
        folded |= set(range(run.begins, run.ends))
    is_below_all = len(answered) == 1 and not rest and bool(answered[0].head)
    for run in answered:
        folded |= set(range(run.begins, run.ends)) if is_below_all else run.head | _our_head(lines, run)
    return folded


def _runs_of(lines: Sequence[Line], span: range, heads: list[Head]) -> list[_Run]:
    """Return the lines as runs of own words and of quotations."""
    of_head = {at: head for head in heads for at in range(head.begins, head.ends)}
    runs: list[_Run] = []
    for at in span:
        line = lines[at]
        is_quoted = line.depth > 0 or at in of_head
        if not line.text and not (runs and line.depth):
            if runs:
                runs[-1].ends = at + 1
            continue
        if not runs or runs[-1].is_quoted != is_quoted:
            runs.append(_Run(at, at + 1, is_quoted))
        runs[-1].ends = at + 1
        if at in of_head:
            runs[-1].head.add(at)
    return runs


def _fold_closings(lines: Sequence[Line], runs: list[_Run], name: str, *, is_followed: bool) -> set[int]:
    """Fold the closing of what was written last, and of what stands above a quotation that is folded for it."""
    folded: set[int] = set()
    words = [run for run in runs if not run.is_quoted]
    for place in range(len(words) - 1, -1, -1):
        run = words[place]
        closing = _closing_within(lines, run.begins, run.ends, name)
        folded |= closing
        if any(lines[at].text and at not in closing for at in range(run.begins, run.ends)):
            break
    if len(words) > 1 and len([run for run in runs if run.is_quoted]) == 1:
        folded |= _closing_within(lines, words[0].begins, words[0].ends, name)
    return folded


def _closing_within(lines: Sequence[Line], begins: int, ends: int, name: str) -> set[int]:
    return {begins + at for at in closing_of(lines[begins:ends], name)}


def _our_head(lines: Sequence[Line], run: _Run) -> set[int]:
    """Return the lines above the words in one of our own mails: the name of the site, and who writes where."""
    rows = [at for at in range(run.begins, run.ends) if lines[at].text and at not in run.head][:6]
    named = next((place for place, at in enumerate(rows) if OUR_HEAD.match(lines[at].text)), None)
    return set(range(rows[0], rows[named] + 1)) if named is not None else set()
