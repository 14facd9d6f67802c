"""Which addresses may be connected to."""

import asyncio
import socket
from ipaddress import ip_address

import pytest

from bot.pages.network import ForbiddenAddressError, Network, is_public, of_public_web
from tests.pages.site import LOOPBACK, Site

PRIVATE = """
    0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255
    192.0.0.1 192.0.2.1 192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1
    255.255.255.255
    :: ::1 ::127.0.0.1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 100::1 2001:db8::1 3fff::1 4000::1
    ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:0 64:ff9b::7f00:1 64:ff9b::a00:1
    64:ff9b:1::808:808 2002:7f00:1:: 2002:a00:1:: 2002:c0a8:101::1 2001:0:4136:e378:8000:63bf:3fff:fdd2
    2001:0:4136:e378:8000:63bf:80ff:fffe
""".split()
PUBLIC = """
    1.1.1.1 8.8.8.8 93.184.215.14 172.32.0.1 2606:4700:4700::1111 2a00:1450:4001:80b::200e ::ffff:8.8.8.8
    64:ff9b::808:808 2002:808:808::1
""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_of_the_public_internet_is_refused(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_internet_is_allowed(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(("port", "allowed"), [(80, True), (443, True), (22, False), (8080, False), (0, False)])
def test_only_the_ports_of_the_web_are_allowed(port: int, allowed: bool) -> None:
    assert of_public_web(ip_address("8.8.8.8"), port) == allowed
    assert of_public_web(ip_address("8.8.8.8"), 8080, frozenset({8080}))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "127.0.0.1.", "::1", "fe80::1%lo", "1.2.3.4.5"])
def test_an_address_in_any_notation_is_refused_before_anything_is_asked(host: str) -> None:
    assert Network().refuses_host(host, 80)


@pytest.mark.parametrize("host", ["8.8.8.8", "example.org", "localhost", "0x7f.0.0.1"])
def test_of_names_it_is_known_when_they_are_resolved(host: str) -> None:
    assert not Network().refuses_host(host, 80)


async def resolved(network: Network, name: str) -> None:
    connector = network.connector()
    try:
        await connector._resolver.resolve(name, 80)
    finally:
        await connector.close()


@pytest.mark.parametrize("name", ["localhost", "0x7f.0.0.1"])
def test_a_name_of_this_machine_is_refused_when_it_is_resolved(name: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        asyncio.run(resolved(Network(), name))


@pytest.mark.parametrize("addresses", [(LOOPBACK, "10.0.0.1"), ("10.0.0.1", LOOPBACK), ("::1", LOOPBACK)])
def test_a_name_with_one_private_address_is_refused_as_a_whole(addresses: tuple[str, ...]) -> None:
    site = Site({}, {"both.example.org": addresses}, port=8001)

    with pytest.raises(ForbiddenAddressError):
        asyncio.run(resolved(site.network(), "both.example.org"))


@pytest.mark.parametrize("address", [("127.0.0.1", 80), ("8.8.8.8", 22), ("::1", 80, 0, 0), ("2130706433", 80)])
def test_no_socket_is_made_for_a_forbidden_address(address: tuple[str, int]) -> None:
    async def make() -> None:
        connector = Network().connector()
        try:
            assert connector._socket_factory is not None
            connector._socket_factory((socket.AF_INET, socket.SOCK_STREAM, 0, "", address))
        finally:
            await connector.close()

    with pytest.raises(ForbiddenAddressError):
        asyncio.run(make())
