from __future__ import annotations

import secrets
import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import Storage, storages
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.audiences import NOBODY, OWN_CHOICE, Audience, AudienceField
from foundation.querysets import UploadQuerySet


def private_storage() -> Storage:
    """Where files lie that no web server may hand out by itself."""
    return storages["private"]


def random_name(upload: Upload, name: str) -> str:
    """Return a name that says nothing but the type; `name` has been checked by `foundation.uploads`."""
    word = secrets.token_hex(16)
    return f"{word[:2]}/{word}.{name.rpartition('.')[2]}"


class Upload(models.Model):
    """A file that somebody gave us, after it was looked into (foundation/uploads.py). Read through `visible_to`, or not at all.

    `holder` is what it belongs to: only those read it who may see the holder. `audience` narrows that further, except for HOLDER,
    which adds nothing; without a holder it says that nobody but the owner reads it.
    """

    HOLDER = "holder"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    holder_type = models.ForeignKey(ContentType, models.CASCADE, null=True, blank=True, related_name="+")
    holder_id = models.CharField(max_length=40, blank=True)
    holder = GenericForeignKey("holder_type", "holder_id")
    audience = AudienceField(choices=[*Audience.choices, (HOLDER, _("whoever may see what it belongs to"))], default=HOLDER)
    file = models.FileField(storage=private_storage, upload_to=random_name, max_length=60)
    name = models.CharField(_("name"), max_length=120)
    alt = models.CharField(_("what the picture shows"), max_length=300, blank=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UploadQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "holder_id": NOBODY,
        "file": NOBODY,
        "name": OWN_CHOICE,
        "alt": OWN_CHOICE,
        "content_type": OWN_CHOICE,
        "sha256": NOBODY,
    }

    class Meta:
        indexes = [models.Index(fields=["holder_type", "holder_id"], name="upload_of_holder")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("foundation:upload-show", args=[self.pk, self.name])

    @property
    def is_image(self) -> bool:
        """Whether a page may show it in place."""
        return self.content_type.startswith("image/")
