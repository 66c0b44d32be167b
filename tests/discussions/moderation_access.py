"""Reports: the ambassador of the cast made one about Carla's words; whoever handles it sees it beside them."""

from discussions.models import Post, Report, ReportNote
from discussions.moderation import reporting
from discussions.moderation.duties import give_duty
from tests import make
from tests.access import LOGIN, Row
from tests.discussions import making
from tests.discussions.access import thread_of


def private_post(cast) -> dict:
    return {"pk": Post.objects.get(thread=thread_of(cast)).pk}


def report_of(cast, by=None) -> Report:
    """A report about a post in a topic, by the ambassador. The superuser has the duty to handle it; staff lead the topic."""
    give_duty(cast.superuser, by=cast.superuser)
    thread = making.thread(making.topic(), make.ambassador("Carla Costa"))
    return reporting.report(Post.objects.get(thread=thread), by=by or cast.ambassador, reason="unkind", words="Please look.")


def report_kwargs(cast) -> dict:
    return {"pk": report_of(cast).pk}


def reported_to_the_ambassador(cast) -> dict:
    """The same, and the ambassador has the duty: somebody else reported."""
    give_duty(cast.ambassador, by=cast.superuser)
    return {"pk": report_of(cast, by=make.ambassador("Fay Friend")).pk}


def in_hand_of_the_ambassador(cast) -> dict:
    kwargs = reported_to_the_ambassador(cast)
    reporting.take(Report.objects.get(**kwargs), by=cast.ambassador)
    return kwargs


def states():
    return list(Report.objects.order_by("pk").values_list("status", "outcome"))


#                                                visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("discussions:post-report", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=private_post, state=Report.objects.count),
    Row(
        "discussions:post-report",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=private_post,
        data=lambda cast: {"reason": "unkind", "words": ""},
        state=Report.objects.count,
    ),
    Row("discussions:report-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200)),
    # The support team leads the topic that the post stands in.
    Row("discussions:report-detail", (LOGIN, 200, 404, 403, LOGIN, 200, 200), build=report_kwargs),
    Row(
        "discussions:report-take",
        (LOGIN, 302, 404, 403, LOGIN, 302, 302),
        method="post",
        build=reported_to_the_ambassador,
        state=states,
    ),
    Row(
        "discussions:report-give-back",
        (LOGIN, 302, 404, 403, LOGIN, 403, 403),
        method="post",
        build=in_hand_of_the_ambassador,
        state=states,
    ),
    Row("discussions:report-withdraw", (LOGIN, 302, 404, 403, LOGIN, 403, 403), method="post", build=report_kwargs, state=states),
    Row(
        "discussions:report-note",
        (LOGIN, 302, 404, 403, LOGIN, 302, 302),
        method="post",
        build=reported_to_the_ambassador,
        data=lambda cast: {"words": "I wrote to her."},
        state=ReportNote.objects.count,
    ),
    Row(
        "discussions:report-settle",
        (LOGIN, 302, 404, 403, LOGIN, 302, 302),
        method="post",
        build=reported_to_the_ambassador,
        data=lambda cast: {"acted": "yes", "outcome": "She has changed it."},
        state=states,
    ),
]
