"""How long a draft lives."""

from __future__ import annotations

import pytest
import time_machine
from django.utils import timezone

from discussions.models import Draft
from discussions.posts.drafts import KEPT, save_draft
from discussions.tasks import forget_drafts

pytestmark = pytest.mark.django_db


def test_a_draft_is_forgotten_half_a_year_after_its_last_word(thread, alice, bob):
    now = timezone.now()
    with time_machine.travel(now - KEPT * 1.1, tick=False):
        save_draft(thread, by=alice, body="<p>I never came back to this.</p>")
        save_draft(thread, by=bob, body="<p>I did.</p>")
    with time_machine.travel(now - KEPT * 0.9, tick=False):
        save_draft(thread, by=bob, body="<p>I did, and wrote more.</p>")

    with time_machine.travel(now, tick=False):
        forget_drafts()

    assert list(Draft.objects.values_list("person", flat=True)) == [bob.pk]
