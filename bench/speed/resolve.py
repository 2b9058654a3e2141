"""`resolve/` beside a bare Django view and beside Wagtail's own endpoint, in one server."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

from bench.speed.asking import Asker
from bench.speed.cms.bare import FILE_NAME
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
    with run_cms(instance, pinned=run.cores) as server:
        asker = Asker(server.url)
        answer = asker.get(path)
        (Path(instance.environment["DATA_DIR"]) / FILE_NAME).write_bytes(answer.body)
        etag = {"If-None-Match": answer.headers.get("etag", "")}
        stock = f"/stock/pages/{json.loads(answer.body)['page']['id']}/?rich_text_format=html"
        if asker.get("/api/bare/").body != answer.body:
            raise LoadError("The bare view sends other bytes than resolve/.")
        _check_status(asker, path, 304, etag)
        _check_status(asker, "/api/bare/304/", 304)
        _check_status(asker, stock, 200)
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
    figures = {
        "resolve_vs_bare": compute_ratio(rates["resolve/"], rates["bare view"]),
        "resolve_vs_stock": compute_ratio(rates["resolve/"], rates["Wagtail's own v2 detail"]),
        "resolve_304_vs_bare_304": compute_ratio(rates["resolve/, 304"], rates["bare view, 304"]),
    }
    size = len(answer.body)
    return figures, [f"The Multiple Sclerosis page, {size:,} bytes:", *describe_rates(rates)]


def _check_status(
    asker: Asker, path: str, wanted: int, headers: Mapping[str, str] | None = None
) -> None:
    status = asker.get(path, headers).status
    if status != wanted:
        raise LoadError(f"{path} answers {status}, not {wanted}.")


GROUP: Final = Group(
    "resolve/",
    ("resolve_vs_bare", "resolve_vs_stock", "resolve_304_vs_bare_304"),
    measure,
    programs=("wrk",),
)
