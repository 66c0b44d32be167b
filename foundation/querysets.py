"""Which rows of the ground floor a reader may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import Cast

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class HistoryQuerySet(models.QuerySet):
    """Lines of history, by who reads them."""

    def visible_to(self, reader: User | AnonymousUser) -> HistoryQuerySet:
        """Everybody reads what was done with their own account; staff read the rest but what only the parties may know.

        A model with `confidential_history = True` keeps its lines from staff.
        """
        if not reader.is_authenticated or not reader.is_active:
            return self.none()
        if not reader.is_staff:
            return self.about(reader)
        return self.filter(~Q(target_type__in=_confidential_types()) | Q(about=reader))

    def about(self, person: User) -> HistoryQuerySet:
        """What was done with one person's account, the newest first."""
        return self.filter(about=person)


def _confidential_types() -> models.QuerySet:
    from django.contrib.contenttypes.models import ContentType  # deferred: querysets load before the app registry is ready

    labels = Q(pk__in=[])
    for model in apps.get_models():
        if getattr(model, "confidential_history", False):
            labels |= Q(app_label=model._meta.app_label, model=model._meta.model_name)
    return ContentType.objects.filter(labels)


class TermQuerySet(models.QuerySet):
    """The community's vocabulary, which is public as such; who carries a term is said elsewhere."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Everybody sees every term."""
        return self

    def offered(self) -> Self:
        """What a form offers for a new choice."""
        return self.filter(is_offered=True)


class TopicQuerySet(TermQuerySet):
    """Topics, by their own name or another word for them."""

    def called(self, word: str) -> Self:
        """The topic of that name or with that synonym, whatever the case and the accents; at most one."""
        word = " ".join(word.split())
        by_name = self.filter(name__unaccent__iexact=word)
        return by_name if by_name.exists() else self.filter(synonyms__name__unaccent__iexact=word)

    def like(self, start: str) -> Self:
        """Topics of which the name or a synonym contains `start`, for a picker."""
        named = Q(name__unaccent__icontains=start) | Q(synonyms__name__unaccent__icontains=start)
        return self.filter(pk__in=self.model._default_manager.filter(named).values("pk"))


class PlaceQuerySet(models.QuerySet):
    """Places, as words; nobody is told who is at one by this."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Members and staff see the list, a visitor sees only what is public on a profile."""
        return self if Audience.MEMBERS in reached_by(reader) else self.none()


class UploadQuerySet(models.QuerySet):
    """Files, by who may open them."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """One's own files, those of an audience one belongs to, and those of a holder one may see (a model with `holds_uploads`)."""
        in_reach = Q(audience__in=reached_by(reader))
        seen = Q(holder_type=None) & in_reach
        if reader.is_authenticated and reader.is_active:
            seen |= Q(owner=reader)
        rows = self
        for number, model in enumerate(model for model in apps.get_models() if getattr(model, "holds_uploads", False)):
            readable: Any = model._default_manager
            holder = Exists(readable.visible_to(reader).filter(pk=OuterRef(f"holder_{number}")))
            rows = rows.alias(**{f"holder_{number}": _holder_key(model)})
            seen |= Q(holder) & (in_reach | Q(audience="holder"))
        return rows.filter(seen)


def _holder_key(model: type[models.Model]) -> Case:
    """The key of the holder where it is of this model. It is looked up by its index: there may be very many that one may see."""
    key: Any = model._meta.pk
    field = models.BigIntegerField() if isinstance(key, models.AutoField | models.BigAutoField) else type(key)()
    of_type = Q(holder_type__app_label=model._meta.app_label, holder_type__model=model._meta.model_name)
    return Case(When(of_type, then=Cast("holder_id", field)), output_field=field)


class SetAsideQuerySet(models.QuerySet):
    """What lies aside of desks."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """One's own only, staff included."""
        return self.filter(person=reader.pk)


class CommunityQuerySet(models.QuerySet):
    """The one community."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """What it is called and is for is public."""
        return self
