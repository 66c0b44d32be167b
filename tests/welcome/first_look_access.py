from ambassadors.models import User
from discussions.models import Post, Space
from tests import make
from tests.access import LOGIN, Row
from tests.discussions import making
from tests.welcome import looking
from welcome.first_look import improving, preparing
from welcome.models import FirstLook, Improvement, LookAnswer, LookPair, LookSeat


def friend() -> User:
    return User.objects.filter(name="Fay Friend").first() or make.ambassador("Fay Friend")


def hidden(cast, *others) -> Space:
    """A hidden micro-community of the ambassador's, of which the staff of the cast are none."""
    space = making.micro(cast.ambassador, openness="hidden")
    for person in others:
        making.join(space, person)
    return space


def helper(cast) -> User:
    """Somebody of the support team who sits in that space."""
    return User.objects.filter(name="Tessa Two").first() or make.second()


def prepared(cast) -> dict:
    return {"pk": looking.look(cast.staff, cast.ambassador, friend()).pk}


def paired(cast) -> dict:
    pk = prepared(cast)["pk"]
    preparing.make_pair(FirstLook.objects.get(pk=pk), [cast.ambassador.pk, friend().pk], by=cast.staff)
    return {"pk": pk}


def opened(cast) -> dict:
    return {"pk": looking.pair(cast.staff, cast.ambassador, friend()).look_id}


def opened_in_hidden(cast) -> dict:
    """In a space which the ambassador, her friend and one of the team read."""
    team = helper(cast)
    space = hidden(cast, friend(), team)
    return {"pk": looking.pair(team, cast.ambassador, friend(), in_space=space).look_id}


def own_pair(cast) -> dict:
    return {"pk": looking.pair(cast.staff, cast.ambassador, friend()).pk}


def lone_pair(cast) -> dict:
    """The ambassador alone in a pair, and somebody who waits."""
    pair = looking.pair(cast.staff, cast.ambassador, friend())
    preparing.take_out(LookSeat.objects.get(pair=pair, person=friend()), by=cast.staff)
    return {"pk": pair.pk}


def seat(cast) -> dict:
    return {"pk": LookSeat.objects.get(pair=own_pair(cast)["pk"], person=friend()).pk}


def an_answer(cast) -> dict:
    pair = looking.sent(cast.staff, cast.ambassador, friend())
    return {"pk": LookAnswer.objects.filter(pair=pair).earliest("pk").pk}


def new(cast) -> dict:
    return {"pk": looking.improvement(cast.staff, cast.ambassador, friend()).pk}


def done(cast) -> dict:
    pk = new(cast)["pk"]
    improving.finish(Improvement.objects.get(pk=pk), by=cast.staff)
    return {"pk": pk}


def two_of_them(cast) -> dict:
    looking.sent(cast.staff, cast.outsider, make.ambassador("Gus Guest"), a4="The very same.")
    return new(cast)


def form(cast) -> dict:
    questions = {f"parts_{number}": "1" for number in range(1, 6)} | {"text_1": "What surprised you?"}
    return {"title": "Fresh eyes", "space": looking.space().pk, "due_on": "2099-05-01", "teams": "", **questions}


def looks() -> list[tuple]:
    return list(FirstLook.objects.order_by("pk").values_list("title", "status"))


def seats() -> list[tuple]:
    return list(LookSeat.objects.order_by("pk").values_list("person", "pair", "stepped_back_at"))


def answers() -> list[tuple]:
    return [*LookAnswer.objects.order_by("pk").values_list("words"), *LookPair.objects.order_by("pk").values_list("status")]


def improvements() -> list[tuple]:
    return list(Improvement.objects.order_by("pk").values_list("status", "owner", "merged_into"))


def there(build):
    """Something that a list shows."""

    def made(cast) -> dict:
        build(cast)
        return {}

    return made


def with_space(cast) -> dict:
    looking.space()
    return {}


MEMBERS = (LOGIN, 200, 200, 403, LOGIN, 200, 200)
TEAM = (LOGIN, 403, 403, 403, LOGIN, 200, 200)
BY_TEAM = (LOGIN, 403, 403, 403, LOGIN, 302, 302)
UNKNOWN = (LOGIN, 404, 404, 403, LOGIN, 302, 302)  # before it opens nobody else may know of it
OWN = (LOGIN, 200, 404, 403, LOGIN, 404, 404)
BY_OWN = (LOGIN, 302, 404, 403, LOGIN, 404, 404)


def post(name: str, expect: tuple, build, state, data=None) -> Row:
    return Row(f"welcome:{name}", expect, method="post", build=build, state=state, data=data or (lambda cast: {}))


#                                        visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("welcome:first-look-list", MEMBERS, build=there(opened)),
    Row("welcome:first-look-detail", MEMBERS, build=opened),
    Row("welcome:first-look-detail", (LOGIN, 404, 404, 403, LOGIN, 200, 200), build=prepared),
    Row("welcome:first-look-detail", OWN, build=opened_in_hidden),
    Row("welcome:first-look-start", TEAM, build=with_space),
    post("first-look-start", BY_TEAM, with_space, FirstLook.objects.count, form),
    Row("welcome:first-look-edit", TEAM, build=opened),
    post("first-look-edit", UNKNOWN, prepared, looks, form),
    Row("welcome:first-look-prepare", TEAM, build=opened),
    Row("welcome:first-look-prepare", (LOGIN, 403, 404, 403, LOGIN, 404, 404), build=opened_in_hidden),
    post("first-look-invite", UNKNOWN, prepared, seats, lambda cast: {"names": "Bob Brandt"}),
    post("look-pair-make", UNKNOWN, prepared, seats, lambda cast: {"people": [cast.ambassador.pk, friend().pk]}),
    post("look-pair-suggest", UNKNOWN, prepared, seats),
    post("first-look-open", UNKNOWN, paired, looks),
    post("first-look-close", BY_TEAM, opened, looks),
    post("look-seat-release", (LOGIN, 403, 404, 403, LOGIN, 302, 302), seat, seats),
    post("look-pair-join", (LOGIN, 403, 404, 403, LOGIN, 302, 302), lone_pair, seats, lambda cast: {"person": friend().pk}),
    Row("welcome:look-pair-detail", OWN, build=own_pair, state=answers),
    post("look-pair-save", BY_OWN, own_pair, answers, lambda cast: {"answer_1": "Somebody answers.", "revision_1": "0"}),
    post("look-pair-send", BY_OWN, own_pair, answers, lambda cast: {"answer_1": "Somebody answers.", "revision_1": "0"}),
    post("look-pair-leave", BY_OWN, own_pair, seats),
    Row("welcome:look-answer-reply", MEMBERS, build=an_answer, state=Post.objects.count),
    post(
        "look-answer-reply",
        (LOGIN, 302, 302, 403, LOGIN, 302, 302),
        an_answer,
        Post.objects.count,
        lambda cast: {"body": "Same here."},
    ),
    Row("welcome:improvement-list", MEMBERS, build=there(new)),
    Row("welcome:improvement-detail", MEMBERS, build=new),
    post("improvement-plan", BY_TEAM, new, improvements),
    post("improvement-take", BY_TEAM, new, improvements),
    post("improvement-finish", BY_TEAM, new, improvements, lambda cast: {"note": "It has three fields now."}),
    post("improvement-put-off", BY_TEAM, new, improvements, lambda cast: {"note": "After the summer."}),
    post("improvement-reopen", BY_TEAM, done, improvements),
    post(
        "improvement-merge",
        BY_TEAM,
        two_of_them,
        improvements,
        lambda cast: {"into": Improvement.objects.exclude(answer__pair__seats__person=cast.ambassador).get().pk},
    ),
]
