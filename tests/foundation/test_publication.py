"""A new version of the publication is taken on commit of whatever visitors could see, and of nothing else."""

import pytest
from django.core.cache import cache
from django.db import transaction

from ambassadors.models import User
from ambassadors.workflow import make_alumni
from foundation import publication
from foundation.models import Community, RoleLabel
from tests import make


@pytest.fixture
def is_new():
    """Whether there is a new version since it was asked last."""
    seen = [publication.first_version()]

    def is_new() -> bool:
        seen.append(cache.get(publication.VERSION))
        return seen[-1] != seen[-2]

    return is_new


@pytest.mark.django_db(transaction=True)
def test_version_is_taken_on_commit_and_not_before(is_new):
    with transaction.atomic():
        Community.found()
        before_commit = is_new()

    assert (before_commit, is_new(), is_new()) == (False, True, False)


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_changes_nothing(is_new):
    with transaction.atomic():
        Community.found()
        transaction.set_rollback(True)

    assert not is_new()


@pytest.mark.django_db(transaction=True)
def test_sets_deletions_and_history_count_as_changes(is_new):
    alice, label = make.ambassador("Alice Amadi"), RoleLabel.objects.create(name="Researcher")
    is_new()

    alice.ambassador.role_labels.add(label)
    added = is_new()
    label.delete()
    deleted = is_new()
    make_alumni(alice.ambassador, by=alice)  # a compare-and-swap, which sends no signal
    moved = is_new()

    assert (added, deleted, moved) == (True, True, True)


@pytest.mark.django_db(transaction=True)
def test_signing_in_changes_no_page(is_new, client):
    alice = make.ambassador("Alice Amadi")
    is_new()

    client.force_login(alice)
    signed_in = is_new()
    User.objects.get(pk=alice.pk).save(update_fields=["name"])

    assert (signed_in, is_new()) == (False, True)


def test_version_that_the_cache_lost_is_no_former_one(is_new):
    before = publication.first_version()
    cache.clear()

    first, second = publication.first_version(), publication.first_version()

    assert first == second != before
    assert is_new()


@pytest.mark.django_db(transaction=True)
def test_change_without_a_cache_is_saved_all_the_same(settings):
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1"},
    }

    Community.found()

    assert Community.objects.get().name == "Concentric"
    assert publication.first_version() != publication.first_version()  # nothing is stored, nothing raises
