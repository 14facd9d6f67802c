"""What is wrong with an address, so that a reader could not open it, or would open another page."""

import re
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import NamedTuple

from bot.core.linting.characters import describe, refused, remedy
from bot.core.linting.echo import echo, quoted


class Fault(NamedTuple):
    """Why an address is refused, as the end of a sentence about it, and what to do."""

    reason: str
    hint: str


_HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?!localhost)[a-z]{2,}"
# Ends with no mark of a sentence, and holds no `;`, which ends an entity of HTML.
_PLAIN = re.compile(
    rf"https?://{_HOST}(?:[/?#](?:[!$&-:=?-_a-z~#]++|%[0-9A-Fa-f]{{2}})*+)?(?<![.,)\]])", re.IGNORECASE | re.ASCII
)
_SENTENCE_ENDS = (".", ",", ")", "]")
_HOSTS = re.compile(r"://([^/?#\n]*)")
_PLAIN_HOST = re.compile(_HOST, re.IGNORECASE | re.ASCII)
_AUTHORITY = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:\s*)?(10\.\d{4,9}/.+)", re.IGNORECASE | re.DOTALL)
_ODD_SCHEME = re.compile(r"([a-z]+)[:;]?/+|([a-z][a-z0-9+-]*):", re.IGNORECASE)
_UNSAFE = re.compile(r"[\s|<>\"]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?", re.IGNORECASE | re.ASCII)
_NUMERIC = re.compile(r"[0-9.]+|0x[0-9a-fx.]*", re.IGNORECASE)


def are_plain(addresses: Sequence[str]) -> bool:
    """Whether none of several addresses, which the schema takes for addresses, needs a further look; for all of a brief
    in half of the time of `is_plain`."""
    joined = "\n".join(addresses)
    return (
        joined.isascii()
        and "%" not in joined
        and ";" not in joined
        and not any(address.endswith(_SENTENCE_ENDS) for address in addresses)
        and all(map(_PLAIN_HOST.fullmatch, set(_HOSTS.findall(joined))))
    )


def is_plain(address: str) -> bool:
    """Whether an address needs no further look, as nearly all: ten times faster than the search for a fault."""
    return _PLAIN.fullmatch(address) is not None


def address_fault(address: str) -> Fault | None:
    """The first fault of an address; None if it is a plain http(s) address of a public host."""
    return next((fault for check in _CHECKS if (fault := check(address))), None)


def odd_end(address: str) -> str | None:
    """The end of an address that may belong to the sentence around it: a full stop, a comma, a semicolon, a bracket
    that closes nothing."""
    last = address[-1:]
    if last in (".", ",", ";"):
        return last
    opening = {")": "(", "]": "["}.get(last)
    return last if opening and address.count(last) > address.count(opening) else None


def _scheme(address: str) -> Fault | None:
    if _AUTHORITY.match(address):
        return None
    if doi := _DOI.fullmatch(address):
        return Fault("it is a DOI", f"write it as {quoted(f'https://doi.org/{doi[1]}')}")
    scheme = _ODD_SCHEME.match(address)
    if scheme is None:
        return Fault("it has no scheme", "begin it with https://, and copy it from the page")
    if scheme[1] and set(scheme[1].lower()) <= set("https"):
        return Fault(f"it begins with {quoted(scheme[0])}", f"did you mean https://{echo(address[scheme.end() :])}?")
    return Fault(f"it begins with {quoted(scheme[0])}", "name a page that http or https opens")


def _characters(address: str) -> Fault | None:
    hidden = next(refused(address), None)
    if hidden is not None:
        return Fault(f"it holds {describe(address[hidden])}", remedy(address[hidden]))
    if unsafe := _UNSAFE.search(address):
        char = unsafe[0]
        code = "".join(f"%{byte:02X}" for byte in char.encode())
        name = "a blank" if char == " " else f"`{char}`" if char.isprintable() else describe(char)
        return Fault(f"it holds {name}", f"write it as {code}")
    return None


def _host(address: str) -> Fault | None:
    match = _AUTHORITY.match(address)
    authority = match[1] if match else ""
    if "@" in authority:
        return Fault(
            "it holds a user name or a password", "remove what stands between // and @, and change the password"
        )
    if "[" in authority:
        return Fault("its host is a number", "name the host")
    host, colon, port = authority.partition(":")
    if not host.isascii():
        return _foreign_letters(host)
    if colon and not (port.isdigit() and 1 <= int(port) <= 65535):
        return Fault(f"{quoted(port)} is not a port", "use a number from 1 to 65535, or leave the port out")
    return _host_name(host.removesuffix("."))


def _foreign_letters(host: str) -> Fault:
    letter = next(char for char in host if not char.isascii())
    try:
        plain = f"as {quoted(host.encode('idna').decode())}, if that is the one that you mean"
    except UnicodeError:
        plain = "in punycode (xn--…)"
    return Fault(f"its host holds {describe(letter)}", f"type the ASCII letter, or write the host {plain}")


def _host_name(host: str) -> Fault | None:
    if not all(map(_LABEL.fullmatch, host.split("."))):
        return Fault(f"{quoted(host)} is not the name of a host", "look for a dot or a hyphen too many")
    if _NUMERIC.fullmatch(host) and not _is_public(host):
        return Fault(f"{echo(host)} is not a public host", "name the page that others can open")
    if host.lower().rpartition(".")[2] == "localhost":
        return Fault(f"{echo(host)} is this computer", "name the page that others can open")
    return None


def _is_public(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        return False


def _percent(address: str) -> Fault | None:
    if bad := re.search(r"%(?![0-9A-Fa-f]{2}).{0,2}", address, re.DOTALL):
        return Fault(f"{quoted(bad[0])} is not the code of a character", "write a percent sign as %25")
    return None


_CHECKS: tuple[Callable[[str], Fault | None], ...] = (_scheme, _host, _characters, _percent)
