from datetime import timedelta

from django.utils import timezone

from discussions.asking import questions, reading
from discussions.models import AskMeAbout, Post, Question, ReadingItem
from tests import make
from tests.access import LOGIN, Row
from tests.discussions import asking_making, making


def circle_of(cast):
    """A hidden micro-community of the ambassador's."""
    return making.micro(cast.ambassador, openness="hidden")


def prepared(cast) -> dict:
    return {"pk": asking_making.prepared(cast.ambassador, making.topic()).pk}


def opened(cast) -> dict:
    return {"pk": asking_making.opened(cast.ambassador, circle_of(cast)).pk}


def open_to_all(cast) -> dict:
    return {"pk": asking_making.opened(cast.ambassador, making.topic()).pk}


def asked(cast, space=None) -> Question:
    space = space or circle_of(cast)
    asker = make.ambassador("Carla Costa")
    if not space.is_topic:
        making.join(space, asker)
    return asking_making.ask(asking_making.opened(cast.ambassador, space), asker)[0]


def settled(cast) -> dict:
    question = asked(cast)
    questions.dismiss(question, by=cast.ambassador)
    return {"pk": question.pk}


def kwargs_of_asked(cast) -> dict:
    return {"pk": asked(cast).pk}


def named(cast) -> ReadingItem:
    """Something that the ambassador recommended in a hidden micro-community."""
    question = asked(cast)
    (post,) = questions.answer([(question, "<p>Read “The long table”.</p>")], by=cast.ambassador)
    return reading.lift(post, by=cast.ambassador, title="The long table")


def named_in_public(cast) -> dict:
    item = named(cast)
    reading.show_to_everybody(item, named=True, by=cast.ambassador)
    return {"pk": item.pk}


def states() -> list:
    return list(Question.objects.order_by("pk").values_list("status", "handed_to"))


def sessions() -> list:
    return list(AskMeAbout.objects.order_by("pk").values_list("pk", "status", "about", "closes_on"))


def form_of_a_session(cast) -> dict:
    today = timezone.localdate()
    return {
        "space": making.topic().pk,
        "subject": "Ask me about winters",
        "about": "Thirty of them",
        "introduction": "I have seen some.",
        "opens_on": (today + timedelta(days=3)).isoformat(),
        "opens_time": "09:00",
        "closes_on": (today + timedelta(days=9)).isoformat(),
        "zone": "UTC",
        "grace_days": "7",
        "follow_up_weeks": "6",
    }


#                                        visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("discussions:ask-me-about-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200), build=lambda cast: opened(cast) and {}),
    Row("discussions:ask-me-about-prepare", (LOGIN, 200, 200, 403, LOGIN, 200, 200)),
    Row(
        "discussions:ask-me-about-prepare",
        (LOGIN, 302, 302, 403, LOGIN, 302, 302),
        method="post",
        data=form_of_a_session,
        state=AskMeAbout.objects.count,
    ),
    Row("discussions:ask-me-about-detail", (LOGIN, 302, 404, 403, LOGIN, 404, 404), build=opened, state=sessions),
    Row("discussions:ask-me-about-edit", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=prepared, state=sessions),
    Row(
        "discussions:ask-me-about-edit",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=prepared,
        data=form_of_a_session,
        state=sessions,
    ),
    Row(
        "discussions:ask-me-about-announce",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=prepared,
        data=lambda cast: {"revision": "1"},
        state=sessions,
    ),
    Row("discussions:ask-me-about-open", (LOGIN, 302, 404, 403, LOGIN, 404, 404), method="post", build=prepared, state=sessions),
    Row("discussions:ask-me-about-discard", (LOGIN, 302, 404, 403, LOGIN, 404, 404), method="post", build=prepared, state=sessions),
    Row("discussions:ask-me-about-extend", (LOGIN, 200, 403, 403, LOGIN, 200, 200), build=open_to_all, state=sessions),
    Row(
        "discussions:ask-me-about-extend",
        (LOGIN, 302, 403, 403, LOGIN, 302, 302),
        method="post",
        build=open_to_all,
        data=lambda cast: {"closes_on": (timezone.localdate() + timedelta(days=20)).isoformat()},
        state=sessions,
    ),
    Row("discussions:question-list", (LOGIN, 200, 403, 403, LOGIN, 200, 200), build=open_to_all, state=states),
    Row(
        "discussions:question-list",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=lambda cast: {"pk": asked(cast).session_id},
        data=lambda cast: {f"answer-{Question.objects.get().pk}": "By listening."},
        state=Post.objects.count,
    ),
    Row("discussions:question-detail", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=kwargs_of_asked, state=states),
    Row("discussions:question-answer", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=kwargs_of_asked, state=states),
    Row(
        "discussions:question-answer",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=kwargs_of_asked,
        data=lambda cast: {"body": "By listening."},
        state=Post.objects.count,
    ),
    Row("discussions:question-peers", (LOGIN, 302, 404, 403, LOGIN, 404, 404), method="post", build=kwargs_of_asked, state=states),
    Row(
        "discussions:question-dismiss",
        (LOGIN, 302, 403, 403, LOGIN, 302, 302),
        method="post",
        build=lambda cast: {"pk": asked(cast, making.topic()).pk},
        state=states,
    ),
    Row("discussions:question-put-back", (LOGIN, 302, 404, 403, LOGIN, 404, 404), method="post", build=settled, state=states),
    Row("discussions:question-hand-over", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=kwargs_of_asked, state=states),
    Row(
        "discussions:question-hand-over",
        (LOGIN, 302, 403, 403, LOGIN, 302, 302),
        method="post",
        build=lambda cast: {"pk": asked(cast, making.topic()).pk},
        data=lambda cast: {"to": make.ambassador("Dora Dahl").name},
        state=states,
    ),
    Row("discussions:recommendation-list", (200, 200, 200, 200, 200, 200, 200), build=lambda cast: named_in_public(cast) and {}),
    Row("discussions:reading-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200), build=lambda cast: named(cast) and {}),
    Row(
        "discussions:reading-item-add",
        (LOGIN, 200, 404, 403, LOGIN, 404, 404),
        build=lambda cast: {"pk": asked(cast).post_id},
        state=ReadingItem.objects.count,
    ),
    Row(
        "discussions:reading-item-add",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=lambda cast: {"pk": asked(cast).post_id},
        data=lambda cast: {"title": "The long table"},
        state=ReadingItem.objects.count,
    ),
    Row(
        "discussions:reading-item-show",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=lambda cast: {"pk": named(cast).pk},
        data=lambda cast: {"named": "1"},
        state=lambda: list(ReadingItem.objects.values_list("is_named", flat=True)),
    ),
    Row(
        "discussions:reading-item-keep",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=named_in_public,
        state=lambda: list(ReadingItem.objects.values_list("is_named", flat=True)),
    ),
    Row(
        "discussions:reading-item-remove",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=lambda cast: {"pk": named(cast).pk},
        state=ReadingItem.objects.count,
    ),
]
