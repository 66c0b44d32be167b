"""Reports: the ambassador of the cast made one about Carla's words; whoever handles it sees it beside them."""

from discussions.models import Block, Measure, Post, Report, ReportNote, Thread
from discussions.moderation import blocking, measures, reporting, workflow
from discussions.moderation.duties import give_duty
from foundation import tokens
from foundation.models import Token
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


def led_thread(cast) -> Thread:
    """A thread of the outsider's in a closed micro-community that the ambassador leads. Staff have no part in it."""
    space = making.micro(cast.ambassador)
    making.join(space, cast.outsider)
    thread = making.thread(space, cast.outsider)
    making.talk(thread, cast.outsider)
    return thread


def led_kwargs(cast) -> dict:
    return {"pk": led_thread(cast).pk}


def led_after(act, **fields):
    """The same, after something was done with it."""

    def build(cast) -> dict:
        thread = led_thread(cast)
        act(thread, by=cast.ambassador, **fields)
        return {"pk": thread.pk}

    return build


def led_post(cast, *, hidden: bool = False) -> dict:
    post = Post.objects.get(thread=led_thread(cast), number=2)
    if hidden:
        workflow.hide_post(post, by=cast.ambassador, reason="It names a family.")
    return {"pk": post.pk}


def threads():
    return list(Thread.objects.order_by("pk").values_list("status", "pinned_at"))


def posts():
    return list(Post.objects.order_by("pk").values_list("status", flat=True))


def open_thread(cast) -> Thread:
    """Likewise in an open one, so that everybody sees it; and another thread there to merge it into."""
    space = making.micro(cast.ambassador, openness="open")
    thread = making.thread(space, cast.ambassador)
    making.talk(thread, cast.ambassador)
    making.thread(space, cast.ambassador, subject="The other one")
    return thread


def open_kwargs(cast) -> dict:
    return {"pk": open_thread(cast).pk}


def places():
    return list(Post.objects.order_by("pk").values_list("thread", "number", "thread__space"))


def blocked_by_the_ambassador(cast) -> dict:
    blocking.block(cast.outsider, by=cast.ambassador)
    return {"pk": cast.outsider.pk}


def about_the_outsider(cast) -> dict:
    """A warning that somebody of the team, who is none of the cast, proposes."""
    return {"pk": measures.propose(cast.outsider, "warning", by=make.second(), reason="So.").pk}


def about_the_ambassador(cast) -> dict:
    """A warning of the ambassador, in force, about which they have appealed."""
    first, second = make.second(), make.second()
    measure = measures.propose(cast.ambassador, "warning", by=first, reason="So.")
    measures.agree(measure, by=second)
    measures.appeal(measure, "It was my namesake.")
    return {"pk": measure.pk}


def appeal_link(cast) -> dict:
    measure = measures.propose(cast.ambassador, "warning", by=make.second(), reason="So.")
    measures.agree(measure, by=make.second())
    return {"token": tokens.text_of(Token.objects.filter(purpose=measures.APPEAL_LINK.name).latest("pk"))}


def decided():
    return list(Measure.objects.order_by("pk").values_list("status", "appeal", "answer"))


TEAM = (LOGIN, 404, 404, 403, LOGIN, 302, 302)
SEEN = (LOGIN, 200, 403, 403, LOGIN, 403, 403)
SEEN_DONE = (LOGIN, 302, 403, 403, LOGIN, 403, 403)
WHY = {"reason": "It names a family."}
LEADS = (LOGIN, 200, 403, 403, LOGIN, 404, 404)  # the outsider is in the space, and does not lead it
DONE = (LOGIN, 302, 403, 403, LOGIN, 404, 404)


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
    Row("discussions:thread-lock", LEADS, build=led_kwargs, state=threads),
    Row("discussions:thread-lock", DONE, method="post", build=led_kwargs, data=lambda cast: WHY, state=threads),
    Row("discussions:thread-unlock", DONE, method="post", build=led_after(workflow.lock), state=threads),
    Row("discussions:thread-pin", DONE, method="post", build=led_kwargs, state=threads),
    Row("discussions:thread-unpin", DONE, method="post", build=led_after(workflow.pin), state=threads),
    Row("discussions:thread-hide", LEADS, build=led_kwargs, state=threads),
    Row("discussions:thread-hide", DONE, method="post", build=led_kwargs, data=lambda cast: WHY, state=threads),
    # A hidden thread is not there for who does not lead its space.
    Row(
        "discussions:thread-restore",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=led_after(workflow.hide_thread, reason="It names a family."),
        state=threads,
    ),
    Row("discussions:thread-history", LEADS, build=led_kwargs),
    Row("discussions:post-hide", LEADS, build=led_post, state=posts),
    Row("discussions:post-hide", DONE, method="post", build=led_post, data=lambda cast: WHY, state=posts),
    Row("discussions:post-restore", DONE, method="post", build=lambda cast: led_post(cast, hidden=True), state=posts),
    Row("discussions:thread-move", SEEN, build=open_kwargs, state=places),
    Row(
        "discussions:thread-move",
        SEEN_DONE,
        method="post",
        build=open_kwargs,
        data=lambda cast: {"space": making.topic("The kettle").pk},
        state=places,
    ),
    Row("discussions:thread-split", SEEN, build=open_kwargs, state=places),
    Row(
        "discussions:thread-split",
        SEEN_DONE,
        method="post",
        build=open_kwargs,
        data=lambda cast: {"subject": "Lunch", "posts": [Post.objects.get(number=2).pk]},
        state=places,
    ),
    Row("discussions:thread-merge", SEEN, build=open_kwargs, state=places),
    Row(
        "discussions:thread-merge",
        SEEN_DONE,
        method="post",
        build=open_kwargs,
        data=lambda cast: {"into": Thread.objects.get(subject="The other one").pk},
        state=places,
    ),
    Row(
        "discussions:block-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200), build=lambda cast: blocked_by_the_ambassador(cast) and {}
    ),
    # Nobody blocks themselves.
    Row(
        "discussions:block-add",
        (LOGIN, 302, 404, 403, LOGIN, 302, 302),
        method="post",
        build=lambda cast: {"pk": cast.outsider.pk},
        state=Block.objects.count,
    ),
    Row(
        "discussions:block-remove",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=blocked_by_the_ambassador,
        state=Block.objects.count,
    ),
    Row("discussions:measure-list", (LOGIN, 403, 403, 403, LOGIN, 200, 200), build=lambda cast: about_the_outsider(cast) and {}),
    Row(
        # From the preview of one's own profile, where the button leads to the support team's form, one comes back to the profile.
        "discussions:measure-propose",
        (LOGIN, 403, 302, 403, LOGIN, 200, 200),
        build=lambda cast: {"pk": cast.outsider.ambassador.pk},
        state=decided,
    ),
    Row(
        "discussions:measure-propose",
        (LOGIN, 403, 403, 403, LOGIN, 302, 302),
        method="post",
        build=lambda cast: {"pk": cast.outsider.ambassador.pk},
        data=lambda cast: {"kind": "warning", "reason": "So."},
        state=decided,
    ),
    # The person reads what is in force about them, and the support team everything.
    Row("discussions:measure-detail", (LOGIN, 200, 404, 403, LOGIN, 200, 200), build=about_the_ambassador, state=decided),
    Row("discussions:measure-agree", TEAM, method="post", build=about_the_outsider, state=decided),
    Row("discussions:measure-drop", TEAM, method="post", build=about_the_outsider, state=decided),
    Row(
        "discussions:measure-answer",
        (LOGIN, 403, 404, 403, LOGIN, 302, 302),
        method="post",
        build=about_the_ambassador,
        data=lambda cast: {"lifts": "yes", "words": "I am sorry."},
        state=decided,
    ),
    # Whoever holds the link may be shut out: it speaks for them.
    Row("discussions:appeal-make", (200,) * 7, build=appeal_link, state=decided),
    Row(
        "discussions:appeal-make",
        (200,) * 7,
        method="post",
        build=appeal_link,
        data=lambda cast: {"words": "It was my namesake."},
        state=decided,
    ),
]
