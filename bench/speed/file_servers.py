"""nginx and Caddy, sending one file with the headers of the site, by one worker each."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench.speed.asking import Reply
from bench.speed.cores import Cores
from bench.speed.programs import find_program
from bench.speed.servers import Server, run_program
from scripts.instance import LOOPBACK, Program
from tests.live_servers import find_free_port

FILE_NAME: Final = "page"
# What every server says in its own words.
_THEIR_OWN: Final = {
    *("connection", "content-length", "content-type", "date", "etag", "last-modified", "server"),
    *("accept-ranges", "transfer-encoding"),
}
_NGINX: Final = """\
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000000;
    default_type "{media_type}";
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen {address};
        root {folder}/files;
        {headers}
    }}
}}
"""


def write_page(folder: Path, reply: Reply) -> None:
    """Keep the bytes of the site's answer as the file that is sent."""
    files = folder / "files"
    files.mkdir()
    (files / FILE_NAME).write_bytes(reply.body)


def pick_headers(reply: Reply) -> dict[str, str]:
    """The headers of the site's answer that a server of files is told to send too."""
    return {name: value for name, value in reply.headers.items() if name not in _THEIR_OWN}


@contextmanager
def run_nginx(folder: Path, reply: Reply, cores: Cores) -> Iterator[Server]:
    """Nginx with its usual settings for files, and connections that it never closes."""
    address = f"{LOOPBACK}:{find_free_port()}"
    config = folder / "nginx.conf"
    config.write_text(
        _NGINX.format(
            user="user root;" if os.geteuid() == 0 else "",
            folder=folder,
            address=address,
            media_type=reply.headers.get("content-type", "text/html"),
            headers="\n        ".join(
                f"add_header {name} {json.dumps(value)};"
                for name, value in pick_headers(reply).items()
            ),
        )
    )
    arguments = (find_program("nginx"), "-p", str(folder), "-c", str(config), "-e", "stderr")
    with _run("nginx", arguments, folder, address, cores) as server:
        yield server


@contextmanager
def run_caddy(folder: Path, reply: Reply, cores: Cores) -> Iterator[Server]:
    """Caddy's file server; one core is all that it has."""
    address = f"{LOOPBACK}:{find_free_port()}"
    headers = {**pick_headers(reply), "Content-Type": reply.headers.get("content-type", "")}
    handlers = [
        {"handler": "headers", "response": {"set": {k: [v] for k, v in headers.items()}}},
        {"handler": "file_server", "root": str(folder / "files")},
    ]
    server = {
        "listen": [address],
        "automatic_https": {"disable": True},
        "routes": [{"handle": handlers}],
    }
    config = folder / "caddy.json"
    config.write_text(
        json.dumps({"admin": {"disabled": True}, "apps": {"http": {"servers": {"page": server}}}})
    )
    arguments = (find_program("caddy"), "run", "--config", str(config))
    with _run("caddy", arguments, folder, address, cores, GOMAXPROCS="1") as running:
        yield running


@contextmanager
def _run(
    name: str,
    arguments: tuple[str, ...],
    folder: Path,
    address: str,
    cores: Cores,
    **settings: str,
) -> Iterator[Server]:
    kept: Mapping[str, str] = {key: os.environ[key] for key in ("PATH",) if key in os.environ}
    home = str(folder)
    environment = {
        **kept,
        **settings,
        "DATA_DIR": home,
        "HOME": home,
        "XDG_DATA_HOME": home,
        "XDG_CONFIG_HOME": home,
    }
    program = Program(name, arguments, folder)
    url = f"http://{address}"
    with run_program(program, url, environment, f"/{FILE_NAME}", cores) as server:
        yield server
