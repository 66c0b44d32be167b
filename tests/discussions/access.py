from discussions import workflow
from discussions.models import Post, ReadMark, Thread
from tests.access import LOGIN, Row
from tests.discussions import making


def thread_of(cast) -> Thread:
    """The ambassador's private thread with somebody who is none of the cast."""
    from tests import make

    return workflow.start_private_thread(
        by=make.ambassador("Carla Costa"), to=cast.ambassador, subject="Our survey", body="Shall we?"
    )


def thread_kwargs(cast) -> dict:
    thread = thread_of(cast)
    return {"pk": thread.pk, "slug": thread.slug}


def hidden_space_of(cast) -> dict:
    """A hidden micro-community of the ambassador's."""
    return {"slug": making.micro(cast.ambassador, openness="hidden").slug}


#                                        visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("discussions:space-detail", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=hidden_space_of),
    Row("discussions:thread-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200)),
    Row("discussions:private-thread-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200)),
    Row("discussions:thread-start", (LOGIN, 200, 200, 403, LOGIN, 200, 200)),
    # Nobody writes to themselves: the way leads to one's own profile, of whose preview the button is a part.
    Row("discussions:thread-start", (LOGIN, 302, 200, 403, LOGIN, 200, 200), query="?to=alice-amadi", state=Thread.objects.count),
    Row(
        "discussions:thread-start",
        (LOGIN, 302, 404, 403, LOGIN, 302, 302),
        method="post",
        query="?to=bob-brandt",
        data=lambda cast: {"subject": "Our survey", "body": "Shall we?"},
        state=Thread.objects.count,
    ),
    Row(
        "discussions:thread-detail",
        (LOGIN, 200, 404, 403, LOGIN, 404, 404),
        build=thread_kwargs,
        state=lambda: list(ReadMark.objects.values_list("number", flat=True)),
    ),
    Row(
        "discussions:post-detail",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        build=lambda cast: {"pk": Post.objects.get(thread=thread_of(cast)).pk},
    ),
    Row(
        "discussions:post-reply",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=lambda cast: {"pk": thread_of(cast).pk},
        data=lambda cast: {"body": "Yes."},
        state=Post.objects.count,
    ),
    Row(
        "discussions:thread-read",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=lambda cast: {"pk": thread_of(cast).pk},
        data=lambda cast: {"number": "1"},
        state=lambda: list(ReadMark.objects.order_by("pk").values_list("person", "number")),
    ),
]
