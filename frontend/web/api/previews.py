"""What the CMS says about a token: a draft, that there is none, or that its time is over."""

import logging
from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec

from web.api.blocks import ReadableBlock, read_draft_body
from web.api.client import CmsClient
from web.api.comments import read_comment_list
from web.api.errors import CmsAwayError, CmsMissingError
from web.api.exploring import read_explore_cards
from web.api.models import (
    DRAFT_PAGE_TYPES,
    Breadcrumb,
    CommentList,
    DraftInfo,
    ExploreCard,
    Seo,
    Site,
)
from web.api.resolution import read_part

logger = logging.getLogger(__name__)

# A token is no name for a place in a log.
_SOURCE: Final = "a draft"


@dataclass(frozen=True)
class DraftFound:
    """A draft: one of the structs of `DRAFT_PAGE_TYPES`, its blocks, and its place on this site.

    `site` is the branding to draw it with, where it is not the public one. `user_bar` is the HTML
    of Wagtail's user bar, for editors alone.
    """

    type: str
    page: Any
    blocks: list[ReadableBlock]
    path: str
    breadcrumbs: list[Breadcrumb]
    seo: Seo
    more_to_explore: list[ExploreCard]
    comments: CommentList
    site: Site | None
    draft: DraftInfo
    user_bar: str


@dataclass(frozen=True)
class NoDraft:
    """No draft: `ended` when there was one under this token, `not_found` otherwise."""

    reason: Literal["ended", "not_found"]


PreviewAnswer = DraftFound | NoDraft

NO_DRAFT: Final = NoDraft("not_found")
_REASONS: Final = {"preview_not_found": NO_DRAFT, "preview_ended": NoDraft("ended")}


async def fetch_preview(client: CmsClient, token: str, *, in_preview_panel: bool) -> PreviewAnswer:
    """What `token`, which looks like one, opens.

    `in_preview_panel` asks for the user bar as the editor's preview panel needs it.
    Raises `CmsAwayError` when there is no answer, or none that makes sense.
    """
    parameters = {"in_preview_panel": "true"} if in_preview_panel else {}
    try:
        answer = await client.get(f"preview/{token}/", parameters)
    except CmsMissingError as error:
        if error.code not in _REASONS:
            raise CmsAwayError(f"{_SOURCE}: the reason {error.code!r} is unknown") from error
        return _REASONS[error.code]
    return _read_draft(answer if isinstance(answer, dict) else {})


def _read_draft(answer: dict[str, Any]) -> DraftFound:
    raw = answer.get("page")
    meta = raw.get("meta") if isinstance(raw, dict) else None
    page_type = meta.get("type") if isinstance(meta, dict) else None
    if not isinstance(raw, dict) or not isinstance(page_type, str):
        raise CmsAwayError(f"{_SOURCE}: the answer has no page")
    if page_type not in DRAFT_PAGE_TYPES:
        raise CmsAwayError(f"{_SOURCE}: this site does not know pages of the type {page_type!r}")
    path = read_part(answer.get("path"), str, _SOURCE)
    if not path.startswith("/") or path.startswith("//") or {*path} & {*"?#\\"}:
        raise CmsAwayError(f"{_SOURCE}: {path!r} is no path of this site")
    site = answer.get("site")
    return DraftFound(
        type=page_type,
        page=_read_fields(raw, DRAFT_PAGE_TYPES[page_type]),
        blocks=read_draft_body(raw.get("body", []), _SOURCE),
        path=path,
        breadcrumbs=read_part(answer.get("breadcrumbs"), list[Breadcrumb], _SOURCE),
        seo=read_part(answer.get("seo"), Seo, _SOURCE),
        more_to_explore=read_explore_cards(answer.get("more_to_explore", []), _SOURCE),
        comments=read_comment_list(answer.get("comments"), _SOURCE),
        site=None if site is None else read_part(site, Site, _SOURCE),
        draft=read_part(answer.get("draft"), DraftInfo, _SOURCE),
        user_bar=read_part(answer.get("userbar", ""), str, _SOURCE),
    )


def _read_fields(raw: dict[str, Any], page_type: type[msgspec.Struct]) -> Any:
    """The page's own fields. One that does not fit is as if it was not filled in yet."""
    fields = {**raw, "body": []}
    try:
        return msgspec.convert(fields, page_type)
    except msgspec.ValidationError:
        pass
    readable = {}
    for name, value in fields.items():
        try:
            msgspec.convert({name: value}, page_type)
        except msgspec.ValidationError as error:
            logger.warning("%s: the field %r is left out: %s", _SOURCE, name, error)
        else:
            readable[name] = value
    return msgspec.convert(readable, page_type)
