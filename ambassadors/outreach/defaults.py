"""With whom things are shared, until a community words it in its own way."""

from __future__ import annotations

from typing import NamedTuple

from ambassadors.models import Network


class Named(NamedTuple):
    """A category, and the words by which a mail names it."""

    name: str
    words: str


NETWORKS = [
    Named(
        "My own organization",
        "colleague, colleagues, coworkers, co-workers, my team, our team, team members, my staff, our staff, staff members, employees, "
        "my board, our board, board members, trustees, volunteers, my organization, our organization",
    ),
    Named(
        "Funders", "funder, funders, foundation, foundations, donor, donors, grantmaker, grantmakers, philanthropists, investors"
    ),
    Named(
        "Grantees and partners",
        "grantee, grantees, partner, partners, partner organizations, member organizations, affiliates, nonprofits, charities",
    ),
    Named(
        "Peers and professional networks",
        "peer, peers, practitioner, practitioners, consultants, evaluators, executive directors, directors, my network, our network, "
        "association, network members, fellow members",
    ),
    Named(
        "Students and teachers", "student, students, pupils, my class, teacher, teachers, faculty, lecturers, university, seminar"
    ),
    Named(
        "Public officials",
        "legislator, legislators, official, officials, policymakers, policy makers, council, councillors, ministry, civil servants, "
        "public servants, mayors",
    ),
    Named(
        "Press and media", "journalist, journalists, reporter, reporters, newspaper, magazine, podcast, radio, television, press"
    ),
    Named(
        "The public",
        "follower, followers, subscriber, subscribers, reader, readers, newsletter, linkedin, facebook, blog, visitors, parents, "
        "families, neighbors, neighbours",
    ),
]


def fill_networks() -> list[str]:
    """Fill the networks where there are none yet, and return the names of what was filled."""
    if Network.objects.exists():
        return []
    for position, (name, words) in enumerate(NETWORKS, start=1):
        Network.objects.create(name=name, words=words, position=position)
    return ["networks"]
