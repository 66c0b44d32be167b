import re
from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.urls import reverse

from ambassadors.models import Ambassador, EngagementOffer
from correspondence.models import OutgoingMail
from correspondence.tasks import deliver_mail
from tests import make
from tests.ambassadors import engagement_making as making

MAY_1 = date(2027, 5, 1)


def available(when) -> list[str]:
    return [str(person) for person in Ambassador.objects.available_on(when).by_name()]


def test_somebody_away_until_1_may_is_not_there_on_30_april_and_is_there_on_1_may(alice, bob):
    Ambassador.objects.filter(user=alice).update(away_until=MAY_1)

    assert available(date(2027, 4, 30)) == ["Bob Brandt"]
    assert available(MAY_1) == ["Alice Amadi", "Bob Brandt"]
    assert available(date(2027, 5, 2)) == ["Alice Amadi", "Bob Brandt"]


@pytest.mark.parametrize(
    ("zone", "hour", "there"),
    [
        ("Pacific/Auckland", 11, False),  # 23:00 on 30 April
        ("Pacific/Auckland", 12, True),  # midnight: 1 May has begun there
        ("UTC", 23, False),
        ("Pacific/Honolulu", 23, False),
    ],
)
def test_of_a_moment_it_is_asked_which_day_it_is_where_they_are(db, zone, hour, there):
    make.ambassador("Ari Away", away_until=MAY_1, time_zone=zone)

    assert available(datetime(2027, 4, 30, hour, tzinfo=UTC)) == (["Ari Away"] if there else [])


@pytest.mark.parametrize("status", ["listed", "paused", "alumni", "removed"])
def test_who_is_not_active_is_never_available(db, status):
    make.ambassador("Some One", status=status)

    assert available(MAY_1) == []


def test_observing_is_told_to_nobody_by_who_is_available(alice):
    Ambassador.objects.filter(user=alice).update(is_observing=True)

    assert available(MAY_1) == ["Alice Amadi"]


ASKING = "/admin/ambassadors/engagementoffer/"


def offered_to(client, staff) -> list[str]:
    """Whom the list of those willing to review, available this month, offers to the support team."""
    client.force_login(staff)
    review = making.option("review")
    page = client.get(ASKING, {"option__id__exact": review.pk, "available": "now"}).content.decode()
    return re.findall(r'class="field-person">([^<]+)<', page)


def asked_for(client, staff, subject: str) -> list[str]:
    """Ask everybody who offers a review, and return who got the mail."""
    client.force_login(staff)
    keys = list(EngagementOffer.objects.values_list("pk", flat=True))
    client.post(f"{ASKING}ask/", {"subject": subject, "body": "Twelve pages.", "needed_by": "", "offer": keys})
    for waiting in OutgoingMail.objects.filter(kind="engagement_request", state="queued"):
        deliver_mail(waiting.pk)
    return sorted(message.to[0].partition("@")[0] for message in mail.outbox if message.subject == subject)


@pytest.mark.row("A9")
def test_who_says_they_are_away_until_1_may_is_asked_nothing_on_30_april_and_again_on_1_may(
    client, alice, bob, staff, time_machine
):
    time_machine.move_to("2027-04-20T12:00:00Z")
    making.option("review")
    for person in (alice, bob):
        client.force_login(person)
        client.post(
            reverse("ambassadors:offer-save", args=["review"]), {"review-frequency": "monthly", "review-audience": "members"}
        )
    client.force_login(alice)
    client.post("/settings/profile/availability/", {"away_until": "2027-05-01", "hours_a_month": "4"})

    time_machine.move_to("2027-04-30T12:00:00Z")
    client.force_login(bob)
    on_the_day_before = [card.name for card in client.get("/ambassadors/", {"available": "1"}).context["cards"]]
    assert (on_the_day_before, offered_to(client, staff)) == (["Bob Brandt"], ["Bob Brandt"])
    assert asked_for(client, staff, "In April") == ["bob-brandt"]  # somebody else covers

    time_machine.move_to("2027-05-01T12:00:00Z")
    client.force_login(bob)
    on_the_day = [card.name for card in client.get("/ambassadors/", {"available": "1"}).context["cards"]]
    assert (on_the_day, offered_to(client, staff)) == (["Alice Amadi", "Bob Brandt"], ["Alice Amadi", "Bob Brandt"])
    assert asked_for(client, staff, "In May") == ["alice-amadi", "bob-brandt"]
