"""The site's first render of a long page, with the CMS warm."""

import json
import statistics
import subprocess
import sys
from typing import Final

from bench.long_page import BLOCKS, SLUG
from bench.speed.run import Group, Measured, Run
from bench.speed.servers import build_bench_instance, load_demo, run_cms, run_in_cms

RENDERS: Final = 30


def measure(run: Run) -> Measured:
    """The median of all rounds' medians, each in a process of its own."""
    instance = build_bench_instance(run.make_folder("rendering"))
    load_demo(instance)
    run_in_cms(instance, "-m", "bench.long_page")
    path = f"/conditions/{SLUG}/"
    command = [sys.executable, "-m", "bench.speed.site_render", path, str(RENDERS)]
    medians = []
    with run_cms(instance, pinned=run.cores):
        for _ in range(run.rounds):
            with run.cores.for_client():
                finished = subprocess.run(
                    command,
                    cwd=instance.site.folder,
                    env=dict(instance.environment),
                    stdout=subprocess.PIPE,
                    check=True,
                )
            medians.append(statistics.median(json.loads(finished.stdout)))
    said = (
        f"First render of a page of {BLOCKS} blocks, {RENDERS} a round: medians "
        f"{min(medians):.1f} to {max(medians):.1f} ms."
    )
    return {"first_render_ms": statistics.median(medians)}, [said]


GROUP: Final = Group("rendering", ("first_render_ms",), measure)
