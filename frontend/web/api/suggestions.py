"""The names that a reader who is still typing may mean."""

import asyncio
from typing import Final

from web.api.client import CmsClient
from web.api.errors import CmsAwayError, CmsRefusedError
from web.api.models import SuggestedPage, Suggestions
from web.api.resolution import read_part

# Later than this, the reader has typed the rest: the form is the better way.
_PATIENCE_SECONDS: Final = 1.5
_ENDPOINT: Final = "search/suggest/"


async def fetch_suggestions(client: CmsClient, query: str) -> list[SuggestedPage]:
    """The pages whose names begin like `query`, the best first; none for one that is refused.

    Raises `CmsAwayError` when there is no answer soon, or none that makes sense.
    """
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            answer = await client.get(_ENDPOINT, {"q": query})
    except CmsRefusedError:
        return []
    except TimeoutError as error:
        raise CmsAwayError(f"{_ENDPOINT}: no answer soon enough") from error
    suggestions = read_part(answer, Suggestions, _ENDPOINT).suggestions
    return [page for page in suggestions if page.name and page.path]
