"""Inviting somebody into a space from their profile."""

from __future__ import annotations

import re

import pytest

from discussions.models import SpaceRequest, SpaceRole
from discussions.spaces import joining
from discussions.spaces.workflow import end_space
from tests import make
from tests.discussions import making

OFFERED = re.compile(r'href="(/spaces/[^"]+/invite/[^"]*)"')


@pytest.fixture
def as_alice(client, alice):
    client.force_login(alice)
    return client


def offered(client, person) -> list[str]:
    return OFFERED.findall(client.get(person.ambassador.get_absolute_url()).content.decode())


def test_whoever_leads_a_space_invites_into_it_from_a_profile(as_alice, alice, bob):
    hidden = making.micro(alice, "Reading room", "hidden")
    making.micro(alice, "Winter school")

    first, second = offered(as_alice, bob)
    chosen = as_alice.get(first).context["form"]["person"].value()
    as_alice.post(first, {"person": chosen, "role": "participant", "words": "Come!"})

    assert [first, second] == [f"/spaces/{hidden.slug}/invite/?to=bob-brandt", "/spaces/winter-school/invite/?to=bob-brandt"]
    assert [(asked.space, asked.person) for asked in SpaceRequest.objects.all()] == [(hidden, bob)]
    assert offered(as_alice, bob) == [second]


def test_only_into_what_one_leads_and_where_the_other_is_not(as_alice, client, alice, bob):
    carla = make.ambassador("Carla Costa")
    making.join(making.micro(alice, "With Bob"), bob)
    joining.invite(making.micro(alice, "Bob is asked"), by=alice, person=bob, role="participant")
    end_space(making.micro(alice, "Over"), by=alice, note="Done.")
    making.join(making.micro(bob, "Of Bob", "hidden"), alice, "advisor")
    making.topic("Everyday questions")

    assert offered(as_alice, bob) == []
    assert len(offered(as_alice, carla)) == 2
    assert offered(as_alice, alice) == []


def test_the_support_team_asks_somebody_to_lead_what_nobody_leads(client, staff, bob):
    left = making.micro(make.ambassador("Lea Left"), "Left alone", "open")
    making.micro(make.ambassador("Lena Leader"), "In good hands", "open")
    SpaceRole.objects.filter(space=left).delete()
    client.force_login(staff)

    assert offered(client, bob) == ["/spaces/left-alone/invite/?to=bob-brandt"]
