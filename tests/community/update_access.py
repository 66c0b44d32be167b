"""Who gets what of the Update. Everything of it is public but drafts; a subscription is its link's."""

import time

from correspondence.models import Subscription
from correspondence.update import subscribing
from foundation import proof
from tests.access import Row
from tests.community import update_making as making


def one_that_went_out(cast):
    return {"slug": making.sent(by=cast.staff).slug}


def one_that_did_not(cast):
    return {"slug": making.update(by=cast.staff).slug}


def asked_for(cast):
    return {"token": token_of(making.subscription(confirmed=False))}


def confirmed(cast):
    return {"token": token_of(making.subscription())}


def token_of(subscription):
    return subscribing.link_of(subscription).split("/")[-2]


def written(cast):
    return {"address": "noor@elsewhere.example", "begun": proof.begin(at=time.time() - 60)}


def subscriptions():
    return sorted(Subscription.objects.values_list("address", "status"))


EVERYBODY = (200, 200, 200, 200, 200, 200, 200)
SENT_ON = (302, 302, 302, 302, 302, 302, 302)
NOBODY = (404, 404, 404, 404, 404, 404, 404)
#                              visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("community:update-list", EVERYBODY),
    Row("community:update-feed", EVERYBODY),
    Row("community:update-detail", EVERYBODY, build=one_that_went_out),
    Row("community:update-detail", NOBODY, build=one_that_did_not, query="?draft"),  # the support team looks at it in the admin
    Row("community:subscribe", EVERYBODY, state=subscriptions),
    Row("community:subscribe-send", SENT_ON, method="post", data=written, state=subscriptions),
    Row("community:subscribe-waits", EVERYBODY),
    Row("community:subscription-gone", EVERYBODY),
    Row("community:subscription-show", EVERYBODY, build=asked_for, state=subscriptions),
    Row("community:subscription-confirm", SENT_ON, method="post", build=asked_for, state=subscriptions),
    Row("community:subscription-delete", SENT_ON, method="post", build=confirmed, state=subscriptions),
]
