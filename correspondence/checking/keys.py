"""Whether a key record of DKIM holds a key that others accept."""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from correspondence.checking.findings import Finding, look, right, wrong

ED25519_BYTES = 32
SHORT, TOO_SHORT = 2048, 1024


def finding_of_key(name: str, found: list[str]) -> Finding:
    """Return what is to say of the texts at the name of a key."""
    keys = [tags["p"] for text in found if "p" in (tags := tags_of(text))]
    if not keys:
        return wrong(f"There is no key at {name}, so no signature can be checked.", "Publish the key that your mail server shows.")
    if len(keys) > 1:
        return wrong(f"There are {len(keys)} keys at {name}: others take either.", "Leave the one that signs.")
    if not keys[0]:
        return wrong(f"The key at {name} has been withdrawn (p= is empty).", "Publish the key that your mail server shows.")
    return _finding_of_bits(name, keys[0])


def tags_of(text: str) -> dict[str, str]:
    """The name=value pairs of a record, without the blanks that a zone file leaves in a long value."""
    pairs = (part.partition("=") for part in text.split(";") if "=" in part)
    return {name.strip().lower(): "".join(value.split()) for name, _equals, value in pairs}


def _finding_of_bits(name: str, key: str) -> Finding:
    try:
        bits = _bits_of(base64.b64decode(key, validate=True))
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        return wrong(f"What stands at {name} is not a whole key.", "Was the record cut? Long ones are written in several pieces.")
    if bits < TOO_SHORT:
        return wrong(f"The key at {name} has {bits} bits: others take it for none.", "Make one of 2048.")
    if bits < SHORT:
        return look(f"The key at {name} has {bits} bits.", "Make one of 2048 when you renew it.")
    return right(f"DKIM: there is a key at {name}.")


def _bits_of(der: bytes) -> int:
    if len(der) == ED25519_BYTES:
        return SHORT  # RFC 8463 publishes it bare, and it is as good as a long one
    key = load_der_public_key(der)
    return key.key_size if isinstance(key, RSAPublicKey) else SHORT
