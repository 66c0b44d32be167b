"""Three newcomers in different weeks of their first month, and those who offered to welcome somebody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone

from ambassadors.models import Ambassador, User
from community.demo.members import Welcome
from community.demo.people import Person
from correspondence.models import OutgoingMail
from foundation.models import Topic
from welcome.buddies import matching, offering, workflow
from welcome.models import Buddy, BuddyMatch, Onboarding


@dataclass(frozen=True)
class Offer:
    """Somebody of the demo who welcomes newcomers, with the words that may leave in their name."""

    name: str
    words: str
    capacity: int = 2
    topics: tuple[str, ...] = ()
    note: str = ""
    is_approved: bool = True


OFFERS = [
    Offer(
        "Ngozi Adeyemi-Clarke",
        "Dear {newcomer},\n\nI am {buddy}, and I run advice centres in Leeds. Somebody rang me in my first week at {community} and asked what "
        "kept me awake. I would like to do the same for you, by mail or on the telephone, whichever is less trouble.\n\nNgozi",
        capacity=3,
        note="Happy with anybody from a small organisation.",
    ),
    Offer(
        "Babatunde Olaleye",
        "Welcome, {newcomer}!\n\nYou will soon have more mail than sleep, so let this be a short one. I advise boards, I talk too much, and I know "
        "where everything is in {community}. Send me the question that you would be shy to ask in front of all.\n\n{buddy}",
        topics=("Board development", "Early childhood", "Succession"),
    ),
    Offer(
        "Torquil Abernathy-Singh",
        "{newcomer}, good to have you here.\n\nI write policy for a living, and joined {community} to hear what becomes of it. If you tell me what you "
        "are working on, I can probably name two people here you should know. My evenings are quiet.\n\nTorquil",
        note="Not in the weeks before a budget.",
    ),
    Offer(
        "Bettina Zumsteg",
        "Grüezi {newcomer}\n\nI fund small organisations in the mountains and have sat on both sides of the table. Ask me how things are done in "
        "{community}, or why they are done so oddly.\n\nKind regards\n{buddy}",
        capacity=1,
    ),
    Offer(
        "Gunnhildur Ásmundsdóttir",
        "Hello {newcomer}, I am {buddy}. Up here the winter is long and I like letters. Tell me about the place you work in, and what you hoped to "
        "find when you said yes to {community}. I answer everything, if not at once.",
    ),
    Offer(
        "Thandolwethu Mkhwanazi-Pillay",
        "Sawubona {newcomer},\n\nwhich means: I see you. That is what a good first month in {community} feels like. I would be glad to read "
        "whatever you send me, finished or not, and to say what I make of it.\n\nThando",
    ),
    Offer(
        "Priya Raghunathan",
        "Hi {newcomer},\n\nthree things nobody told me when I joined {community}: you can answer every mail from your phone, half of us only read, and "
        "the spaces with dull names are the good ones. I am {buddy}, an evaluator, and I like being asked.\n\nPriya",
        topics=("Evaluation design", "Data without fear"),
    ),
    Offer(
        "Hinemoa Parata",
        "Kia ora {newcomer},\n\nbefore we talk about work, tell me where you are from and who your people are. Then we talk about work.\n\n{buddy}",
        is_approved=False,
    ),
    Offer(
        "Saoirse Nic Dhonnchadha",
        "A {newcomer}, a chara,\n\nfailte. I teach on a peninsula where everybody knows everybody, and {community} took me a while for the opposite "
        "reason. Let me shorten that while for you.\n\nSaoirse",
    ),
]

# Weeks since they joined, and what they said of themselves since.
WEEK_ONE = Person(
    "Oyelaran Adebimpe",
    "Ibadan Reading Rooms",
    "Founder",
    "Ibadan, Nigeria",
    "Africa/Lagos",
    sector="Education",
    role_labels=("Executive director",),
    ask_me_about="how to close something kindly",
    topics=("Early childhood", "Feedback from families"),
    languages=("Yoruba", "English"),
    comfort="gets along",
)
WEEK_TWO = Person(
    "Teuila Faleolo",
    "Apia Diabetes Network",
    "Nurse and director",
    "Apia, Samoa",
    "Pacific/Apia",
    sector="Health",
    role_labels=("Practitioner", "Executive director"),
    ask_me_about="patients who tell you the truth; clinics without a car park",
    bio="I was a ward nurse for nineteen years. Now I drive between eleven clinics and ask the same four questions in each of them.",
    topics=("Primary care", "Feedback from families", "Outcome measurement"),
    languages=("Samoan", "English"),
    comfort="likes a hand",
)
WEEK_FOUR = Person(
    "Ilmari Väänänen",
    "Saimaa Ferry School",
    "Head teacher",
    "Savonlinna, Finland",
    "Europe/Helsinki",
    sector="Education",
    role_labels=("Practitioner",),
    topics=("School leadership", "Learning culture"),
    languages=("Finnish", "Swedish", "English"),
)
DAYS = {WEEK_ONE.name: 3, WEEK_TWO.name: 11, WEEK_FOUR.name: 25}


def welcome_newcomers(*, by: User) -> None:
    """Week one waits for the team's word, week two and four have a buddy: how it went on with them is told elsewhere."""
    people = {one.name: _settle(one, by=by) for one in (WEEK_ONE, WEEK_TWO, WEEK_FOUR)}
    buddies = {one.name: offers(one) for one in OFFERS}
    for name, buddy in ((WEEK_TWO.name, "Ngozi Adeyemi-Clarke"), (WEEK_FOUR.name, "Torquil Abernathy-Singh")):
        match = workflow.choose(people[name], buddies[buddy], by=by, even_so="They have time now.")
        _move_back(match, DAYS[name] - 1)
    matching.suggest_for_waiting()


def offers(one: Offer) -> Buddy:
    """Let somebody offer themselves, write their words and, mostly, approve them."""
    person = User.objects.get(name=one.name)
    topics = Topic.objects.filter(name__in=one.topics)
    buddy = offering.offer(person, capacity=one.capacity, topics=topics, note=one.note)
    text = offering.write_words(buddy, one.words, by=person)
    if one.is_approved:
        offering.approve_words(buddy, text.number, by=person)
    return buddy


def _settle(one: Person, *, by: User) -> User:
    """Somebody who has joined says a little of themselves; then it is some days ago."""
    own = Ambassador.objects.select_related("user").get(user__name=one.name)
    Welcome(by=by).tell(replace(one, listed_for=own.listed_for), own)
    since = timezone.now() - timedelta(days=DAYS[one.name], hours=3)
    Ambassador.objects.filter(pk=own.pk).update(joined_at=since)
    User.objects.filter(pk=own.user_id).update(time_zone=one.time_zone, last_login=since + timedelta(minutes=4))
    Onboarding.objects.filter(person=own.user).update(began_at=since)
    OutgoingMail.objects.filter(person=own.user).update(state="sent", created_at=since, sent_at=since)
    own.user.refresh_from_db()
    person: User = own.user
    return person


def _move_back(match: BuddyMatch, days: int) -> None:
    then = timezone.now() - timedelta(days=days)
    BuddyMatch.objects.filter(pk=match.pk).update(proposed_at=then, confirmed_at=then, send_at=then + timedelta(hours=2))
