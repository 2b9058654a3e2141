"""`resolve/` beside a bare Django view and beside Wagtail's own endpoint, in one server."""

import json
from pathlib import Path
from typing import Final
from urllib.parse import quote

from bench.speed.asking import Asker
from bench.speed.cms.bare_file import FILE_NAME
from bench.speed.load import LoadError, compute_ratio, describe_rates, measure_in_turn
from bench.speed.run import Group, Measured, Run
from bench.speed.servers import build_bench_instance, load_demo, run_cms

PAGE: Final = "/conditions/multiple-sclerosis/"


def measure(run: Run) -> Measured:
    """The three ratios, all of them rates of the same process in the same rounds."""
    load = run.build_load()
    instance = build_bench_instance(run.make_folder("resolve"))
    load_demo(instance)
    path = f"/api/v2/resolve/?path={quote(PAGE, safe='')}"
    with run.cores.for_server():
        server_block = run_cms(instance)
        server = server_block.__enter__()
    try:
        asker = Asker(server.url)
        answer = asker.get(path)
        resolved = json.loads(answer.body)
        (Path(instance.environment["DATA_DIR"]) / FILE_NAME).write_bytes(answer.body)
        stock = f"/stock/pages/{resolved['page']['id']}/?rich_text_format=html"
        etag = {"If-None-Match": answer.headers.get("etag", "")}
        _check(asker, "/api/bare/", answer.body)
        for asked, headers, status in (
            (path, etag, 304), ("/api/bare/304/", {}, 304), (stock, {}, 200)
        ):
            found = asker.get(asked, headers).status
            if found != status:
                raise LoadError(f"{asked} answers {found}, not {status}.")
        rates = measure_in_turn(
            {
                "resolve/": lambda: load.measure_rate(server.url + path),
                "bare view": lambda: load.measure_rate(f"{server.url}/api/bare/"),
                "resolve/, 304": lambda: load.measure_rate(server.url + path, etag),
                "bare view, 304": lambda: load.measure_rate(f"{server.url}/api/bare/304/"),
                "Wagtail's own v2 detail": lambda: load.measure_rate(server.url + stock),
            },
            run.rounds,
        )
    finally:
        server_block.__exit__(None, None, None)
    figures = {
        "resolve_vs_bare": compute_ratio(rates["resolve/"], rates["bare view"]),
        "resolve_vs_stock": compute_ratio(rates["resolve/"], rates["Wagtail's own v2 detail"]),
        "resolve_304_vs_bare_304": compute_ratio(rates["resolve/, 304"], rates["bare view, 304"]),
    }
    size = len(answer.body)
    return figures, [f"The Multiple Sclerosis page, {size:,} bytes:", *describe_rates(rates)]
