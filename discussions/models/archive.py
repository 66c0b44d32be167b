from __future__ import annotations

from django.db import models

from discussions.models.post import Post
from discussions.models.space import Space
from discussions.models.thread import Thread


class ArchivedMessage(models.Model):
    """A message of a mailing list that was brought into a space, or that one of those answers (`is_here` says which).

    It holds a hash of the Message-ID and none of the words: by it a second import knows what is here, also once the post's author has
    left and taken their words along, and an answer finds the conversation that it belongs to.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="+")
    key = models.UUIDField()
    thread = models.ForeignKey(Thread, models.SET_NULL, null=True, related_name="+")
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    is_here = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "key"], name="archived_message_once")]

    def __str__(self) -> str:
        return f"Message of an archive in space {self.space_id}"
