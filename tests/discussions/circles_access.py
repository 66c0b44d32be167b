from datetime import date, datetime

from discussions.circles import workflow
from discussions.models import Circle, CircleCadence, MeetingChange, SpaceRequest
from tests import make
from tests.access import LOGIN, Row
from tests.discussions import circling

ON = "2030-01-03"


def hidden(cast) -> dict:
    """A circle of the ambassador's, known to its people alone."""
    return {"slug": circling.hidden(cast.ambassador).space.slug}


def meeting(cast) -> dict:
    return hidden(cast) | {"on": ON}


def moved(cast) -> dict:
    circle = circling.hidden(cast.ambassador)
    workflow.move_meeting(circle, date(2030, 1, 3), by=cast.ambassador, to=datetime.fromisoformat("2030-01-04T16:00+00:00"))
    return {"slug": circle.space.slug, "on": ON}


def of_staff(cast) -> dict:
    """A circle that somebody of the support team leads, and one person who has its label."""
    make.ambassador("Hana Head").ambassador.role_labels.add(circling.label())
    return {"slug": circling.circle(by=cast.staff).space.slug}


def opened(cast) -> dict:
    said = {"label": circling.label().pk, "name": "Heads who also cook", "purpose": "To talk.", "openness": "closed"}
    return said | circling.MONTHLY | {"at": "16:00", "place": ""}


def changes() -> list[tuple]:
    return list(MeetingChange.objects.values_list("status", "moved_to"))


THEIRS = (LOGIN, 200, 404, 403, LOGIN, 404, 404)
POSTED = (LOGIN, 302, 404, 403, LOGIN, 404, 404)

#                                        visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("discussions:circle-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200)),
    Row("discussions:circle-open", (LOGIN, 403, 403, 403, LOGIN, 200, 200), state=Circle.objects.count),
    Row(
        "discussions:circle-open",
        (LOGIN, 403, 403, 403, LOGIN, 302, 302),
        method="post",
        data=opened,
        state=Circle.objects.count,
    ),
    Row("discussions:circle-detail", THEIRS, build=hidden),
    # A closed one is known to members: its name, its label and when it meets.
    Row("discussions:circle-detail", (LOGIN, 200, 200, 403, LOGIN, 200, 200), build=of_staff),
    Row("discussions:circle-edit", THEIRS, build=hidden, state=CircleCadence.objects.count),
    Row(
        "discussions:circle-edit",
        POSTED,
        method="post",
        build=hidden,
        data=lambda cast: circling.WEEKLY | {"at": "17:00", "place": "The old library"},
        state=CircleCadence.objects.count,
    ),
    Row(
        "discussions:circle-invite",
        (LOGIN, 403, 403, 403, LOGIN, 302, 403),
        method="post",
        build=of_staff,
        state=SpaceRequest.objects.count,
    ),
    Row("discussions:meeting-detail", THEIRS, build=meeting),
    Row("discussions:meeting-file", THEIRS, build=meeting),
    Row(
        "discussions:meeting-move",
        POSTED,
        method="post",
        build=meeting,
        data=lambda cast: {"day": "2030-01-04", "at": "17:00", "words": "The hall is taken."},
        state=changes,
    ),
    Row("discussions:meeting-call-off", POSTED, method="post", build=meeting, data=lambda cast: {"words": "Snow."}, state=changes),
    Row("discussions:meeting-restore", POSTED, method="post", build=moved, state=changes),
]
