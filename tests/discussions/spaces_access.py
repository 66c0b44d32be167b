"""Who gets what from the addresses of spaces. The ambassador leads what a row builds; the outsider is an active member beside it."""

from ambassadors.models import User
from discussions.models import Space, SpaceRequest, SpaceRole
from discussions.spaces import joining
from tests.access import LOGIN, Row
from tests.discussions import making


def closed(cast) -> dict:
    """A closed micro-community: its name and purpose are known."""
    return {"slug": making.micro(cast.ambassador).slug}


def hidden(cast) -> dict:
    return {"slug": making.micro(cast.ambassador, openness="hidden").slug}


def open_to_all(cast) -> dict:
    """An open one of somebody else's, which everybody may join."""
    return {"slug": making.micro(making.host("Lena Leader"), openness="open").slug}


def with_two_leaders(cast) -> dict:
    space = making.micro(cast.ambassador, openness="hidden")
    making.join(space, making.host("Lena Leader"), "leader")
    return {"slug": space.slug}


def with_a_participant(cast) -> dict:
    space = making.micro(cast.ambassador)
    return {"slug": space.slug, "pk": making.join(space, making.host("Petra Part")).pk}


def left_by_its_leader(cast) -> dict:
    """Nobody leads it any more; the ambassador is in it."""
    leader = making.host("Lena Leader")
    space = making.micro(leader)
    making.join(space, cast.ambassador)
    User.objects.filter(pk=leader.pk).update(is_active=False)
    return {"slug": space.slug}


def ended(cast) -> dict:
    space = making.micro(cast.ambassador)
    Space.objects.filter(pk=space.pk).update(status="ended")
    return {"slug": space.slug}


def request_to(cast) -> dict:
    """Somebody asks to be let into the ambassador's space."""
    space = making.micro(cast.ambassador)
    asked = joining.ask_to_join(space, by=making.host("Asta Asker"), role="participant")
    return {"slug": space.slug, "pk": asked.pk}


def request_of(cast) -> dict:
    """The ambassador asks to be let into somebody's space."""
    space = making.micro(making.host("Lena Leader"))
    return {"slug": space.slug, "pk": joining.ask_to_join(space, by=cast.ambassador, role="participant").pk}


def roles() -> list:
    return sorted(SpaceRole.objects.values_list("person__name", "role"))


def requests() -> list:
    return list(SpaceRequest.objects.order_by("pk").values_list("role", "status", "answer"))


def spaces() -> list:
    return list(Space.objects.order_by("pk").values_list("name", "status", "purpose"))


NEW = {"name": "Winter school", "purpose": "To meet once a year.", "openness": "closed"}
#                                        visitor ambassador outsider alumnus removed staff superuser
EVERY_MEMBER = (LOGIN, 200, 200, 403, LOGIN, 200, 200)
LEADER_OF_CLOSED = (LOGIN, 200, 403, 403, LOGIN, 403, 403)
LEADER_POSTS = (LOGIN, 302, 403, 403, LOGIN, 403, 403)
ROWS = [
    Row("discussions:space-list", EVERY_MEMBER),
    Row("discussions:space-list", EVERY_MEMBER, query="?show=ended"),
    Row("discussions:space-start", EVERY_MEMBER),
    Row("discussions:space-start", (LOGIN, 403, 403, 403, LOGIN, 200, 200), query="?kind=topic"),
    Row(
        "discussions:space-start",
        (LOGIN, 302, 302, 403, LOGIN, 302, 302),
        method="post",
        data=lambda cast: NEW,
        state=Space.objects.count,
    ),
    Row("discussions:space-detail", EVERY_MEMBER, build=closed),
    Row("discussions:space-people", LEADER_OF_CLOSED, build=closed),
    Row("discussions:space-person-list", LEADER_OF_CLOSED, build=closed, query="?q=pe"),
    Row("discussions:space-people", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=hidden),
    Row("discussions:space-history", LEADER_OF_CLOSED, build=closed),
    Row(
        "discussions:space-join",
        (LOGIN, 302, 302, 403, LOGIN, 302, 302),
        method="post",
        build=open_to_all,
        state=roles,
    ),
    Row("discussions:space-ask", (LOGIN, 403, 200, 403, LOGIN, 200, 200), build=closed),
    Row(
        "discussions:space-ask",
        (LOGIN, 403, 302, 403, LOGIN, 302, 302),
        method="post",
        build=closed,
        data=lambda cast: {"role": "advisor", "words": "Please"},
        state=requests,
    ),
    Row("discussions:space-invite", LEADER_OF_CLOSED, build=closed),
    Row(
        "discussions:space-invite",
        LEADER_POSTS,
        method="post",
        build=closed,
        data=lambda cast: {"person": "bob-brandt", "role": "advisor"},
        state=requests,
    ),
    Row("discussions:space-leave", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=with_two_leaders),
    Row("discussions:space-leave", (LOGIN, 302, 404, 403, LOGIN, 404, 404), method="post", build=with_two_leaders, state=roles),
    Row("discussions:space-lead", LEADER_POSTS, method="post", build=left_by_its_leader, state=roles),
    Row("discussions:space-edit", LEADER_OF_CLOSED, build=closed),
    Row(
        "discussions:space-edit",
        LEADER_POSTS,
        method="post",
        build=closed,
        data=lambda cast: NEW,
        state=spaces,
    ),
    Row(
        "discussions:space-role-change",
        LEADER_POSTS,
        method="post",
        build=with_a_participant,
        data=lambda cast: {"roles": ["advisor"]},
        state=roles,
    ),
    Row("discussions:space-hand-over", LEADER_OF_CLOSED, build=closed),
    Row(
        "discussions:space-hand-over",
        LEADER_POSTS,
        method="post",
        build=lambda cast: {"slug": with_a_participant(cast)["slug"]},
        data=lambda cast: {"person": str(making.host("Petra Part").pk)},
        state=requests,
    ),
    Row("discussions:space-end", LEADER_OF_CLOSED, build=closed),
    Row(
        "discussions:space-end",
        LEADER_POSTS,
        method="post",
        build=closed,
        data=lambda cast: {"outcome_note": "A page."},
        state=spaces,
    ),
    Row("discussions:space-reopen", LEADER_POSTS, method="post", build=ended, state=spaces),
    *[
        Row(
            f"discussions:space-request-{act}",
            (LOGIN, 302, 404, 403, LOGIN, 404, 404),
            method="post",
            build=request_of if act == "withdraw" else request_to,
            data=lambda cast: {"answer": "So be it."},
            state=requests,
        )
        for act in ("accept", "decline", "withdraw")
    ],
]
