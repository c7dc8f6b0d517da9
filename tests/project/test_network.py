"""The suite itself: no way out to a network, and content that every test finds."""

import socket

import pytest
from django.apps import apps
from pytest_django.live_server_helper import LiveServer


@pytest.mark.parametrize("address", [("192.0.2.1", 9), ("2001:db8::1", 9, 0, 0)])
def test_the_network_is_closed(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if len(address) == 4 else socket.AF_INET
    with socket.socket(family) as outward, pytest.raises(PermissionError, match="only this machine"):
        outward.connect(address)


def test_no_name_is_looked_up() -> None:
    with pytest.raises(PermissionError, match="only this machine"):
        socket.getaddrinfo("example.org", 80)


@pytest.mark.xdist_group("content")
class TestContent:
    def test_real_transactions_empty_the_database(self, transactional_db: None) -> None:
        assert apps.get_model("strategy", "Strategy")._base_manager.exists()

    def test_and_the_next_test_finds_the_content_again(self, db: None) -> None:
        assert apps.get_model("strategy", "Strategy")._base_manager.exists()

    def test_also_after_a_server_of_its_own(self, live_server: LiveServer) -> None:
        assert apps.get_model("strategy", "Strategy")._base_manager.exists()
