"""A tiny DNS server on loopback that knows one zone."""

from __future__ import annotations

import socket
import threading

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.zone


class NameServer:
    """Answers from `zone`, the text of a zone file for everything below the root. With `mute` it says nothing at all."""

    def __init__(self, zone: str, *, mute: bool = False) -> None:
        self.zone = dns.zone.from_text(zone, origin=".", relativize=False, check_origin=False)
        self.mute = mute
        self.asked: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.at = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> NameServer:
        self._thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", self._socket.getsockname())
        self._thread.join(10)
        self._socket.close()

    def _serve(self) -> None:
        while (told := self._socket.recvfrom(4096))[0]:
            if not self.mute:
                self._socket.sendto(self._answer(dns.message.from_wire(told[0])).to_wire(max_size=4096), told[1])

    def _answer(self, query: dns.message.Message) -> dns.message.Message:
        (question,) = query.question
        self.asked.append(f"{question.name} {dns.rdatatype.to_text(question.rdtype)}")
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.AA | dns.flags.RA
        name = question.name
        while alias := self.zone.get_rrset(name, "CNAME"):
            answer.answer.append(alias)
            name = alias[0].target
        found = self.zone.get_rrset(name, question.rdtype)
        if found is not None:
            answer.answer.append(found)
        elif self.zone.get_node(name) is None:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer
