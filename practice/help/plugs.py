"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from practice.help.questions import desk as question_desk
from practice.help.questions import emails as question_emails
from practice.help.questions import panels
from practice.help.talks import calendar, settings_pages
from practice.help.talks import desk as talk_desk
from practice.help.talks import emails as talk_emails

__all__ = ["calendar", "panels", "question_desk", "question_emails", "settings_pages", "talk_desk", "talk_emails"]
