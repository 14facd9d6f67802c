"""Which addresses may be connected to: those of the public web alone, whatever a name or a redirect says."""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp import AddrInfoType, TCPConnector, ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult

Address = IPv4Address | IPv6Address

WEB_PORTS = frozenset({80, 443})
_GLOBAL_UNICAST = IPv6Network("2000::/3")
# Not known to every Python that is supported.
_DOCUMENTATION = IPv6Network("3fff::/20")
_NAT64 = IPv6Network("64:ff9b::/96")


class ForbiddenAddressError(OSError):
    """An address is not of the public web, or its port is not."""


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet; an IPv6 address that stands for an IPv4 address is if that
    is."""
    if isinstance(address, IPv6Address) and (embedded := _embedded(address)):
        return is_public(embedded)
    special = (
        address.is_private,
        address.is_loopback,
        address.is_link_local,
        address.is_multicast,
        address.is_reserved,
        address.is_unspecified,
    )
    in_range = address.version == 4 or (address in _GLOBAL_UNICAST and address not in _DOCUMENTATION)
    return address.is_global and in_range and not any(special)


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address behind a mapped, NAT64, 6to4 or Teredo address."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def of_public_web(address: Address, port: int, ports: frozenset[int] = WEB_PORTS) -> bool:
    """Whether a connection may be made."""
    return port in ports and is_public(address)


@dataclass(frozen=True)
class Network:
    """How names become addresses, and which address may be connected to on which port. Tests put their own in, to reach
    a site on this machine; nothing else does."""

    allows: Callable[[Address, int], bool] = of_public_web
    resolver: Callable[[], AbstractResolver] = field(default=ThreadedResolver)

    def refuses_host(self, host: str, port: int) -> bool:
        """Whether a host is an address, in any notation, that may not be connected to. Of names it is known later."""
        # As aiohttp tells them apart; what is neither a name nor an address in plain notation is refused.
        return _looks_like_address(host) and not self._allows(host, port)

    def check(self, host: str, port: int) -> None:
        """Raises: ForbiddenAddressError unless the address may be connected to."""
        if not self._allows(host, port):
            raise ForbiddenAddressError(f"{host} is not an address of the public web")

    def _allows(self, host: str, port: int) -> bool:
        try:
            return self.allows(ip_address(host), port)
        except ValueError:
            return False

    def connector(self) -> TCPConnector:
        """Connects to allowed addresses alone. It is checked twice: all addresses of a name, one of which may make it
        refused as a whole, and, as addresses are not resolved, the one that a socket is made for."""
        return TCPConnector(resolver=_CheckedResolver(self), socket_factory=self._socket, use_dns_cache=False, limit=0)

    def _socket(self, info: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, address = info
        self.check(str(address[0]), int(address[1]))
        return socket.socket(family, kind, protocol)


def _looks_like_address(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


class _CheckedResolver(AbstractResolver):
    def __init__(self, network: Network) -> None:
        self._network = network
        self._resolver = network.resolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        results = await self._resolver.resolve(host, port, family)
        # One that is not public refuses the name: what a site's name means must not depend on luck.
        for result in results:
            self._network.check(result["host"], result["port"])
        return results

    async def close(self) -> None:
        await self._resolver.close()
