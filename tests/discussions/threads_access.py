from discussions import workflow
from discussions.models import Participant, Post, Thread
from discussions.threads import helping
from tests import make
from tests.access import LOGIN, Row
from tests.discussions import making


def space_thread(cast) -> dict:
    topic = making.topic()
    return {"subject": "A question", "body": "Who knows?", "space": topic.slug, "kind": "question"}


def private_thread(cast) -> Thread:
    """The ambassador's, with somebody who is none of the cast."""
    carla = make.ambassador("Carla Costa")
    return workflow.start_private_thread(by=carla, to=cast.ambassador, subject="Our survey", body="Shall we?")


def in_it(cast) -> dict:
    return {"pk": private_thread(cast).pk}


def answer(cast) -> Post:
    """An answer to the ambassador's question in a topic."""
    thread = making.thread(making.topic(), cast.ambassador, kind="question")
    return workflow.reply(thread, by=make.ambassador("Carla Costa"), body="Yes.")


def marked(cast) -> dict:
    post = answer(cast)
    helping.mark_helpful(post, by=cast.ambassador)
    return {"pk": post.thread_id}


def seats() -> int:
    return Participant.objects.count()


def helped() -> list:
    return list(Thread.objects.values_list("helped", flat=True))


def newcomer(cast) -> dict:
    return {"names": make.ambassador("Dora Dahl").name}


#                                        visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row(
        "discussions:thread-start",
        (LOGIN, 302, 302, 403, LOGIN, 302, 302),
        method="post",
        data=space_thread,
        state=Thread.objects.count,
    ),
    Row("discussions:participant-list", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=in_it, state=seats),
    Row(
        "discussions:participant-add",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=in_it,
        data=newcomer,
        state=seats,
    ),
    Row("discussions:participant-leave", (LOGIN, 302, 404, 403, LOGIN, 404, 404), method="post", build=in_it, state=seats),
    # Whoever asked says what helped, and the support team, which leads the topics.
    Row(
        "discussions:post-mark-helpful",
        (LOGIN, 302, 403, 403, LOGIN, 302, 302),
        method="post",
        build=lambda cast: {"pk": answer(cast).pk},
        state=helped,
    ),
    Row("discussions:thread-clear-helpful", (LOGIN, 302, 403, 403, LOGIN, 302, 302), method="post", build=marked, state=helped),
]
