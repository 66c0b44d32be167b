"""Who is away until 1 May is offered nowhere on 30 April, and everywhere on 1 May: one line for each pool that asks people for something."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.engagement.workflow import sort_out
from ambassadors.models import Ambassador, EngagementOffer, EngagementOption
from ambassadors.outreach.offering import who_speaks
from ambassadors.vetting.suggesting import is_here
from discussions.needs.workflow import people_who_know
from discussions.prompts.suggesting import candidates
from foundation.models import Topic
from tests.ambassadors import engagement_making
from tests.discussions import making
from tests.welcome import matching
from welcome.buddies.pool import suggestions_for

# The last minute of 30 April and the first of 1 May, where each of them is.
MOMENTS = {
    "Pacific/Auckland": ("2027-04-30T11:59:00Z", "2027-04-30T12:00:00Z"),
    "UTC": ("2027-04-30T23:59:00Z", "2027-05-01T00:00:00Z"),
    "Pacific/Honolulu": ("2027-05-01T09:59:00Z", "2027-05-01T10:00:00Z"),
}


def pools(asker, person, space, client, staff) -> dict[str, bool]:
    """Whether each pool offers the person now."""
    client.force_login(staff)
    option = EngagementOption.objects.get(slug="speak")
    listed = client.get("/admin/ambassadors/engagementoffer/", {"option__id__exact": option.pk, "available": "now"})
    client.force_login(asker)
    directory = client.get(reverse("ambassadors:ambassador-list"), {"available": "1"}).context["cards"]
    offers = EngagementOffer.objects.filter(ambassador=person.ambassador).with_person()
    return {
        "the directory's “available now”": person.name in [card.name for card in directory],
        "the list of who offers what": person.name in listed.content.decode(),
        "requests": bool(sort_out(offers, timezone.now()).people),
        "speaking slots": who_speaks().filter(pk=person.pk).exists(),
        "needs": people_who_know(space, Topic.objects.get(), asker).filter(pk=person.pk).exists(),
        "those who answer first": candidates(space).filter(pk=person.pk).exists(),
        "vetting": is_here(person),
        "welcome buddies": person.name in [one.buddy.profile.name for one in suggestions_for(asker)],
    }


@pytest.mark.row("A9")
@pytest.mark.parametrize("zone", MOMENTS)
def test_who_is_away_until_1_may_is_in_no_pool_on_30_april_and_in_each_on_1_may(client, alice, staff, time_machine, zone):
    time_machine.move_to("2027-04-20T12:00:00Z")
    space = making.topic()
    person = matching.a_buddy("Ari Away", time_zone=zone, topics=["School budgets"]).person
    engagement_making.offer(person, "speak")
    EngagementOption.objects.update(speaks=True)
    Ambassador.objects.filter(user=person).update(away_until="2027-05-01")
    found = []

    for moment in MOMENTS[zone]:
        time_machine.move_to(moment)
        found.append(pools(alice, person, space, client, staff))

    assert [{name for name, is_offered in pool.items() if is_offered} for pool in found] == [set(), set(found[0])]
