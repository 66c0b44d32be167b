"""The mail providers whose webhooks are understood (by django-anymail), and what proves that a call comes from them.

Read by the settings, so it imports nothing of Django.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.util import find_spec
from typing import NamedTuple

SECRET = "WEBHOOK_SECRET"  # noqa: S105  the name of a setting: user:password of the address that the provider calls
ROUTES = ("inbound", "inbound_mime", "tracking")


class Provider(NamedTuple):
    """How django-anymail calls it, the settings of which one must be there for a route to open, and the library it needs beside."""

    views: str
    inbound: tuple[str, ...]
    tracking: tuple[str, ...]
    needs: str = ""


PROVIDERS = {
    "amazon_ses": Provider("AmazonSES", (SECRET,), (SECRET,), needs="boto3"),
    "brevo": Provider("Brevo", (SECRET,), (SECRET,)),
    "mailersend": Provider("MailerSend", ("MAILERSEND_INBOUND_SECRET",), ("MAILERSEND_SIGNING_SECRET",)),
    "mailgun": Provider("Mailgun", ("MAILGUN_WEBHOOK_SIGNING_KEY",), ("MAILGUN_WEBHOOK_SIGNING_KEY",)),
    "mailjet": Provider("Mailjet", (SECRET,), (SECRET,)),
    "mailtrap": Provider("Mailtrap", ("MAILTRAP_INBOUND_SECRET", SECRET), ("MAILTRAP_TRACKING_SECRET", SECRET)),
    "mandrill": Provider("Mandrill", ("MANDRILL_WEBHOOK_KEY",), ("MANDRILL_WEBHOOK_KEY",)),
    "postal": Provider("Postal", ("POSTAL_WEBHOOK_KEY",), ("POSTAL_WEBHOOK_KEY",)),
    "postmark": Provider("Postmark", (SECRET,), (SECRET,)),
    "resend": Provider("Resend", ("RESEND_INBOUND_SECRET",), ("RESEND_SIGNING_SECRET",), needs="svix"),
    "sendgrid": Provider(
        "SendGrid",
        ("SENDGRID_INBOUND_WEBHOOK_VERIFICATION_KEY", SECRET),
        ("SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY", SECRET),
    ),
    "sparkpost": Provider("SparkPost", (SECRET,), (SECRET,)),
    "unisender_go": Provider("UnisenderGo", (), ("UNISENDER_GO_API_KEY",)),
}
# What django-anymail reads beside the proofs: with them it fetches what some providers leave out of their calls.
ALSO_READ = ("BREVO_API_KEY", "MAILTRAP_API_TOKEN", "RESEND_API_KEY", "MANDRILL_WEBHOOK_URL")


def setting_names() -> list[str]:
    """Every name that may follow ANYMAIL_ in the environment."""
    proofs = {name for provider in PROVIDERS.values() for name in (*provider.inbound, *provider.tracking)}
    return sorted(proofs | set(ALSO_READ))


def is_open(name: str, route: str, known: Mapping[str, object]) -> bool:
    """Whether this route of a provider that was named can tell the provider from anybody else."""
    provider = PROVIDERS[name]
    return any(proof in known for proof in (provider.tracking if route == "tracking" else provider.inbound))


def what_is_wrong(names: list[str], known: Mapping[str, str]) -> str:
    """Return the sentence for which a site with these settings must not start, or nothing."""
    for name in names:
        if name not in PROVIDERS:
            return f"MAIL_PROVIDERS: {name!r} is none of {', '.join(PROVIDERS)}."
        provider = PROVIDERS[name]
        if not any(is_open(name, route, known) for route in ROUTES):
            wanted = " or ".join(f"ANYMAIL_{proof}" for proof in dict.fromkeys((*provider.inbound, *provider.tracking)))
            return f"MAIL_PROVIDERS names {name}, and nothing tells its calls from a stranger's: set {wanted}."
        if provider.needs and find_spec(provider.needs) is None:
            return f"MAIL_PROVIDERS names {name}, which needs the library {provider.needs}: install it beside the others."
    secret = known.get(SECRET, "")
    if secret and not re.fullmatch(r"[^:\s]+:\S{16,}", secret):
        return "ANYMAIL_WEBHOOK_SECRET: expected user:password with a password of at least 16 characters."
    return ""
