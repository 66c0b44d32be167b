"""No mail poses as a person: it brings somebody's own words, or it says that it was sent automatically and comes from the community."""

from __future__ import annotations

from email.utils import parseaddr

import pytest

from correspondence.addresses import person_via_community
from correspondence.kinds import kinds
from correspondence.models import OutgoingMail
from correspondence.rendering import message_for, preview
from foundation.models import Community

pytestmark = pytest.mark.django_db
LABEL = "sent automatically"
# What brings words that a person wrote for those who read them, at that moment or for that day. Whoever adds one names the act by which
# the person said it: a post, a question, a word of invitation, an answer to a letter, an edition that an editor sent.
OWN_WORDS = {
    "asking_answered",
    "asking_handed",
    "asking_question",
    "contact_answer",
    "contact_message",
    "letter_to_team",
    "mention",
    "need_alert",
    "nudge",
    "private_message",
    "prompt_asked",
    "prompt_early",
    "prompt_opened",
    "reply_prepared",
    "review_question",
    "thread_post",
    "update",
    "update_test",
}


@pytest.mark.row("C14")
def test_every_kind_of_mail_is_somebodys_own_words_or_says_that_it_is_automatic():
    Community.objects.update_or_create(pk=1, defaults={"name": "Harbour Lights"})
    assert {name for name, kind in kinds.items() if kind.own_words} == OWN_WORDS

    # These leave by the clock, in words whose approval is asked for as they leave: tests/welcome/test_welcome_mail.py.
    assert {name for name, kind in kinds.items() if kind.approved_words} == {"buddy_welcome", "buddy_takes_over"}
    unlabelled = {name for name, kind in kinds.items() if not (LABEL in (shown := preview(kind)).text and LABEL in shown.html)}

    assert unlabelled == OWN_WORDS


@pytest.mark.row("C14")
@pytest.mark.parametrize("own_words", [True, False])
def test_an_automatic_mail_never_comes_in_a_persons_name(alice, new_kind, own_words):
    """Whatever its kind would put there: the name is the community's, and an answer finds its way all the same."""
    Community.objects.update_or_create(pk=1, defaults={"name": "Harbour Lights", "sender_name": ""})
    posing = {"From": person_via_community("Bob Brandt", "reply+abc"), "Reply-To": "reply+abc@mail.example.org"}
    new_kind("note", own_words=own_words, headers=lambda mail, context: posing)

    message = message_for(OutgoingMail.objects.create(kind="note", person=alice, key="x", about={}))

    name, address = parseaddr(message.extra_headers["From"])
    assert (name, address.partition("@")[0]) == ("Bob Brandt via Harbour Lights" if own_words else "Harbour Lights", "reply+abc")
    assert message.reply_to == ["reply+abc@mail.example.org"]
