"""Who gets what of a vote: whoever runs the round its pages, whoever holds a link their ballot. `ambassador` runs the round."""

from datetime import timedelta

from django.utils import timezone

from practice.models import BallotDots, LearningSession, PriorityVote, VoteCandidate
from practice.voting import workflow
from tests.access import Row
from tests.practice import voting
from tests.practice.access import ALL, DONE, OWN, OWN_DONE, answered


def a_vote(cast):
    answered(cast)
    held = LearningSession.objects.latest("pk")
    return voting.opened(cast.ambassador, held, by_hands=True)


def of_a_vote(cast):
    return {"pk": a_vote(cast).pk}


def of_an_ended_vote(cast):
    vote = a_vote(cast)
    workflow.end_vote(vote, by=cast.ambassador)
    return {"pk": vote.pk}


def of_an_older_vote(cast):
    vote = a_vote(cast)
    PriorityVote.objects.filter(pk=vote.pk).update(opened_at=timezone.now() - timedelta(days=3))
    return {"pk": vote.pk}


def a_ballot_link(cast):
    return {"token": voting.address(voting.voters(a_vote(cast))[0]).rstrip("/").rpartition("/")[2]}


def terms(cast):
    return {"own": "Boats\nA party", "how": "link", "dots": "3", "ends_on": timezone.localdate() + timedelta(days=5)}


def another_day(cast):
    return {"ends_on": timezone.localdate() + timedelta(days=20)}


def dots(cast):
    return {f"c-{VoteCandidate.objects.order_by('pk')[0].pk}": "2"}


def hands(cast):
    return {f"h-{VoteCandidate.objects.order_by('pk')[0].pk}": "2"}


def state():
    return (
        list(PriorityVote.objects.order_by("pk").values_list("status", "reminded_at", "because", "ends_at")),
        list(VoteCandidate.objects.order_by("pk").values_list("hands", flat=True)),
        list(BallotDots.objects.values_list("candidate", "dots")),
    )


#                                  visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("practice:vote-new", OWN, build=answered, state=state),
    Row("practice:vote-new", OWN_DONE, method="post", build=answered, data=terms, state=state),
    Row("practice:vote-detail", OWN, build=of_an_ended_vote, state=state),
    Row("practice:vote-detail", OWN, build=of_a_vote, state=state),
    Row("practice:vote-hands", OWN_DONE, method="post", build=of_a_vote, data=hands, state=state),
    Row("practice:vote-remind", OWN_DONE, method="post", build=of_an_older_vote, state=state),
    Row("practice:vote-move", OWN_DONE, method="post", build=of_a_vote, data=another_day, state=state),
    Row("practice:vote-end", OWN_DONE, method="post", build=of_a_vote, state=state),
    Row("practice:vote-cancel", OWN_DONE, method="post", build=of_a_vote, data=lambda cast: {"because": "Not now."}, state=state),
    Row("practice:ballot", ALL, build=a_ballot_link, state=state),
    Row("practice:ballot-cast", DONE, method="post", build=a_ballot_link, data=dots, state=state),
]
