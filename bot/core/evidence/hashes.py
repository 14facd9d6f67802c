"""Short hashes of quotes, addresses and pages."""

from hashlib import sha256

HASH_CHARS = 16


def hash_of(text: str) -> str:
    """The first `HASH_CHARS` hex digits of the SHA-256 of a text."""
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:HASH_CHARS]
