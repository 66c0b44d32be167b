"""Whether the links of published resources still lead somewhere: asked of each address as gently as one can, and written down for editors.

Members hand these addresses in, so nothing on our own network is asked: the name is looked up once, its address is judged, and the
connection goes to that very address. Redirects are followed the same way, a few at most.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from products.models import Edition, LinkCheck

SECONDS, HOPS = 10, 5
NOT_HEAD = {400, 403, 404, 405, 406, 410, 500, 501}  # some answer a HEAD like this, and a GET well
LATER = {408, 425, 429, 502, 503, 504}  # busy: that says nothing about the link
KNOWS_US_NOT = {401, 402, 403, 407, 451}  # it is there, and not for machines
PORTS = {80, 443, 8000, 8080, 8443}
CARRY_OTHERS = [ip_network(net) for net in ("::/96", "64:ff9b::/96", "2001::/32", "2002::/16")]  # addresses that hold another one


class Refused(Exception):
    """The address is not one that we ask."""


@dataclass(frozen=True)
class Answer:
    """What came back: whether the link leads somewhere (None: ask again another day), and a few words about it."""

    leads: bool | None
    said: str


def check_links(
    *,
    every: timedelta = timedelta(days=6),
    pause: float = 1.0,
    may_be_local: bool = False,
    ask: Callable[[str], None] | None = None,
) -> list[LinkCheck]:
    """Ask each link that was not asked for within `every`, one after the other with a `pause`; return those that are broken now."""
    due = Edition.objects.filter(status=Edition.Status.PUBLISHED).exclude(link="")  # unscoped: the house's own work
    fresh = LinkCheck.objects.filter(checked_at__gt=timezone.now() - every)
    editions = [
        edition for edition in due.order_by("pk") if (edition.pk, edition.link) not in set(fresh.values_list("edition", "url"))
    ]
    for number, edition in enumerate(editions):
        time.sleep(pause if number else 0)
        if ask:
            ask(edition.link)
        _keep(edition, answer_of(edition.link, may_be_local=may_be_local))
    return list(LinkCheck.objects.broken().select_related("edition__product"))


def answer_of(url: str, *, may_be_local: bool = False) -> Answer:
    """Ask an address without fetching more than its head, and return what that means."""
    try:
        status = _status(url, may_be_local)
    except Refused as refused:
        return Answer(False, str(refused))
    except ssl.SSLCertVerificationError:
        return Answer(False, "its certificate is not valid")
    except (OSError, HTTPException, ValueError):
        return Answer(False, "no answer")
    if status in LATER:
        return Answer(None, f"answered {status}")
    return Answer(status < 400 or status in KNOWS_US_NOT, f"answered {status}")


def _keep(edition: Edition, answer: Answer) -> None:
    now = timezone.now()
    known = LinkCheck.objects.filter(edition=edition).first()
    since = known.failing_since if known and known.url == edition.link else None
    if answer.leads is not None:
        since = None if answer.leads else since or now
    said = {"url": edition.link, "said": answer.said, "checked_at": now, "failing_since": since}
    LinkCheck.objects.update_or_create(edition=edition, defaults=said)


def _status(url: str, may_be_local: bool) -> int:
    """The status at the end of all redirects."""
    for _hop in range(HOPS + 1):
        status, location = _asked("HEAD", url, may_be_local)
        if status in NOT_HEAD:
            status, location = _asked("GET", url, may_be_local)
        if status not in {301, 302, 303, 307, 308} or not location:
            return status
        url = urljoin(url, location)
    raise Refused("it leads round and round")


def _asked(method: str, url: str, may_be_local: bool) -> tuple[int, str]:
    parts = urlsplit(iri_to_uri(url.strip()))
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Refused("not an address of the web")
    connection = _connection(parts, _address(parts, may_be_local))
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(
            method, target, headers={"User-Agent": f"Concentric ({settings.SITE_URL}; checks links)", "Accept": "*/*"}
        )
        answer: HTTPResponse = connection.getresponse()
        return answer.status, answer.getheader("Location", "") or ""
    finally:
        connection.close()


def _address(parts: SplitResult, may_be_local: bool) -> tuple[str, int]:
    """Look the name up once: what was judged is what is asked."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if not may_be_local and port not in PORTS:
        raise Refused("a port that is not the web's")
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)[0][4]
    host = str(found[0])
    if not may_be_local and not is_outside(host):
        raise Refused("an address inside a house")
    return host, port


def is_outside(host: str) -> bool:
    """Whether an address is somebody's on the open net: no group's, and none that leads to another one by its own digits."""
    address = ip_address(host)
    carries = isinstance(address, IPv6Address) and any(address in net for net in CARRY_OTHERS)
    return address.is_global and not address.is_multicast and not carries


class _Plain(HTTPConnection):
    """A connection to an address that was looked up before."""

    at: tuple[str, int]

    def connect(self) -> None:
        self.sock = socket.create_connection(self.at, SECONDS)


class _Safe(HTTPSConnection):
    """The same, encrypted, for the name that the certificate has to carry."""

    at: tuple[str, int]

    def connect(self) -> None:
        raw = socket.create_connection(self.at, SECONDS)
        self.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=self.host)


def _connection(parts: SplitResult, at: tuple[str, int]) -> _Plain | _Safe:
    kind = _Safe if parts.scheme == "https" else _Plain
    connection = kind(str(parts.hostname), at[1], timeout=SECONDS)
    connection.at = at
    return connection
