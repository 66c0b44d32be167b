"""No model that has to do with people is forgotten by the archive and the erasure."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models

from ambassadors.models import Ambassador, User
from foundation.privacy_export import exempt, sections

# No relation tells that these are a person's: a session names its account inside its data.
TOLD_BY_HAND = {"sessions.Session"}
# Words of the house's own, which point to nobody: what leads to them from a person is the person's row, not theirs.
ENDS = {"auth.Group", "auth.Permission", "contenttypes.ContentType"}


def all_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]


def points_to(model: type[models.Model]) -> set[type[models.Model]]:
    fields = [field for field in model._meta.concrete_fields if field.is_relation]
    return {field.related_model for field in fields if field.related_model is not None}


def touches_people(model: type[models.Model]) -> bool:
    """It holds a person by key, holds anything by a generic key, or holds an address."""
    of_people = points_to(model) & {User, Ambassador} or model in {User, Ambassador}
    generic = any(isinstance(field, GenericForeignKey) for field in model._meta.private_fields)
    return bool(of_people or generic or any(isinstance(field, models.EmailField) for field in model._meta.concrete_fields))


def personal_models() -> set[str]:
    """Those that touch people, and those that hang on one of these: a text's revisions, a case's answers."""
    found = {model for model in all_models() if touches_people(model)}
    while more := {model for model in all_models() if model not in found and points_to(model) & found}:
        found |= more
    return {model._meta.label for model in found} - ENDS | TOLD_BY_HAND


def answered_for() -> set[str]:
    return {label for section in sections for label in section.models} | {label for label, _reason in exempt.items()}


@pytest.mark.row("R25")
def test_every_model_that_has_to_do_with_people_has_a_rule_for_export_and_erasure():
    assert personal_models() - answered_for() == set(), "name it in the `models` of a Section, or in `exempt` with a reason"


def test_no_rule_is_for_a_model_that_is_not_there():
    assert answered_for() - {model._meta.label for model in all_models()} == set()


def test_no_model_has_two_rules():
    named = [label for section in sections for label in section.models] + [label for label, _reason in exempt.items()]

    assert sorted(named) == sorted(set(named))


def test_every_exemption_gives_its_reason():
    assert [label for label, reason in exempt.items() if len(reason) < 20] == []


@pytest.mark.row("R25")
@pytest.mark.parametrize(
    "fields",
    [
        {"person": models.ForeignKey(User, models.CASCADE, related_name="+")},
        {"ambassador": models.OneToOneField(Ambassador, models.CASCADE, related_name="+")},
        {"people": models.ManyToManyField(User, related_name="+")},
        {"address": models.EmailField()},
        {"post": models.ForeignKey("discussions.Post", models.CASCADE, related_name="+")},
    ],
    ids=["key", "one to one", "many to many", "address", "what hangs on something personal"],
)
def test_a_new_model_without_a_rule_fails(fields, monkeypatch):
    name = "Forgotten"
    body = {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "discussions"}), **fields}
    try:
        type(name, (models.Model,), body)
        assert {label for label in personal_models() - answered_for() if label.startswith("discussions.Forgotten")} != set()
    finally:
        registered = apps.all_models["discussions"]
        for key in [key for key in registered if key.startswith("forgotten")]:
            del registered[key]
        apps.clear_cache()

    assert personal_models() - answered_for() == set()
