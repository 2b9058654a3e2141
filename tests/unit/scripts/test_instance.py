"""What one running instance is told, and what is said when it cannot start."""

import socket

import pytest

from scripts.instance import (
    REPOSITORY_ROOT,
    InstanceError,
    build_instance,
    check_port,
    wait_until_answering,
)
from tests.live_servers import find_free_port


def test_instance__nothing_chosen__has_two_host_names_and_keeps_its_data_in_var() -> None:
    instance = build_instance({})
    assert instance.site_url == "http://localhost:3000"
    assert instance.cms_url == "http://127.0.0.1:8000"
    assert instance.environment["DATA_DIR"] == str(REPOSITORY_ROOT / "var")


def test_instance__other_ports__change_every_address() -> None:
    environment = build_instance({"CMS_PORT": "8001", "SITE_PORT": "3001"}).environment
    assert environment["SITE_URL"] == "http://localhost:3001"
    assert environment["CMS_URL"] == "http://127.0.0.1:8001"
    assert environment["CMS_INTERNAL_URL"] == "http://127.0.0.1:8001"


def test_instance__empty_keys__count_as_not_given() -> None:
    empty = {"SITE_URL": "", "CMS_PORT": "", "DATA_DIR": " "}
    assert build_instance(empty) == build_instance({})


def test_instance__absolute_data_dir__is_kept() -> None:
    assert build_instance({"DATA_DIR": "/data"}).environment["DATA_DIR"] == "/data"


@pytest.mark.parametrize("port", ["eight", "0", "65536", "-1"])
def test_instance__a_port_that_is_none__is_refused_by_name(port: str) -> None:
    with pytest.raises(InstanceError, match="SITE_PORT is"):
        build_instance({"SITE_PORT": port})


def test_check_port__taken__says_how_to_choose_another() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(InstanceError, match=f"make run CMS_PORT={port + 1}"):
            check_port(port, "CMS_PORT")


def test_wait_until_answering__nobody_there__gives_up_and_says_why() -> None:
    address = f"http://127.0.0.1:{find_free_port()}/"
    with pytest.raises(InstanceError, match="refused"):
        wait_until_answering(address, seconds=0.1)
