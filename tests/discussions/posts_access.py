"""What is done with posts: the ambassador of the cast wrote in a private thread with Carla, who answered."""

from discussions import workflow
from discussions.models import Bookmark, Draft, Post, Thanks, Thread
from discussions.posts import workflow as posts
from discussions.posts.beginnings import save_beginning
from discussions.posts.drafts import save_draft
from tests.access import LOGIN, Row
from tests.discussions.access import thread_of

PARTIES = (LOGIN, 302, 404, 403, LOGIN, 404, 404)


def theirs(cast) -> dict:
    """Carla's words."""
    return {"pk": Post.objects.get(thread=thread_of(cast)).pk}


def own(cast) -> dict:
    """The ambassador's own words."""
    return {"pk": workflow.reply(thread_of(cast), by=cast.ambassador, body="I think so.").pk}


def taken_back(cast) -> dict:
    kwargs = own(cast)
    posts.withdraw(Post.objects.get(**kwargs), by=cast.ambassador)
    return kwargs


def edited(cast) -> dict:
    kwargs = own(cast)
    posts.edit(Post.objects.get(**kwargs), by=cast.ambassador, body="I know so.", revision=1)
    return kwargs


def thanked(cast) -> dict:
    kwargs = theirs(cast)
    posts.thank(Post.objects.get(**kwargs), by=cast.ambassador)
    return kwargs


def kept(cast) -> dict:
    kwargs = theirs(cast)
    posts.keep(Post.objects.get(**kwargs), by=cast.ambassador)
    return kwargs


def mark(cast) -> dict:
    kept(cast)
    return {"pk": Bookmark.objects.get(person=cast.ambassador).pk}


def in_thread(cast) -> dict:
    return {"pk": thread_of(cast).pk}


def begun(cast) -> dict:
    kwargs = in_thread(cast)
    save_draft(Thread.objects.get(**kwargs), by=cast.ambassador, body="<p>Hm.</p>")
    return kwargs


def all_began(cast) -> dict:
    """Everybody has begun something, in a space and to somebody."""
    for person in (cast.ambassador, cast.outsider, cast.alumnus, cast.staff, cast.superuser):
        save_beginning(by=person, subject="Tides", body="<p>Hm.</p>")
        save_beginning(by=person, to="bob-brandt", body="<p>Hm.</p>")
    return {}


def drafts_of_all():
    return list(Draft.objects.order_by("pk").values_list("person", "to"))


def states():
    return list(Post.objects.order_by("pk").values_list("pk", "status", "revision"))


#                                             visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("discussions:post-edit", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=own, state=states),
    Row("discussions:post-edit", (LOGIN, 403, 404, 403, LOGIN, 404, 404), build=theirs, state=states),
    Row(
        "discussions:post-edit",
        PARTIES,
        method="post",
        build=own,
        data=lambda cast: {"body": "I know so.", "revision": "1"},
        state=states,
    ),
    Row("discussions:revision-list", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=edited),
    Row("discussions:post-withdraw", PARTIES, method="post", build=own, state=states),
    Row("discussions:post-withdraw", (LOGIN, 403, 404, 403, LOGIN, 404, 404), method="post", build=theirs, state=states),
    Row("discussions:post-put-back", PARTIES, method="post", build=taken_back, state=states),
    Row("discussions:post-thank", PARTIES, method="post", build=theirs, state=Thanks.objects.count),
    Row("discussions:post-unthank", PARTIES, method="post", build=thanked, state=Thanks.objects.count),
    Row("discussions:post-keep", PARTIES, method="post", build=theirs, state=Bookmark.objects.count),
    Row("discussions:post-let-go", PARTIES, method="post", build=kept, state=Bookmark.objects.count),
    Row("discussions:bookmark-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200), build=lambda cast: kept(cast) and {}),
    Row("discussions:bookmark-delete", PARTIES, method="post", build=mark, state=Bookmark.objects.count),
]

ROWS += [
    Row("discussions:post-quote", (LOGIN, 302, 404, 403, LOGIN, 404, 404), build=theirs),
    Row(
        "discussions:post-preview",
        (LOGIN, 200, 404, 403, LOGIN, 404, 404),
        method="post",
        data=lambda cast: {"body": "Hm.", "thread": str(thread_of(cast).pk)},
        state=Draft.objects.count,
    ),
    Row(
        "discussions:draft-save",
        (LOGIN, 204, 404, 403, LOGIN, 404, 404),
        method="post",
        build=in_thread,
        data=lambda cast: {"body": "Hm."},
        state=Draft.objects.count,
    ),
    Row("discussions:draft-delete", PARTIES, method="post", build=begun, state=Draft.objects.count),
    Row(
        "discussions:beginning-save",
        (LOGIN, 204, 204, 403, LOGIN, 204, 204),
        method="post",
        data=lambda cast: {"to": "", "subject": "Tides", "body": "Hm."},
        state=Draft.objects.count,
    ),
    Row(
        "discussions:beginning-delete", (LOGIN, 302, 302, 403, LOGIN, 302, 302), method="post", build=all_began, state=drafts_of_all
    ),
    Row("discussions:mention-list", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=in_thread, query="?q=c"),
]
