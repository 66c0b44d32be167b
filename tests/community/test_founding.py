from __future__ import annotations

import io

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from ambassadors import workflow
from ambassadors.models import Ambassador, Commitment, EngagementOption, User
from community import emails
from community.desk import founding
from correspondence.models import OutgoingMail
from foundation.models import Community, HistoryEntry, Pillar
from foundation.workflow import record
from tests import make
from tests.races import at_once

FOUND = {"name": "Harbour Alliance", "staff": "Ada.Lovelace@harbour.example"}


def found(**options) -> str:
    out = io.StringIO()
    call_command("found", **(FOUND | options), stdout=out)
    return out.getvalue()


def test_found_fills_an_empty_database(db):
    said = found(purpose="Better harbours", time_zone="Europe/Lisbon")

    community, ada = Community.objects.get(), User.objects.get()
    assert (community.name, community.purpose) == ("Harbour Alliance", "Better harbours")
    assert (ada.name, ada.email, ada.time_zone) == ("Ada Lovelace", "ada.lovelace@harbour.example", "Europe/Lisbon")
    assert (ada.is_active, ada.is_staff, ada.is_superuser, ada.has_usable_password()) == (True, True, True, False)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(ada.email, True, True)]
    assert Pillar.objects.exists()
    assert list(HistoryEntry.objects.order_by("pk").values_list("verb", "about__email", "via")) == [
        ("began an edition of the commitments", None, "command"),
        ("published the commitments", None, "command"),
        ("began an edition of the criteria", None, "command"),
        ("published the criteria", None, "command"),
        *[("began a space", None, "command")] * 4,
        ("made an editor of products", ada.email, "command"),
        ("gave the duty to handle reports", ada.email, "command"),
        ("founded the community", ada.email, "command"),
    ]
    assert (EngagementOption.objects.count(), Commitment.objects.count()) == (8, 5)
    assert "Sign in as ada.lovelace@harbour.example: http://localhost/accounts/login/code/" in said


def test_found_again_changes_nothing(db):
    found()
    Community.objects.update(purpose="Edited since")
    before = list(User.objects.values()), list(Community.objects.values()), list(EmailAddress.objects.values())
    lines = HistoryEntry.objects.count()

    said = found(purpose="Something else")

    assert "was founded before; nothing was changed" in said
    assert (list(User.objects.values()), list(Community.objects.values()), list(EmailAddress.objects.values())) == before
    assert HistoryEntry.objects.count() == lines


@pytest.mark.parametrize("other", [{"name": "Another"}, {"staff": "bob@harbour.example"}])
def test_found_refuses_kindly_where_another_community_is(db, other):
    found()

    with pytest.raises(CommandError, match="There is a community here already: “Harbour Alliance”"):
        found(**other)

    assert (Community.objects.count(), User.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ({"staff": "ada"}, "“ada” is not an e-mail address: the first person of the support team signs in with it."),
        ({"time_zone": "Mars"}, "Mars is not a time zone such as Europe/Lisbon."),
        ({"name": " "}, "This field cannot be blank."),
    ],
)
def test_found_says_in_a_sentence_what_cannot_be(db, option, sentence):
    with pytest.raises(CommandError) as refused:
        found(**option)

    assert str(refused.value) == sentence
    assert (Community.objects.count(), User.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_found_twice_at_once_founds_one_community():
    results = at_once(found, lambda: found(name="Another"))

    assert (Community.objects.count(), User.objects.count()) == (1, 1)
    assert sorted(type(result).__name__ for result in results) == ["CommandError", "str"]


@pytest.fixture
def ada(db, settings):
    settings.DEMO = False
    found()
    return User.objects.get()


def titles(person) -> list[str]:
    return [card.title for card in founding(person)]


def test_the_checklist_shrinks_as_things_are_done(ada):
    todo = ["Check the mail road", "Give the community its name and colour", "Bring your people"]
    assert titles(ada) == todo

    emails.test_mail(ada)
    assert titles(ada) == todo
    OutgoingMail.objects.update(state="sent")
    assert titles(ada) == todo[1:]

    record("changed", Community.objects.get(), by=ada)
    assert titles(ada) == todo[2:]

    person = workflow.list_person("Lena Listed", "lena@people.example.org", by=ada)
    assert titles(ada) == ["Invite the first people"]

    workflow.invite_to_sign_in(person, by=ada)
    assert titles(ada) == []


def test_founders_who_put_themselves_on_the_roster_have_not_invited_anybody(ada):
    workflow.invite_to_sign_in(workflow.list_person("Ada", ada.email, by=ada), by=ada)

    assert "Invite the first people" in titles(ada)


def test_the_checklist_is_for_the_support_team_and_not_for_the_demo(ada, alice, settings):
    Ambassador.objects.filter(user=alice).delete()
    assert titles(make.ambassador("Bob Brandt")) == []

    settings.DEMO = True
    assert titles(ada) == []


def test_the_desk_reads_the_checklist_in_one_query(ada, django_assert_num_queries):
    with django_assert_num_queries(1):
        titles(ada)


def test_mail_check_sends_one_mail_a_minute_and_tells_its_fate(client, staff):
    client.force_login(staff)

    for _press in range(2):
        assert client.post("/desk/mail/send/").url == "/desk/mail/"

    assert list(OutgoingMail.objects.values_list("kind", "person")) == [("test_mail", staff.pk)]
    OutgoingMail.objects.update(state="failed", answer="550 No such mailbox")
    assert "refused for good: 550 No such mailbox" in client.get("/desk/mail/").content.decode()
