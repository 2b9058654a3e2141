"""Every block drawn from the contract's examples, for the block picker, for tests and for eyes."""

from pathlib import Path
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from web.api.blocks import ReadableBlock, read_body, read_draft_body
from web.api.models import BLOCK_VALUES
from web.rendering.body import PlacedBlock, place_blocks
from web.responses import respond_with_message, respond_with_page
from web.services import get_services

EXAMPLE_FOLDER: Final = Path(__file__).resolve().parents[1] / "contract_examples"

# The pictures of examples are on no server; this one stands for them.
_EXAMPLE_PICTURE: Final = "example-picture.svg"

# The one with everything first: it is what the block picker's small window shows.
_EXAMPLES: Final = ("full", "least")
# Blocks as an editor finds them, with nothing in them yet; shown only when asked for.
DRAFT_EXAMPLE: Final = "draft_empty"


async def show_styleguide(request: Request) -> Response:
    """The list of the blocks."""
    site = await get_services(request).site_source.get()
    return respond_with_page(request, "pages/styleguide.html", site, names=list(BLOCK_VALUES))


async def show_block_examples(request: Request) -> Response:
    """The examples of one block; `?example=` and `full`, `least` or `draft_empty` shows one."""
    site = await get_services(request).site_source.get()
    name = request.path_params["name"]
    picture_url = get_services(request).assets.url(_EXAMPLE_PICTURE)
    wanted = request.query_params.get("example", "")
    loaded = (DRAFT_EXAMPLE,) if wanted == DRAFT_EXAMPLE else _EXAMPLES
    examples = load_examples_or_none(name, picture_url, loaded)
    if examples is None:
        return respond_with_message(request, 404, site)
    shown = {wanted: examples[wanted]} if wanted in examples else examples
    return respond_with_page(request, "pages/styleguide_block.html", site, name=name, shown=shown)


def load_examples_or_none(
    name: str, picture_url: str, wanted: tuple[str, ...] = _EXAMPLES, folder: Path = EXAMPLE_FOLDER
) -> dict[str, list[PlacedBlock]] | None:
    """The blocks of the `wanted` examples; None for a name that is no block's.

    Every picture in them is the one at `picture_url`.
    """
    file = folder / f"{name}.json"
    if name not in BLOCK_VALUES or not file.is_file():
        return None
    examples: Any = _replace_pictures(msgspec.json.decode(file.read_bytes()), picture_url)
    bodies = {key: _read_example(key, examples[key], f"{name}.json") for key in wanted}
    # Placed together, so that no anchor appears twice on the page.
    placed = iter(place_blocks(block for body in bodies.values() for block in body))
    return {key: [next(placed) for _ in body] for key, body in bodies.items()}


def _read_example(key: str, body: Any, source: str) -> list[ReadableBlock]:
    return read_draft_body(body, source) if key == DRAFT_EXAMPLE else read_body(body, source)


def _replace_pictures(value: Any, url: str) -> Any:
    if isinstance(value, list):
        return [_replace_pictures(item, url) for item in value]
    if not isinstance(value, dict):
        return value
    replaced = {key: _replace_pictures(item, url) for key, item in value.items()}
    return {**replaced, "url": url} if "mime_type" in value else replaced
