"""The pages of spaces: what each reader finds there, and that who may not know of one learns nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from correspondence import outbox
from correspondence.models import OutgoingMail
from discussions.models import Space, SpaceRequest, SpaceRole, Thread
from discussions.spaces import due, joining
from foundation.desk import cards_for
from tests import make
from tests.discussions import making

pytestmark = pytest.mark.django_db
LIST = "/spaces/"
PAGE_QUERIES = 18  # with what other parts add to it


@pytest.fixture
def as_alice(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def as_bob(bob):
    client = Client()
    client.force_login(bob)
    return client


def page(client, url: str) -> str:
    return client.get(url).content.decode()


def roles_in(space) -> set[tuple[str, str]]:
    return set(SpaceRole.objects.filter(space=space).values_list("person__name", "role"))


def test_beginning_one_makes_its_leader(as_alice):
    today = timezone.localdate()
    answer = as_alice.post(
        "/spaces/new/",
        {
            "name": "Winter school",
            "purpose": "To meet once a year.",
            "outcome": "A programme.",
            "openness": "closed",
            "starts_on": today,
            "ends_on": today + timedelta(days=30),
        },
    )

    space = Space.objects.get()
    assert answer.url == "/spaces/winter-school/"
    assert (space.openness, space.outcome, space.ends_on) == ("closed", "A programme.", today + timedelta(days=30))
    assert roles_in(space) == {("Alice Amadi", "leader")}
    shown = page(as_alice, answer.url)
    assert [word for word in ("A programme.", "30 days left", "Leader", "Begin a conversation") if word not in shown] == []


def test_an_end_before_the_beginning_is_refused_beside_its_field(as_alice):
    today = timezone.localdate()
    asked = {"name": "N", "purpose": "P", "openness": "open", "starts_on": today, "ends_on": today - timedelta(days=1)}

    answer = as_alice.post("/spaces/new/", asked)

    assert answer.context["form"].errors == {"ends_on": ["It cannot end before it begins."]}
    assert Space.objects.count() == 0


@pytest.mark.row("E1")
def test_outside_a_closed_one_its_name_and_purpose_are_all_there_is(as_alice, as_bob, alice, bob):
    space = making.micro(alice)
    thread = making.thread(space, alice, subject="What the caterer said", body="Soup again.")
    words = ("What the caterer said", "Soup again.", "Alice Amadi")

    inside, outside = page(as_alice, space.get_absolute_url()), page(as_bob, space.get_absolute_url())

    assert [word for word in ("What the caterer said", "Alice Amadi") if word not in inside] == []
    assert [word for word in ("Winter school", "To get winter school done.") if word not in outside] == []
    assert [word for word in words if word in outside + page(as_bob, LIST) + page(as_bob, "/discussions/")] == []
    found = as_bob.get("/search/", {"q": "caterer"}).content.decode()
    assert as_bob.get(thread.get_absolute_url()).status_code == 404
    assert thread.get_absolute_url() not in found
    assert not OutgoingMail.objects.filter(person=bob).exists()


MOMENT = re.compile(r"'[-0-9]+T[0-9:.+]+'")
PAGES = ["", "people/", "people/named/", "history/", "ask/", "invite/", "leave/", "edit/", "hand-over/", "end/"]
POSTS = ["join/", "ask/", "lead/", "reopen/", "people/1/", "requests/1/accept/", "requests/1/decline/", "requests/1/withdraw/"]


@pytest.mark.row("R20")
def test_a_hidden_one_answers_like_one_that_never_was(as_bob, alice):
    """The same bytes after the same statements: neither the text nor the time tells them apart."""
    space = making.micro(alice, openness="hidden")
    addresses = [*(("get", part) for part in PAGES), *(("post", part) for part in POSTS)]
    as_bob.get("/spaces/nothing/")  # whatever is read once a process is read

    there, nowhere = (
        {address: told(as_bob, address[0], slug, address[1]) for address in addresses}
        for slug in (space.slug, "x" * len(space.slug))
    )

    assert there == nowhere
    assert {status for status, _text, _statements in there.values()} == {404}


def told(client, method: str, slug: str, part: str) -> tuple[int, str, list[str]]:
    with CaptureQueriesContext(connection) as asked:
        answer = getattr(client, method)(f"/spaces/{slug}/{part}")
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(slug, "")
    return answer.status_code, text, [MOMENT.sub("", query["sql"].replace(slug, "")) for query in asked]


# Two sibling spaces, and what each person gets of the first: its page, its people, a thread, a post, an answer; and whether the lists
# of spaces and of threads name it. "leader" … are of the first, "sibling" leads the second and is nobody in the first.
ADDRESSES = ("space", "people", "thread", "post", "reply", "history", "in list", "in talk")
IN = (200, 200, 200, 302, 302, 403, True, True)
READS = (200, 200, 200, 302, 403, 403, True, True)
LEADS = (200, 200, 200, 302, 302, 200, True, True)
KNOWS = (200, 403, 404, 404, 404, 403, True, False)
NOTHING = (404, 404, 404, 404, 404, 404, False, False)
ISOLATION = {
    "open": {
        "leader": LEADS,
        "participant": IN,
        "advisor": IN,
        "promoter": READS,
        "sibling": READS,
        "outsider": READS,
        "staff": READS,
        "asker": READS,
        "invited": READS,
        "taken out": READS,
    },
    "closed": {
        "leader": LEADS,
        "participant": IN,
        "advisor": IN,
        "promoter": READS,
        "sibling": KNOWS,
        "outsider": KNOWS,
        "staff": KNOWS,
        "asker": KNOWS,
        "invited": KNOWS,
        "taken out": KNOWS,
    },
    "hidden": {
        "leader": LEADS,
        "participant": IN,
        "advisor": IN,
        "promoter": READS,
        "sibling": NOTHING,
        "outsider": NOTHING,
        "staff": NOTHING,
        "invited": KNOWS,
        "taken out": NOTHING,
    },
}


def two_siblings(alice, openness: str):
    """The people of both, by what they are to the first; and the first."""
    space = making.micro(alice, "Winter school", openness)
    names = ("participant", "advisor", "promoter", "sibling", "outsider", "asker", "invited", "taken out")
    people = {name: make.ambassador(f"Person {name.title()}") for name in names} | {"leader": alice}
    for role in ("participant", "advisor", "promoter"):
        making.join(space, people[role], role)
    other = making.micro(people["sibling"], "Summer school", openness)
    making.join(other, people["taken out"])
    making.join(space, people["taken out"])
    SpaceRole.objects.filter(space=space, person=people["taken out"]).delete()
    if openness != "hidden":
        joining.ask_to_join(space, by=people["asker"], role="advisor")
    joining.invite(space, by=alice, person=people["invited"], role="advisor")
    return space, people | {"staff": making.host()}


def what_one_gets(person, space, thread) -> tuple:
    client = Client()
    client.force_login(person)
    base, post = space.get_absolute_url(), thread.posts.get(number=1)
    urls = (base, f"{base}people/", thread.get_absolute_url(), post.get_absolute_url())
    statuses = [client.get(url).status_code for url in urls]
    answer = client.post(reverse("discussions:post-reply", args=[thread.pk]), {"body": "An answer."})
    lists = [f'href="{base}"' in page(client, LIST), thread.get_absolute_url() in page(client, "/discussions/")]
    return (*statuses, answer.status_code, client.get(f"{base}history/").status_code, *lists)


@pytest.mark.row("R20")
@pytest.mark.parametrize("openness", ["open", "closed", "hidden"])
def test_siblings_know_nothing_of_each_other(alice, openness):
    """Two hundred cases: nothing that somebody is in one space, or in the support team, opens the one beside it."""
    space, people = two_siblings(alice, openness)
    thread = making.thread(space, alice, subject="What the caterer said")

    got = {name: what_one_gets(people[name], space, thread) for name in ISOLATION[openness]}

    assert got == ISOLATION[openness]


@pytest.mark.row("R20")
def test_who_is_in_a_closed_one_is_told_to_nobody_outside(alice, as_bob):
    space = making.micro(alice)
    making.join(space, make.ambassador("Petra Part"))
    base = space.get_absolute_url()

    told = page(as_bob, base) + page(as_bob, f"{base}people/") + page(as_bob, f"{base}ask/") + page(as_bob, LIST)

    assert [name for name in ("Alice Amadi", "Petra Part") if name in told] == []


@pytest.mark.row("E3")
def test_asking_as_a_role_and_being_accepted_by_the_leader(as_alice, as_bob, alice, django_capture_on_commit_callbacks):
    space = making.micro(alice)
    base = space.get_absolute_url()

    with django_capture_on_commit_callbacks(execute=True):
        as_bob.post(f"{base}ask/", {"role": "advisor", "words": "I ran one for years."})
    asked = SpaceRequest.objects.get()
    shown = page(as_alice, base)
    assert "I ran one for years." in shown
    assert "advisor" in shown
    with django_capture_on_commit_callbacks(execute=True):
        as_alice.post(reverse("discussions:space-request-accept", args=[space.slug, asked.pk]), {"answer": "Gladly."})

    assert roles_in(space) == {("Alice Amadi", "leader"), ("Bob Brandt", "advisor")}
    assert [(letter.subject, letter.to[0]) for letter in mail.outbox] == [
        ("Bob Brandt asks to join “Winter school”", "alice-amadi@people.example.org"),
        ("Yes: “Winter school”", "bob-brandt@people.example.org"),
    ]
    assert "Gladly." in mail.outbox[1].body


@pytest.mark.row("E3")
def test_removing_the_last_leader_is_refused_with_a_reason(as_alice, alice, bob):
    space = making.micro(alice)
    making.join(space, bob)

    left = as_alice.post(f"{space.get_absolute_url()}leave/", follow=True).content.decode()
    changed = as_alice.post(f"{space.get_absolute_url()}people/{alice.pk}/", {"roles": ["advisor"]}, follow=True).content.decode()

    reason = "Nobody else leads it. Hand it over to somebody first, or end it."
    assert (reason in left, reason in changed) == (True, True)
    assert roles_in(space) == {("Alice Amadi", "leader"), ("Bob Brandt", "participant")}


def test_a_request_is_not_answered_at_the_address_of_another_space(as_bob, alice, bob):
    asked = joining.ask_to_join(making.micro(alice), by=make.ambassador("Petra Part"), role="participant")
    own = making.micro(bob, "Summer school")

    answer = as_bob.post(reverse("discussions:space-request-accept", args=[own.slug, asked.pk]))

    asked.refresh_from_db()
    assert (answer.status_code, asked.status) == (404, "asked")


def test_it_is_handed_over_to_one_of_a_few_who_are_chosen_or_of_many_who_are_named(as_alice, as_bob, alice, bob):
    space = making.micro(alice)
    making.join(space, bob)
    url = f"{space.get_absolute_url()}hand-over/"
    assert [label for _pk, label in as_alice.get(url).context["form"].fields["person"].choices] == ["Bob Brandt"]

    for number in range(12):
        making.join(space, make.ambassador(f"Carla {chr(ord('A') + number)}", listed_for="staff"))
    offers = as_alice.get(f"{space.get_absolute_url()}people/named/", {"q": "carl"}).json()["people"]
    outside = as_alice.post(url, {"person": make.ambassador("Dora Dahl").name})
    as_alice.post(url, {"person": "carla  b", "words": "Would you?"})

    assert [offer["write"] for offer in offers] == [f"Carla {letter}" for letter in "ABCDEFGH"]
    assert as_bob.get(f"{space.get_absolute_url()}people/named/", {"q": "ali"}).json()["people"][0]["name"] == "Alice Amadi"
    assert outside.context["form"].errors["person"] == ["We found nobody called Dora Dahl."]
    asked = SpaceRequest.objects.get()
    assert (asked.person.name, asked.is_handover, asked.words) == ("Carla B", True, "Would you?")


def test_an_invitation_shows_what_it_is_for_and_is_answered_on_the_page(as_alice, as_bob, alice, bob):
    space = making.micro(alice, openness="hidden")
    making.thread(space, alice, subject="What the caterer said")

    chosen = as_alice.get(f"{space.get_absolute_url()}invite/", {"to": "bob-brandt"})
    assert chosen.context["form"]["person"].value() == "Bob Brandt"
    as_alice.post(f"{space.get_absolute_url()}invite/", {"person": "bob  BRANDT", "role": "participant", "words": "Come!"})

    shown = page(as_bob, space.get_absolute_url())
    assert [word for word in ("To get winter school done.", "Come!", "Yes, I am in") if word not in shown] == []
    assert "What the caterer said" not in shown
    asked = SpaceRequest.objects.get()
    as_bob.post(reverse("discussions:space-request-accept", args=[space.slug, asked.pk]))
    assert "What the caterer said" in page(as_bob, space.get_absolute_url())


def test_saying_no_to_a_hidden_one_leads_back_to_the_list(as_bob, alice, bob):
    space = making.micro(alice, openness="hidden")
    asked = joining.invite(space, by=alice, person=bob, role="participant")

    answer = as_bob.post(reverse("discussions:space-request-decline", args=[space.slug, asked.pk]))

    assert answer.url == LIST
    assert as_bob.get(space.get_absolute_url()).status_code == 404


def test_what_was_answered_meanwhile_is_said_kindly(as_alice, alice, bob):
    space = making.micro(alice)
    asked = joining.ask_to_join(space, by=bob, role="participant")
    joining.take_back(asked, by=bob)

    answer = as_alice.post(reverse("discussions:space-request-accept", args=[space.slug, asked.pk]), follow=True)

    assert "It has been answered or taken back in the meantime." in answer.content.decode()


def test_an_end_with_a_word_archives_it(as_alice, as_bob, alice):
    space = making.micro(alice, openness="open")
    thread = making.thread(space, alice)

    as_alice.post(f"{space.get_absolute_url()}end/", {"outcome_note": "A page that others use."})

    shown = page(as_bob, space.get_absolute_url())
    assert "A page that others use." in shown
    assert "Begin a conversation" not in page(as_alice, space.get_absolute_url())
    assert as_bob.get(thread.get_absolute_url()).status_code == 200
    assert space.name in page(as_bob, f"{LIST}?show=ended")
    assert f'href="{space.get_absolute_url()}"' not in page(as_bob, LIST)
    as_alice.post(reverse("discussions:post-reply", args=[thread.pk]), {"body": "One more."})
    assert thread.posts.count() == 1
    as_alice.post(f"{space.get_absolute_url()}reopen/")
    assert as_alice.post(reverse("discussions:post-reply", args=[thread.pk]), {"body": "One more."}).status_code == 302


def test_what_came_of_a_closed_one_is_for_its_people(as_alice, as_bob, alice):
    space = making.micro(alice)

    as_alice.post(f"{space.get_absolute_url()}end/", {"outcome_note": "We quarrelled, and stopped."})

    assert "We quarrelled" in page(as_alice, space.get_absolute_url())
    assert "We quarrelled" not in page(as_bob, space.get_absolute_url()) + page(as_bob, f"{LIST}?show=ended")


def test_a_refused_change_shows_the_space_as_it_is(as_alice, alice):
    space = making.micro(alice)
    making.thread(space, alice)

    answer = as_alice.post(f"{space.get_absolute_url()}edit/", {"name": "Other", "purpose": "Else", "openness": "open"})

    space.refresh_from_db()
    assert list(answer.context["form"].errors) == ["openness"]
    assert (space.name, space.openness, answer.context["space"].name) == ("Winter school", "closed", "Winter school")


def test_the_history_is_read_by_those_who_lead_it(as_alice, as_bob, alice, bob, staff):
    space = making.micro(alice, openness="open")
    as_bob.post(f"{space.get_absolute_url()}join/")

    shown = page(as_alice, f"{space.get_absolute_url()}history/")

    assert [word for word in ("Joined the space", "Bob Brandt", "Began a space") if word not in shown] == []
    client = Client()
    client.force_login(staff)
    assert client.get(f"{space.get_absolute_url()}history/").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_list_query_count(as_alice, alice, bob, rows, django_assert_num_queries):
    for number in range(rows):
        making.topic(f"Topic {number}")
        making.micro(alice, f"Mine {number}")
        making.thread(making.micro(bob, f"Others' {number}", "open"), bob)
    as_alice.get(LIST)

    with django_assert_num_queries(6):
        shown = as_alice.get(LIST).context

    assert (len(shown["topics"]), len(shown["own"]), len(shown["others"].spaces)) == (rows, rows, rows)


@pytest.mark.parametrize("rows", [1, 3])
def test_page_query_count(as_alice, alice, rows, django_assert_num_queries):
    space = making.micro(alice, openness="closed")
    for number in range(rows):
        making.join(space, make.ambassador(f"Person {number}"))
        making.thread(space, alice, subject=f"Thread {number}")
        joining.ask_to_join(space, by=make.ambassador(f"Asker {number}"), role="participant")
    as_alice.get(space.get_absolute_url())

    with django_assert_num_queries(PAGE_QUERIES):
        shown = as_alice.get(space.get_absolute_url()).context

    assert (len(shown["waiting"]), sum(len(group["people"]) for group in shown["groups"])) == (rows, rows + 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_people_query_count(as_alice, alice, rows, django_assert_num_queries):
    space = making.micro(alice)
    for number in range(rows):
        making.join(space, make.ambassador(f"Person {number}"))
    as_alice.get(f"{space.get_absolute_url()}people/")

    with django_assert_num_queries(8):
        as_alice.get(f"{space.get_absolute_url()}people/")


def test_the_lists_are_paged_by_key(as_alice, alice, bob, monkeypatch):
    monkeypatch.setattr("discussions.spaces.listing.SPACES_A_PAGE", 2)
    monkeypatch.setattr("discussions.spaces.views.looking.PEOPLE_A_PAGE", 2)
    names = ["Apples", "Bears", "Bears", "Cats", "Dogs"]
    for name in names:
        making.micro(bob, name, "open")
    space = making.micro(alice, "Zebras")
    for number in range(4):
        making.join(space, make.ambassador(f"Person {number}"), ["participant", "promoter"][number % 2])

    assert walk(as_alice, LIST, lambda context: [one.name for one in context["others"].spaces], "others") == names
    people = walk(as_alice, f"{space.get_absolute_url()}people/", who_is_shown, "after")
    assert people == ["Alice Amadi", "Person 0", "Person 2", "Person 1", "Person 3"]


def who_is_shown(context) -> list[str]:
    return [one.name for group in context["groups"] for one in group["people"]]


def walk(client, url: str, names, key: str) -> list[str]:
    """What all pages of a list show, one after the other."""
    shown, query = [], ""
    while True:
        context = client.get(url + query).context
        shown += names(context)
        following = context[key]
        query = following.next_url if key == "others" else following and f"?after={following}"
        if not query:
            return shown


@pytest.mark.parametrize("after", ["x", "~", "1", "9" * 30 + "~a", "1~\0", "1~2~\0"])
def test_a_broken_place_in_a_list_is_its_beginning(as_alice, alice, after):
    space = making.micro(alice)

    assert len(as_alice.get(f"{space.get_absolute_url()}people/", {"after": after}).context["groups"]) == 1
    assert as_alice.get(LIST, {"after": after}).status_code == 200


def test_the_desk_says_what_waits(alice, bob):
    today = timezone.localdate()
    space = making.micro(alice, ends_on=today, starts_on=today)
    joining.ask_to_join(space, by=bob, role="participant")
    joining.invite(making.micro(alice, "Summer school", "hidden"), by=alice, person=bob, role="advisor")

    titles = [card.title for card in cards_for(alice) if "“" in card.title]

    assert titles == ["Somebody would like to join “Winter school”", "“Winter school” was to end by now"]
    assert [card.title for card in cards_for(bob) if "“" in card.title] == ["You are invited to “Summer school”"]


def test_the_support_team_finds_what_nobody_leads_but_no_hidden_one(alice, staff, client):
    for openness in ("closed", "hidden"):
        making.join(making.micro(alice, f"A {openness} one", openness), make.ambassador(f"Petra {openness}"))
    making.micro(make.ambassador("Lena Leader"), "A led one")
    type(alice.ambassador).objects.filter(user=alice).update(status="alumni")
    client.force_login(staff)

    cards = [card.title for card in cards_for(staff) if "leader" in card.title]
    listed = page(client, "/admin/discussions/space/?leader=none")

    assert cards == ["1 micro-community has no leader"]
    assert ("A closed one" in listed, "A hidden one" in listed, "A led one" in listed) == (True, False, False)
    assert "Ask somebody to lead it" in page(client, Space.objects.get(name="A closed one").get_absolute_url())


def test_a_mail_that_came_too_late_is_not_sent(alice, bob):
    space = making.micro(alice)
    asked = joining.ask_to_join(space, by=bob, role="participant")
    joining.take_back(asked, by=bob)

    for row in OutgoingMail.objects.all():
        outbox.deliver(row.pk)

    assert mail.outbox == []


def test_the_support_team_is_told_without_the_name_of_a_hidden_one(alice, bob, staff):
    space = making.micro(alice, "Secret school", "hidden")
    making.join(space, bob)
    type(alice.ambassador).objects.filter(user=alice).update(status="alumni")
    due.look_for_leaders()

    for row in OutgoingMail.objects.order_by("pk"):
        outbox.deliver(row.pk)

    told = {letter.to[0]: letter.subject + letter.body for letter in mail.outbox}
    assert ["Secret school" in told[person.email] for person in (bob, staff)] == [True, False]


def test_a_topic_is_looked_after_by_the_support_team(client, staff, as_bob):
    client.force_login(staff)
    client.post("/spaces/new/?kind=topic", {"name": "Budgets", "purpose": "What we spend."})
    space = Space.objects.get()

    assert (space.kind, space.openness) == ("topic", "open")
    assert client.post(f"{space.get_absolute_url()}edit/", {"name": "Money", "purpose": "What we spend."}).status_code == 302
    assert "Money" in page(as_bob, LIST)
    assert Thread.objects.count() == 0
    assert as_bob.get(f"{space.get_absolute_url()}ask/").status_code == 403


def test_below_a_conversation_stands_why_one_cannot_answer(as_bob, alice, bob, django_assert_num_queries):
    space = making.micro(alice, openness="open")
    thread = making.thread(space, alice)
    as_bob.get(thread.get_absolute_url())

    with django_assert_num_queries(5):
        shown = page(as_bob, thread.get_absolute_url())
    assert "To answer, join “Winter school”." in shown
    as_bob.post(f"{space.get_absolute_url()}join/")
    assert "To answer, join" not in page(as_bob, thread.get_absolute_url())
    SpaceRole.objects.filter(person=bob).update(role="promoter")
    assert "In your role here you read along." in page(as_bob, thread.get_absolute_url())
    Space.objects.filter(pk=space.pk).update(status="ended", ended_at=timezone.now())
    assert "nothing is added" in page(as_bob, thread.get_absolute_url())


def test_a_page_of_a_space_shows_its_conversations_page_by_page(as_alice, alice, monkeypatch):
    monkeypatch.setattr("discussions.threads.listing.THREADS_A_PAGE", 2)
    space = making.micro(alice)
    for number in range(5):
        making.thread(space, alice, subject=f"Thread {number}")
    making.thread(making.micro(alice, "Summer school"), alice, subject="Elsewhere")

    shown, url = [], space.get_absolute_url()
    while url:
        threads = as_alice.get(url).context["threads"]
        shown += [line.subject for line in threads.lines]
        url = threads.next_url and space.get_absolute_url() + threads.next_url

    assert shown == [f"Thread {number}" for number in (4, 3, 2, 1, 0)]


def test_whoever_acts_as_leader_reads_so_and_gives_it_back_on_the_page_of_people(as_bob, alice, bob):
    space = making.join(making.micro(alice), bob) and Space.objects.get()
    alice.ambassador.status = "paused"
    alice.ambassador.save()
    due.stand_in()

    shown, people = page(as_bob, space.get_absolute_url()), page(as_bob, f"{space.get_absolute_url()}people/")
    as_bob.post(f"{space.get_absolute_url()}people/{bob.pk}/", {"roles": ["participant"]})

    assert ("You look after it for now" in shown, "for now, participant" in people) == (True, True)
    assert roles_in(space) == {("Alice Amadi", "leader"), ("Bob Brandt", "participant")}
    assert "You look after it for now" not in page(as_bob, space.get_absolute_url())
