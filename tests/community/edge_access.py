import secrets
import time

from community.contact import workflow
from community.models import ContactMessage
from community.share_image import address_part
from foundation import proof, tokens
from foundation.models import Token
from tests import make
from tests.access import Row


def written(cast):
    """A message as the form sends it, from a page that was open for a minute."""
    return {
        "name": "Noor Haddad",
        "address": "noor@people.example",
        "subject": "May our school use your questions?",
        "words": "A colleague showed me your questions.",
        "begun": proof.begin(at=time.time() - 60),
    }


def unconfirmed(cast):
    """A message that waits until its writer presses the button."""
    fields = {"name": "Noor", "address": "noor@people.example", "subject": "Hello", "words": "Hello."}
    workflow.take_unconfirmed(nonce=secrets.token_hex(8), **fields)
    return {"token": tokens.text_of(Token.objects.filter(purpose="contact").latest("pk"))}


def somebody_public(cast):
    return {"slug": make.ambassador("Shown Sharma", listed_for="public").ambassador.slug}


def in_the_teams_hands():
    return ContactMessage.objects.filter(status="open").count()


def pages_section(cast):
    return {"section": "pages"}


#                              visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("community:robots", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:sitemap", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:sitemap-section", (200, 200, 200, 200, 200, 200, 200), build=pages_section),
    Row("community:security-txt", (200, 200, 200, 200, 200, 200, 200)),
    Row("ambassadors:ambassador-detail", (200, 200, 200, 200, 200, 200, 200), build=somebody_public),
    Row("ambassadors:ambassador-vcard", (200, 200, 200, 200, 200, 200, 200), build=somebody_public),
    Row("community:share-image", (200, 200, 200, 200, 200, 200, 200), build=lambda cast: {"part": address_part("Norms")}),
    Row("community:trap-show", (403, 200, 200, 200, 403, 200, 200)),
    Row("community:contact", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:contact", (200, 200, 200, 200, 200, 200, 200), query="?to=nobody"),
    Row(
        "community:contact-send",
        (302, 302, 302, 302, 302, 302, 302),
        method="post",
        data=written,
        state=ContactMessage.objects.count,
    ),
    Row("community:contact-thanks", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:contact-waits", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:contact-confirm", (200, 200, 200, 200, 200, 200, 200), build=unconfirmed, state=in_the_teams_hands),
    Row(
        "community:contact-confirm-send",
        (302, 302, 302, 302, 302, 302, 302),
        method="post",
        build=unconfirmed,
        state=in_the_teams_hands,
    ),
]
