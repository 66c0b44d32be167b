"""Filling an empty database with the demo community, through the functions that the site itself calls."""

from __future__ import annotations

from ambassadors.models import User
from ambassadors.roster import Roster, import_roster
from community.demo.admission import let_people_in
from community.demo.archive import bring_the_list_in
from community.demo.asking import ask_and_answer
from community.demo.assistants import help_along
from community.demo.buddies import welcome_and_talk
from community.demo.bulk import make_up
from community.demo.bulk_talk import talk_a_lot
from community.demo.circles import meet_in_circles
from community.demo.contact import letters_from_outside
from community.demo.digests import choose_digests
from community.demo.discussing import discuss
from community.demo.engagement import take_part
from community.demo.first_look import look_around
from community.demo.first_weeks import arrive
from community.demo.following import follow_and_facilitate
from community.demo.introductions import introduce_people
from community.demo.inviting import invite_people
from community.demo.members import Welcome
from community.demo.moderation import keep_order
from community.demo.needs import ask_for_help
from community.demo.newcomers import welcome_newcomers
from community.demo.outreach import reach_out
from community.demo.owndata import own_data
from community.demo.people import PEOPLE, PURPOSE, ROSTER, STAFF
from community.demo.plain_mail import letters_to_a_space
from community.demo.posts import mark_posts
from community.demo.practice import look_at_organizations
from community.demo.products import make_products
from community.demo.prompts import work_out_loud
from community.demo.site import write_the_site
from community.demo.slates import put_before_all
from community.demo.spaces import open_spaces
from community.demo.stories import tell_stories
from community.demo.talk import converse, read_in_time
from community.demo.update import write_letters
from community.demo.vetting import vet
from community.founding import found
from foundation.long_work import done_whole


@done_whole()
def fill(*, ambassadors: int = 0, threads: int = 0, posts: int = 0, seed: int = 1) -> None:
    """Make the community, its people and what they have said. Dates count back from now, so that something is always fresh.

    The first people are those of `data/people/`; past them, `ambassadors` are made up from `seed` in bulk, of the same shape, and
    so are `threads` with `posts`.
    """
    staff = found_the_community()
    Welcome(by=staff).everybody(PEOPLE)
    import_roster(Roster(ROSTER.encode()), by=staff)
    open_spaces(by=staff)
    bring_the_list_in(by=staff)
    ask_and_answer()
    converse()
    discuss()
    follow_and_facilitate()
    work_out_loud(by=staff)
    meet_in_circles(by=staff)
    mark_posts()
    ask_for_help()
    help_along()
    keep_order(by=staff)
    letters_to_a_space()
    read_in_time()
    tell_stories(by=staff)
    write_the_site(by=staff)
    letters_from_outside(by=staff)
    write_letters(by=staff)
    own_data()
    make_up(ambassadors - len(PEOPLE), seed)
    talk_a_lot(threads, posts, seed)
    take_part(by=staff, seed=seed)
    reach_out(by=staff)
    let_people_in()
    invite_people(by=staff)
    welcome_newcomers(by=staff)
    welcome_and_talk()
    look_around(by=staff)
    arrive()
    introduce_people(by=staff)
    put_before_all()
    vet(by=staff)
    make_products(by=staff)
    look_at_organizations()
    choose_digests()


def found_the_community() -> User:
    """Found the community as `manage.py found` does, and return the one who looks after it."""
    community, staff, _is_new = found(
        name="Tidemark Ambassadors", staff=STAFF.email, staff_name=STAFF.name, purpose=PURPOSE, time_zone=STAFF.time_zone
    )
    community.sender_name = "Tidemark"
    community.save()
    return staff
