"""An objection and an approval at the same moment, each on a connection of its own."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from foundation.workflow import TransitionRefused
from products.models import CommunityReview, Edition, Opinion
from products.road import workflow as road
from products.window import rules, workflow
from tests import make
from tests.products import making
from tests.races import at_once


@pytest.mark.django_db(transaction=True)
@pytest.mark.row("R29")
def test_an_objection_at_the_last_second_and_an_approval_pass_one_after_the_other(monkeypatch):
    """Whichever comes first, nothing is approved over an open objection: the days end between the two."""
    edition, olu, editor = making.presented(make.ambassador("Wilma Writer")), make.ambassador("Olu Objector"), making.editor()
    CommunityReview.objects.update(opened_at=making.A_WHILE_AGO, closes_at=timezone.now())
    monkeypatch.setattr(rules, "may_speak", lambda user, window: window.closed_at is None)  # its mail was being read at that second

    results = at_once(
        lambda: workflow.speak(edition, kind="objects", words="Name the clubs.", by=olu),
        lambda: road.approve(Edition.objects.get(pk=edition.pk), by=editor, revision=edition.revision),
    )

    objected, approved = Opinion.objects.count() == 1, Edition.objects.get().status == "approved"
    assert (objected, approved) in {(True, False), (False, True)}
    assert [type(one) for one in results if isinstance(one, Exception)] == [ValidationError if objected else TransitionRefused]
