"""Times of the site's first render of a page, in milliseconds, as JSON.

Runs with the settings of a site: `python -m bench.speed.site_render PATH TIMES`. Each render is
what the page store does for a page that it lacks: ask the CMS, decode, place and render.
"""

import asyncio
import json
import sys
import time
from typing import Final

from web.config import load_settings
from web.page_answers import AnswerParts, build_answer
from web.services import Services

WARM_UPS: Final = 3


def main() -> None:
    """Print a list of milliseconds."""
    print(json.dumps(asyncio.run(time_renders(sys.argv[1], int(sys.argv[2])))))


async def time_renders(path: str, times: int) -> list[float]:
    """How long each render took, after a few that find the CMS and the templates warm."""
    services = Services.build(load_settings())
    parts = AnswerParts(services.client, services.site_source, services.renderer)
    taken = []
    async with services.client:
        for number in range(WARM_UPS + times):
            started = time.perf_counter()
            answer = await build_answer(parts, path)
            if answer.status != 200:
                raise SystemExit(f"{path} is answered with {answer.status}.")
            if number >= WARM_UPS:
                taken.append((time.perf_counter() - started) * 1000)
    return taken


if __name__ == "__main__":
    main()
