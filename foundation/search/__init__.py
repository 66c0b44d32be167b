"""What can be found, and by whom: each app registers its searchable models and, where it has audiences of its own, the reader's keys to them.

`index(obj)` after every change, in the same transaction; `search(reader, words)` finds no more than the reader's keys open.
`foundation.workflow.record` does the first for whatever it writes a line about.
Work that changes the same objects many times does so within `index_once()`.
"""

from foundation.search.finding import Found, Hit, Narrow, search
from foundation.search.indexing import (
    index,
    index_all,
    index_made,
    index_many,
    index_new,
    index_once,
    mark_stale,
    refresh_stale,
    remove,
)
from foundation.search.registry import Searchable, SearchRow, audience_keys, keys_of, places_of, searchables
from foundation.search.typed import (
    entries_like,
    entries_of,
    entries_typed,
    of_target,
    targets,
    with_likeness,
    words_of,
    words_within,
)
from foundation.search.words import forget_words, learn

__all__ = [
    "Found",
    "Hit",
    "Narrow",
    "SearchRow",
    "Searchable",
    "audience_keys",
    "entries_like",
    "entries_of",
    "entries_typed",
    "forget_words",
    "index",
    "index_all",
    "index_made",
    "index_many",
    "index_new",
    "index_once",
    "keys_of",
    "learn",
    "mark_stale",
    "of_target",
    "places_of",
    "refresh_stale",
    "remove",
    "search",
    "searchables",
    "targets",
    "with_likeness",
    "words_of",
    "words_within",
]
