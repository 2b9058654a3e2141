"""A page of the site beside nginx and Caddy, which send the same bytes from a file."""

import time
from contextlib import ExitStack
from typing import Final

from bench.speed.asking import Asker, Reply
from bench.speed.file_servers import FILE_NAME, run_caddy, run_nginx, write_page
from bench.speed.load import LoadError, compute_ratio, describe_rates, measure_in_turn
from bench.speed.resolve import PAGE
from bench.speed.run import Group, Measured, Run
from bench.speed.servers import build_bench_instance, load_demo, run_cms, run_site

# What browsers send; the site chooses.
_ACCEPTED: Final = {"Accept-Encoding": "gzip, deflate, br, zstd"}
_PATIENCE: Final = 20.0


def measure_nginx(run: Run) -> Measured:
    """The rate of the site's page by that of nginx."""
    return _measure(run, "nginx", "page_vs_nginx")


def measure_caddy(run: Run) -> Measured:
    """The rate of the site's page by that of Caddy."""
    return _measure(run, "caddy", "page_vs_caddy")


def _measure(run: Run, name: str, key: str) -> Measured:
    load = run.build_load()
    instance = build_bench_instance(run.make_folder(f"pages-{name}"))
    load_demo(instance)
    folder = run.make_folder(name)
    with ExitStack() as stack:
        stack.enter_context(run_cms(instance, pinned=run.cores))
        site = stack.enter_context(run_site(instance, pinned=run.cores))
        reply = _fetch_warm(Asker(site.url))
        write_page(folder, reply)
        run_other = run_nginx if name == "nginx" else run_caddy
        other = stack.enter_context(run_other(folder, reply, run.cores))
        _check_same(reply, Asker(other.url).get(f"/{FILE_NAME}", _ACCEPTED))
        rates = measure_in_turn(
            {
                f"the site, beside {name}": lambda: load.measure_rate(site.url + PAGE, _ACCEPTED),
                name: lambda: load.measure_rate(f"{other.url}/{FILE_NAME}", _ACCEPTED),
            },
            run.rounds,
        )
    ours, theirs = rates.values()
    encoding = reply.headers.get("content-encoding", "no encoding")
    said = f"The Multiple Sclerosis page on the site, {len(reply.body):,} bytes, {encoding}:"
    return {key: compute_ratio(ours, theirs)}, [said, *describe_rates(rates)]


def _fetch_warm(asker: Asker) -> Reply:
    """The page as browsers get it for most of its life: once the best encoding is ready."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        reply = asker.get(PAGE, _ACCEPTED)
        if reply.status != 200:
            raise LoadError(f"The site answers {reply.status} for {PAGE}.")
        if reply.headers.get("content-encoding") == "br" or time.monotonic() > deadline:
            return reply
        time.sleep(0.2)


def _check_same(ours: Reply, theirs: Reply) -> None:
    if theirs.status != 200 or theirs.body != ours.body:
        raise LoadError(f"The file is sent with status {theirs.status}, and not as the site does.")
    for name in ("content-encoding", "content-type"):
        if theirs.headers.get(name) != ours.headers.get(name):
            raise LoadError(f"{name} is {theirs.headers.get(name)}, not {ours.headers.get(name)}.")


NGINX: Final = Group("nginx", ("page_vs_nginx",), measure_nginx, programs=("wrk", "nginx"))
CADDY: Final = Group("Caddy", ("page_vs_caddy",), measure_caddy, programs=("wrk", "caddy"))
