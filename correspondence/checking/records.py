"""What the DNS says of the domain that we write from: where its mail goes, who may send for it, how it is signed."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any

import dns.exception
import dns.resolver
import dns.reversename

from correspondence.checking.findings import Finding, Findings, look, plain, right, unknown, wrong
from correspondence.checking.keys import finding_of_key

SECONDS = 5
HARMLESS_POLICIES = {"quarantine", "reject"}


class Names:
    """Asks the DNS. A name that is not there has no records; a server that does not answer raises DNSException."""

    def __init__(self, server: str = "") -> None:
        self._resolver = dns.resolver.Resolver(configure=not server)
        self._resolver.lifetime = SECONDS
        if server:
            host, _colon, port = server.rpartition(":") if server.count(":") == 1 else (server, "", "")
            self._resolver.nameservers = [host or server]
            self._resolver.port = int(port or 53)

    def ask(self, name: str, kind: str) -> list[Any]:
        try:
            return list(self._resolver.resolve(name, kind, search=False))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []

    def texts(self, name: str, begins: str) -> list[str]:
        """The TXT records that begin so, each put together from its pieces."""
        found = [b"".join(record.strings).decode("utf-8", "replace") for record in self.ask(name, "TXT")]
        return [text for text in found if text.lower().startswith(begins)]

    def addresses(self, host: str) -> list[str]:
        return [record.address for kind in ("A", "AAAA") for record in self.ask(host, kind)]


def check_records(domain: str, *, selectors: Sequence[str], sends_from: Sequence[str], server: str = "") -> Findings:
    """Look up everything that other mail servers look up of a domain before they take its mail."""
    try:
        names = Names(server)
        yield from _where_mail_goes(names, domain)
        yield from _who_may_send(names, domain)
        yield from _how_it_is_signed(names, domain, selectors)
        yield from _what_others_shall_do(names, domain)
        yield from _names_of_senders(names, sends_from)
    except (dns.exception.DNSException, OSError, ValueError) as error:
        yield unknown(
            f"The DNS did not answer ({type(error).__name__}).",
            "Try again, or name another server with --resolver.",
        )


def _where_mail_goes(names: Names, domain: str) -> Findings:
    hosts = [record.exchange.to_text(omit_final_dot=True) for record in sorted(names.ask(domain, "MX"), key=_preference)]
    if not hosts:
        yield wrong(f"{domain} has no MX record: answers to our mail have nowhere to go.", f"{domain}. MX 10 <your mail server>.")
    elif hosts == ["."]:
        yield wrong(f"The MX record of {domain} says that it takes no mail.", f"{domain}. MX 10 <your mail server>.")
    elif lost := [host for host in hosts if not names.addresses(host)]:
        yield wrong(f"Mail for {domain} goes to {', '.join(lost)}, which has no address.", "Give the host an A or AAAA record.")
    else:
        yield right(f"Mail for {domain} goes to {', '.join(hosts)}.")


def _preference(record: Any) -> int:
    return int(record.preference)


def _who_may_send(names: Names, domain: str) -> Findings:
    found = [text for text in names.texts(domain, "v=spf1") if text[6:7] in {"", " "}]
    example = f'{domain}. TXT "v=spf1 mx -all", or what your provider tells you to include'
    if not found:
        yield wrong(f"{domain} has no SPF record: others cannot know who may send for it.", example)
    elif len(found) > 1:
        yield wrong(f"{domain} has {len(found)} SPF records, so others believe none.", "Make one of them.")
    else:
        yield _finding_of_spf(domain, found[0])


def _finding_of_spf(domain: str, record: str) -> Finding:
    terms = record.lower().split()[1:]
    end = next((term for term in terms if term.lstrip("+-~?") == "all"), "")
    if end in {"all", "+all"}:
        return wrong(f"The SPF record of {domain} lets the whole world send for it: {plain(record)}", "End it with -all.")
    if end in {"-all", "~all"} or any(term.startswith("redirect=") for term in terms):
        return right(f"SPF: {plain(record)}")
    return look(f"The SPF record of {domain} rules nobody out: {plain(record)}", "End it with -all.")


def _how_it_is_signed(names: Names, domain: str, selectors: Sequence[str]) -> Findings:
    if not selectors:
        hint = "Name the selector that your mail server or provider signs with: --dkim SELECTOR."
        yield unknown("DKIM was not looked at: nobody can list the keys of a domain.", hint)
    for selector in selectors:
        name = f"{selector}._domainkey.{domain}"
        found = [b"".join(record.strings).decode("utf-8", "replace") for record in names.ask(name, "TXT")]
        yield finding_of_key(name, found)


def _what_others_shall_do(names: Names, domain: str) -> Findings:
    """A domain without a policy has that of the one above it."""
    labels = domain.split(".")
    for above in range(len(labels) - 1):
        holder = ".".join(labels[above:])
        if found := names.texts(f"_dmarc.{holder}", "v=dmarc1"):
            yield _finding_of_dmarc(holder, found, inherited=above > 0)
            return
    yield wrong(
        f"{domain} has no DMARC record, which the large mailbox providers ask for.",
        f'_dmarc.{domain}. TXT "v=DMARC1; p=none; rua=mailto:you@your-office.example"',
    )


def _finding_of_dmarc(holder: str, found: list[str], *, inherited: bool) -> Finding:
    if len(found) > 1:
        return wrong(f"_dmarc.{holder} has {len(found)} DMARC records, so others believe none.", "Make one of them.")
    tags = dict(_tag(part) for part in found[0].split(";") if "=" in part)
    policy = tags.get("sp", tags.get("p", "")) if inherited else tags.get("p", "")
    told = f"DMARC ({holder}): {plain(found[0])}"
    if policy in HARMLESS_POLICIES:
        return right(told)
    if policy == "none":
        return look(f"{told} lets forged mail through.", "Read its reports for two weeks, then say p=quarantine.")
    return wrong(f"{told} has no policy that others understand.", "Say p=none, p=quarantine or p=reject.")


def _tag(part: str) -> tuple[str, str]:
    name, _equals, value = part.partition("=")
    return name.strip().lower(), value.strip().lower()


def _names_of_senders(names: Names, sends_from: Sequence[str]) -> Findings:
    """The large mailbox providers take no mail from an address without a name that leads back to it."""
    for address in sends_from:
        hosts = [record.to_text().rstrip(".") for record in names.ask(dns.reversename.from_address(address).to_text(), "PTR")]
        back = [host for host in hosts if ip_address(address) in map(ip_address, names.addresses(host))]
        if back:
            yield right(f"{address} is called {back[0]}, which leads back to it.")
        elif hosts:
            yield wrong(f"{address} is called {hosts[0]}, which does not lead back to it.", "Give that host this address.")
        else:
            yield wrong(f"{address} has no name (PTR record).", "Ask whoever gave you the address to set it.")
