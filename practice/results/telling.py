"""What a round shows, in a few sentences: for whoever has a minute."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practice.models import Respondent
from practice.results.reading import Results

R = Respondent.Status


def in_a_minute(results: Results) -> list[str]:
    """Return the sentences, the most telling first."""
    return list(_sentences(results))


def _sentences(results: Results) -> Iterator[str]:
    yield _who_answered(results)
    minds, apart = results.minds, sorted(results.modules, key=lambda module: -module.minds.apart)
    count = minds.one + minds.mixed + minds.apart
    yield _("Of %(count)s proof points you are of one mind on %(one)s and apart on %(apart)s.") % {
        "count": count,
        "one": minds.one,
        "apart": minds.apart,
    }
    if minds.apart >= 3 and sum(module.minds.apart for module in apart[:2]) * 2 > minds.apart and len(apart) > 2:
        names = [module.module.title for module in apart[:2] if module.minds.apart]
        if len(names) == 2:
            yield _("Most of the differences lie in “%(one)s” and “%(other)s”.") % {"one": names[0], "other": names[1]}
    if unknown := len(results.unknown):
        yield (
            ngettext(
                "On %s proof point a third or more of you do not know.",
                "On %s proof points a third or more of you do not know.",
                unknown,
            )
            % unknown
        )
    if results.since is not None:
        yield from _what_moved(results)


def _who_answered(results: Results) -> str:
    states = list(Respondent.objects.filter(session=results.session).values_list("status", flat=True))
    asked = [state for state in states if state not in {R.WITHDRAWN, R.NAMED}]
    answered = sum(state in {R.BEGUN, R.FINISHED} for state in asked)
    return _("%(answered)s of %(asked)s people answered.") % {"answered": answered, "asked": len(asked)}


def _what_moved(results: Results) -> Iterator[str]:
    up, down = sum((p.moved or 0) > 0 for p in results.moved), sum((p.moved or 0) < 0 for p in results.moved)
    if not up and not down:
        yield _("Since last time nothing has moved by half a place or more.")
        return
    if not down:
        yield ngettext("Since last time %s proof point has moved up.", "Since last time %s proof points have moved up.", up) % up
    elif not up:
        yield (
            ngettext("Since last time %s proof point has moved down.", "Since last time %s proof points have moved down.", down)
            % down
        )
    else:
        yield _("Since last time %(up)s proof points have moved up and %(down)s down.") % {"up": up, "down": down}
