"""What a person is told: why their mail was not simply done, and what they can do now."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from correspondence.models import InboundMail

Reason = InboundMail.Reason
SENTENCES: dict[str, Promise] = {
    Reason.UNKNOWN_ADDRESS: _(
        "There is no such address here. Perhaps a letter of it got lost: answer the mail itself, or write on the site."
    ),
    Reason.NOT_A_MEMBER: _(
        "The address you wrote to belongs to somebody who is not an active member at the moment. Nothing was posted."
    ),
    Reason.UNVERIFIED_SENDER: _(
        "It did not come from one of your verified addresses, so we could not be sure that you wrote it. Nothing was posted."
    ),
    Reason.OTHER_MEMBER: _(
        "The address you wrote to is another member's own: whoever writes to it speaks in their name. "
        "Nothing was posted. Please answer from your own copy of the mail, or write on the site."
    ),
    Reason.FAILED_CHECKS: _("Its sender's mail service says that the mail did not come from there. Nothing was posted."),
    Reason.OTHER_SUBJECT: _(
        "It has a new subject and is not an answer, but went to the address of an older conversation. We did not want to guess where it belongs."
    ),
    Reason.SAME_AGAIN: _("It says the same as your mail before it, so we did not post it a second time."),
    Reason.PERHAPS_AUTOMATIC: _(
        "It came at once and reads like an automatic answer, so we did not post it. If you wrote it yourself, post it here."
    ),
    Reason.TOO_MANY: _("Many mails came from you within an hour, so this one waits until you say that it is meant."),
    Reason.NOT_PROVEN: _(
        "It was sent to an address that everybody can know, and your mail service does not prove to us that it comes from you. "
        "So it waits until you say that you wrote it."
    ),
    Reason.FROM_OUTSIDE: _("It waits for the people who lead the space that it was sent to."),
    Reason.NOT_CLEAR: _("We could tell neither a yes nor a no in it."),
    Reason.NOT_OPEN: _("The conversation it answers is closed, or no longer open to you. Nothing was posted."),
    Reason.EMPTY: _("We found no words in it. A file alone cannot be posted: send it again with a word or two about it."),
    Reason.TOO_LARGE: _("It is too large: at most 10 megabytes, and 50,000 characters of text. Nothing was posted."),
    Reason.OUR_FAULT: _("Our software failed on it, several times. We are sorry. The support team can see that it happened."),
}


def sentence(mail: InboundMail) -> str:
    """Return the reason in plain language: what the door said, else what there is to say of the reason."""
    if mail.why:
        return f"{mail.why} {_nothing_posted()}"
    return str(SENTENCES.get(mail.reason, ""))


def _nothing_posted() -> str:
    return gettext("Nothing was posted.")
