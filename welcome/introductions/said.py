"""What people are told about introductions, on pages and by mail alike. No sentence depends on what the other said, but the one for both."""

from django.utils.translation import gettext_lazy as _

YES = _("Thank you. If you both say yes, a private conversation of the two of you begins. Else nobody hears what you said.")
NOT_NOW = _("All right, not now. Nobody hears of it, and you can change your mind until the day is over.")
MADE = _("You both said yes: your private conversation has begun.")
OVER = _("This introduction is over: it can no longer be answered.")
UNCLEAR = _(
    "To say whether you would like to meet, write “yes” or “not now”, alone in the first line. What you wrote went to nobody: "
    "if it was meant for the other person, write to them from their profile."
)
