"""The slates of the demo: one open with answers by web and mail and a concern, one closed with a late answer."""

from __future__ import annotations

import pytest
from django.utils import timezone

from ambassadors.models import Concern, Slate, SlateAnswer, User
from community.demo.slates import put_before_all
from tests import make
from tests.ambassadors import admission_making as making

pytestmark = pytest.mark.django_db


def test_slates_of_the_demo():
    making.edition()
    making.lead()
    for number in range(14):
        make.ambassador(f"Person {number}")
    User.objects.update(last_login=timezone.now())

    put_before_all()
    put_before_all()

    opened, closed = Slate.objects.order_by("-pk")
    ways = SlateAnswer.objects.filter(entry__slate=opened).values_list("via", flat=True)
    late = SlateAnswer.objects.filter(entry__slate=closed, is_late=True)
    assert (opened.status, opened.entries.count(), opened.takes_answers, set(ways)) == ("open", 4, True, {"web", "mail"})
    assert (closed.status, late.count(), Concern.objects.count()) == ("closed", 1, 1)
