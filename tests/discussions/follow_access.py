from ambassadors.models import User
from discussions.following.workflow import follow
from discussions.models import Follow, Nudge, Post
from tests import make
from tests.access import LOGIN, Row
from tests.discussions import making


def spaces_that_are_led(cast) -> dict:
    """A topic, which the support team leads, and a micro-community of the ambassador's."""
    making.topic()
    making.micro(cast.ambassador)
    return {}


def thread_of(cast) -> dict:
    """A thread in a closed micro-community of the ambassador's."""
    return {"pk": making.thread(making.micro(cast.ambassador), cast.ambassador).pk}


def space_of(cast) -> dict:
    """A closed micro-community of the ambassador's: others know that it is there."""
    return {"slug": making.micro(cast.ambassador).slug}


def own_follow(cast) -> dict:
    """The ambassador follows a topic."""
    follow(making.topic(), by=cast.ambassador, level="every reply")
    return {"pk": Follow.objects.get(person=cast.ambassador).pk}


def thread_with_somebody_quiet(cast) -> dict:
    """A thread in an open micro-community of the ambassador's, in which Quinn has not spoken."""
    space = making.micro(cast.ambassador, openness="open")
    making.join(space, make.ambassador("Quinn Quiet"))
    return {"pk": making.thread(space, cast.ambassador).pk}


def follows() -> list:
    return list(Follow.objects.order_by("pk").values_list("person", "thread", "space", "level"))


#                                        visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("discussions:morning-detail", (LOGIN, 200, 403, 403, LOGIN, 200, 200), build=spaces_that_are_led, state=Post.objects.count),
    Row(
        "discussions:thread-follow",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=thread_of,
        data=lambda cast: {"level": "muted"},
        state=follows,
    ),
    Row(
        "discussions:space-follow",
        (LOGIN, 302, 403, 403, LOGIN, 403, 403),
        method="post",
        build=space_of,
        data=lambda cast: {"level": "every reply"},
        state=follows,
    ),
    Row(
        "discussions:thread-spoken",
        (LOGIN, 200, 403, 403, LOGIN, 403, 403),
        build=thread_with_somebody_quiet,
        state=Nudge.objects.count,
    ),
    Row(
        "discussions:thread-spoken", (LOGIN, 200, 404, 403, LOGIN, 404, 404), query="?", build=thread_of, state=Nudge.objects.count
    ),
    Row(
        "discussions:thread-nudge",
        (LOGIN, 302, 403, 403, LOGIN, 403, 403),
        method="post",
        build=thread_with_somebody_quiet,
        data=lambda cast: {"people": [User.objects.get(name="Quinn Quiet").pk], "words": "You know this."},
        state=Nudge.objects.count,
    ),
    Row(
        "discussions:follow-list",
        (LOGIN, 200, 200, 403, LOGIN, 200, 200),
        build=lambda cast: own_follow(cast) and {},
        state=follows,
    ),
    Row("discussions:follow-stop", (LOGIN, 302, 404, 403, LOGIN, 404, 404), method="post", build=own_follow, state=follows),
]
