"""Every block drawn from the contract's examples, for the block picker, for tests and for eyes."""

from pathlib import Path
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from web.api.blocks import read_body
from web.api.models import BLOCK_VALUES
from web.rendering.body import PlacedBlock, place_blocks
from web.responses import respond_with_message, respond_with_page
from web.services import get_services

EXAMPLE_FOLDER: Final = Path(__file__).resolve().parents[1] / "contract_examples"

# The pictures of examples are on no server; this one stands for them.
_EXAMPLE_PICTURE: Final = "example-picture.svg"

# The one with everything first: it is what the block picker's small window shows.
_EXAMPLES: Final = ("full", "least")


async def show_styleguide(request: Request) -> Response:
    """The list of the blocks."""
    site = await get_services(request).site_source.get()
    return respond_with_page(request, "pages/styleguide.html", site, names=list(BLOCK_VALUES))


async def show_block_examples(request: Request) -> Response:
    """The examples of one block; `?example=full` or `least` shows that one alone."""
    site = await get_services(request).site_source.get()
    name = request.path_params["name"]
    picture_url = get_services(request).assets.url(_EXAMPLE_PICTURE)
    examples = load_examples_or_none(name, picture_url)
    if examples is None:
        return respond_with_message(request, 404, site)
    wanted = request.query_params.get("example", "")
    shown = {wanted: examples[wanted]} if wanted in examples else examples
    return respond_with_page(request, "pages/styleguide_block.html", site, name=name, shown=shown)


def load_examples_or_none(
    name: str, picture_url: str, folder: Path = EXAMPLE_FOLDER
) -> dict[str, list[PlacedBlock]] | None:
    """The blocks of the examples `full` and `least`; None for a name that is no block's.

    Every picture in them is the one at `picture_url`.
    """
    file = folder / f"{name}.json"
    if name not in BLOCK_VALUES or not file.is_file():
        return None
    examples: Any = _replace_pictures(msgspec.json.decode(file.read_bytes()), picture_url)
    bodies = {key: read_body(examples[key], f"{name}.json") for key in _EXAMPLES}
    # Placed together, so that no anchor appears twice on the page.
    placed = iter(place_blocks(block for body in bodies.values() for block in body))
    return {key: [next(placed) for _ in body] for key, body in bodies.items()}


def _replace_pictures(value: Any, url: str) -> Any:
    if isinstance(value, list):
        return [_replace_pictures(item, url) for item in value]
    if not isinstance(value, dict):
        return value
    replaced = {key: _replace_pictures(item, url) for key, item in value.items()}
    return {**replaced, "url": url} if "mime_type" in value else replaced
