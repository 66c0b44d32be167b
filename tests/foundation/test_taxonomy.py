from __future__ import annotations

import pytest
from django.urls import reverse

from foundation import defaults, taxonomy
from foundation.models import HistoryEntry, Pillar, Place, RoleLabel, Sector, Synonym, Topic


@pytest.mark.parametrize("word", ["Evaluación", "evaluacion", " EVALUACION ", "assessment", "Assessment"])
def test_a_topic_is_found_by_its_name_and_its_other_words(db, word):
    topic = Topic.objects.create(name="Evaluación")
    Synonym.objects.create(topic=topic, name="assessment")
    Topic.objects.create(name="Assessors")

    assert list(Topic.objects.called(word)) == [topic]


def test_words_become_topics_once_each_and_the_unknown_are_named(db):
    topic = Topic.objects.create(name="Evaluation")
    Synonym.objects.create(topic=topic, name="assessment")

    assert taxonomy.topics_called(["evaluation", "Assessment", "beekeeping", " "]) == ([topic], ["beekeeping"])


def test_joining_two_topics_keeps_every_word(alice):
    kept, gone = Topic.objects.create(name="Evaluation"), Topic.objects.create(name="Assessment")
    Synonym.objects.create(topic=gone, name="Appraisal")

    taxonomy.topic_join(gone, kept, by=alice)

    assert [Topic.objects.called(word).get() for word in ("evaluation", "assessment", "appraisal")] == [kept] * 3
    assert HistoryEntry.objects.get().note == "Assessment became another word for Evaluation"


def test_a_term_gets_a_slug_even_without_letters_for_one(db):
    slugs = [Sector.objects.create(name=name).slug for name in ("Public health", "Public Health!", "教育")]

    assert slugs == ["public-health", "public-health-2", "sector"]


def test_a_place_is_made_once(db):
    first = taxonomy.place_called(" Porto  Alegre", "Brazil")

    assert taxonomy.place_called("porto alegre", "brazil") == first
    assert str(first) == "Porto Alegre, Brazil"
    assert Place.objects.count() == 1


def test_defaults_fill_what_is_empty_and_leave_the_rest(db):
    Sector.objects.create(name="Fisheries")

    filled = defaults.fill_defaults()

    assert (filled, defaults.fill_defaults()) == (["pillars", "role labels"], [])
    assert [pillar.number for pillar in Pillar.objects.all()] == [1, 2, 3, 4, 5, 6, 7]
    assert list(Sector.objects.values_list("name", flat=True)) == ["Fisheries"]
    assert RoleLabel.objects.count() == len(defaults.ROLE_LABELS)


@pytest.mark.parametrize("model", ["pillar", "sector", "rolelabel", "topic", "place"])
def test_the_support_team_edits_each_list(client, staff, model):
    client.force_login(staff)

    assert client.get(reverse(f"admin:foundation_{model}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:foundation_{model}_add")).status_code == 200


def test_a_topic_is_saved_with_its_other_words(client, staff):
    client.force_login(staff)
    rows = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000, "0-name": "assessment"}
    data = {"name": "Evaluation", "slug": "", "is_offered": "on", **{f"synonyms-{key}": value for key, value in rows.items()}}

    response = client.post(reverse("admin:foundation_topic_add"), data)

    assert response.status_code == 302
    assert Topic.objects.called("assessment").get().name == "Evaluation"
