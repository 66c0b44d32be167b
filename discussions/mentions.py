"""Who is named in a post: "@Full Name", typed anywhere, by web or mail. Only somebody who can read the thread is ever told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from ambassadors.models import Ambassador
from ambassadors.names import sort_key
from discussions import signals
from discussions.models import Mention, Participant, Post, Space, SpaceRole, Thread

if TYPE_CHECKING:
    from ambassadors.models import User

AT = re.compile(r"(?<![\w@./])@(?=\w)")
WORDS = 6  # of the longest name that is looked for
MOST = 10  # people named in one post; whoever names more calls a meeting
OFFERED = 6  # by the picker
AROUND = " \t,.;:!?()[]\"'\u2019\u201d\u2026"


def people_named(html: str, *, by: User) -> list[User]:
    """Return the members whom the writer names in a post, at most ten. Two of one name are both meant."""
    if "@" not in html:
        return []
    calls = [_candidates(call) for call in _calls(html)]
    people = _members_called({name for names in calls for name in names}, by=by)
    named: dict[int, User] = {}
    for names in calls:
        longest = next((name for name in names if name in people), "")
        named |= {person.pk: person for person in people.get(longest, []) if person.pk != by.pk}
    return list(named.values())[:MOST]


def marked(html: str, people: Iterable[User]) -> str:
    """Return clean `html` with the names of those called set off from the words around them."""
    names = sorted({re.escape(person.name) for person in people}, key=len, reverse=True)
    if not names:
        return html
    called = re.compile(rf"(?<![\w@./])@(?:{'|'.join(names)})(?!\w)", re.IGNORECASE)
    soup = BeautifulSoup(html, "html.parser")
    for text in [text for text in soup.find_all(string=called) if not text.find_parent(["a", "strong", "code", "blockquote"])]:
        _set_off(soup, text, called)
    return soup.decode(formatter="minimal")


def note_mentions(post: Post, thread: Thread, people: Sequence[User]) -> None:
    """Write down whom the post names, of those who can read it, and say so of the new ones. Doing it twice does no harm."""
    readers = [person for person in people if _reads(person, thread)]
    if not readers:
        return
    known = set(Mention.objects.filter(post=post).values_list("person", flat=True))
    new = [person for person in readers if person.pk not in known]
    Mention.objects.bulk_create([Mention(post=post, person=person) for person in new], ignore_conflicts=True)
    if new:
        signals.people_named.send(Post, post=post, thread=thread, people=new)


def readers_called(start: str, thread: Thread, *, by: User) -> list[User]:
    """Return a few members of whose name a word begins so, and who can read the thread, for a picker."""
    key = sort_key(start.replace("\0", ""))
    if not key or len(start) > 60:
        return []
    people = _known_to(by).filter(Q(sort_name__startswith=key) | Q(sort_name__contains=f" {key}")).exclude(pk=by.pk)
    people = people.filter(pk__in=_likely(thread)) if not _is_open(thread) else people
    readers = (person for person in people.order_by("sort_name", "pk")[: OFFERED * 3] if _reads(person, thread))
    return list(islice(readers, OFFERED))


def _is_open(thread: Thread) -> bool:
    return thread.space is not None and thread.space.openness == Space.Openness.OPEN and thread.status == Thread.Status.OPEN


def _likely(thread: Thread) -> QuerySet[Any, Any]:
    """Of a thread that is not for all: who might read it. Whether they do is asked of each."""
    if thread.space is None or thread.status == Thread.Status.PREPARING:
        return Participant.objects.filter(thread=thread).values("person")
    return SpaceRole.objects.filter(space=thread.space).values("person")


def _reads(person: User, thread: Thread) -> bool:
    return bool(Thread.objects.visible_to(person).filter(pk=thread.pk).exists())


def _calls(html: str) -> list[str]:
    """What stands behind each "@", up to the end of its block. Whoever is named in a quotation was named by somebody else."""
    soup = BeautifulSoup(html, "html.parser")
    for quotation in soup.find_all("blockquote"):
        quotation.decompose()
    blocks = soup.find_all(["p", "li", "h2", "h3"])
    lines = [" ".join(block.get_text().split()) for block in blocks if not block.find(["p", "li"])]
    return [line[call.end() :][:200] for line in lines for call in AT.finditer(line)]


def _candidates(call: str) -> list[str]:
    """The names that may stand at the beginning of `call`, as they are sorted, the longest first."""
    words = call.split()[:WORDS]
    found = [" ".join(words[:number]) for number in range(len(words), 0, -1)]
    return [key for name in found for key in dict.fromkeys((sort_key(name), sort_key(name.rstrip(AROUND)), _bare(name))) if key]


def _bare(name: str) -> str:
    """Without what follows a name in a sentence: "Ana Lima's", "(Ana Lima)"."""
    return sort_key(re.sub(r"['\u2019]s?$", "", name.rstrip(AROUND)))


def _members_called(keys: set[str], by: User) -> dict[str, list[User]]:
    found: dict[str, list[User]] = {}
    for person in _known_to(by).filter(sort_name__in=keys):
        found.setdefault(person.sort_name, []).append(person)
    return found


def _known_to(reader: User) -> QuerySet[User]:
    """Whom the reader finds in the directory, and the support team."""
    known = Q(ambassador__in=Ambassador.objects.visible_to(reader).active()) | Q(ambassador=None, is_staff=True)
    accounts = get_user_model().objects.filter(known, is_active=True)  # unscoped: `known` is the scope
    found: QuerySet[User] = accounts.select_related("ambassador")
    return found


def _set_off(soup: BeautifulSoup, text: NavigableString, called: re.Pattern[str]) -> None:
    place = 0
    for call in called.finditer(text):
        name = soup.new_tag("strong")
        name.string = call[0]
        text.insert_before(NavigableString(text[place : call.start()]), name)
        place = call.end()
    rest = text[place:]
    text.replace_with(NavigableString(rest))
