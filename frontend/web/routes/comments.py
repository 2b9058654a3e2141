"""The form in which readers leave a comment, on a page of its own or as a part of another.

Whatever goes wrong once it was sent, it comes back with what the reader wrote.
"""

import asyncio
import logging
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from web.api.client import CmsClient
from web.api.comment_forms import Reader, fetch_comment_form, leave_comment
from web.api.errors import CmsError, CmsMissingError, CommentError, CommentsClosedError
from web.api.models import Site
from web.form_data import FormRefusedError, read_fields
from web.rendering.comment_form import FIELD_NAMES, FilledForm, parse_id_or_none
from web.rendering.comment_trouble import (
    NOTHING_TO_REPLY_TO,
    RETRY_SECONDS,
    FormTrouble,
    explain,
)
from web.rendering.comments import find_privacy_href
from web.responses import get_path, get_raw_path, respond_with_message
from web.services import get_services

logger = logging.getLogger(__name__)

_HEADERS: Final = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


async def show_comment_form(request: Request) -> Response:
    """Show an empty form, with the time stamp and the key of this moment."""
    services = get_services(request)
    page_id = parse_id_or_none(request.path_params["page_id"])
    asked = request.query_params.get("reply_to", "")
    try:
        if page_id is None:
            raise CmsMissingError("not_found")
        site, (form, trouble) = await asyncio.gather(
            services.site_source.get(), _begin(services.client, page_id, asked)
        )
    except CmsMissingError:
        response = respond_with_message(request, 404, await services.site_source.get())
        return _without_cache(response)
    except CommentsClosedError:
        site = await services.site_source.get()
        return _respond_with_words(request, site, 403, "Responses to this page are closed")
    except CmsError as error:
        logger.error("Answered 503 for the form of a comment: %s", error)
        return _respond_away(request, services.site_source.known)
    return _respond_with_form(request, site, form, trouble)


async def take_comment(request: Request) -> Response:
    """Have the comment that was sent stored, and lead back to its page; or show the form again."""
    services = get_services(request)
    try:
        _check_origin(request)
        form = await _read_form(request)
    except FormRefusedError as refusal:
        site = await services.site_source.get()
        return _respond_with_words(
            request, site, refusal.status, "Your response was not sent", refusal.advice
        )
    site, trouble = await asyncio.gather(
        services.site_source.get(), _leave(services.client, form, _find_reader(request))
    )
    if trouble is None and _wants_part(request):
        return _respond_with_part(request, site, "components/comment_sent.html", 201)
    if trouble is None:
        return RedirectResponse(f"{form.page_path}#response-sent", 303, _HEADERS)
    if trouble.is_reply_missing:
        form = form.without_reply()
    return _respond_with_form(request, site, form, trouble)


async def _begin(
    client: CmsClient, page_id: int, asked: str
) -> tuple[FilledForm, FormTrouble | None]:
    """An empty form, for a reply to the comment `asked` where that is there."""
    reply_to = parse_id_or_none(asked)
    if reply_to is not None:
        try:
            return FilledForm.begin(
                page_id, await fetch_comment_form(client, page_id, reply_to)
            ), None
        except CmsMissingError:
            # The page itself may be there still.
            pass
    form = FilledForm.begin(page_id, await fetch_comment_form(client, page_id))
    return form, NOTHING_TO_REPLY_TO if asked else None


async def _leave(client: CmsClient, form: FilledForm, reader: Reader) -> FormTrouble | None:
    """Have the comment stored; None once it is, or else what to tell the reader."""
    try:
        await leave_comment(client, form.page_id, form.submission, reader)
    except CmsError as error:
        if not isinstance(error, CommentError | CmsMissingError):
            logger.error("A comment on page %d could not be sent: %s", form.page_id, error)
        return explain(error)
    return None


async def _read_form(request: Request) -> FilledForm:
    """The form that was sent. Raises `FormRefusedError`."""
    fields = await read_fields(request, FIELD_NAMES)
    page_id = parse_id_or_none(request.path_params["page_id"])
    form = FilledForm.read_or_none(page_id, fields) if page_id is not None else None
    if form is None:
        raise FormRefusedError(400, "Please open the page again and use the form on it.")
    return form


def _check_origin(request: Request) -> None:
    """Raise `FormRefusedError` for a form on another site. Programs send no `Origin`."""
    own = get_services(request).settings.site_origin
    if request.headers.get("origin", own) != own:
        raise FormRefusedError(
            403, f"It came from another website. Please respond on our own pages, at {own}."
        )


def _find_reader(request: Request) -> Reader:
    return Reader(
        address=request.client.host if request.client else "",
        user_agent=request.headers.get("user-agent", ""),
        referrer=request.headers.get("referer", ""),
    )


def _wants_part(request: Request) -> bool:
    """Whether this site's script asks, which puts what it gets into the page."""
    return request.query_params.get("part") == "form"


def _respond_with_form(
    request: Request, site: Site, form: FilledForm, trouble: FormTrouble | None
) -> Response:
    context = {
        "form": form,
        "trouble": trouble,
        "is_part": _wants_part(request),
        "privacy_href": find_privacy_href(site),
    }
    status = trouble.status if trouble else 200
    template = "components/comment_form.html" if context["is_part"] else "pages/comment_form.html"
    response = _respond(request, site, template, status, **context)
    if trouble and trouble.retry_after:
        response.headers["Retry-After"] = str(trouble.retry_after)
    return response


def _respond_with_part(request: Request, site: Site, template: str, status: int) -> Response:
    return _respond(request, site, template, status, is_part=True)


def _respond_with_words(
    request: Request, site: Site, status: int, title: str, advice: str = "", retry_href: str = ""
) -> Response:
    return _respond(
        request,
        site,
        "pages/comment_refused.html",
        status,
        refusal=title,
        advice=advice,
        retry_href=retry_href,
    )


def _respond_away(request: Request, site: Site) -> Response:
    response = _respond_with_words(
        request,
        site,
        503,
        "You cannot respond just now",
        "Nothing is wrong with your device. Please try again in a minute.",
        get_raw_path(request),
    )
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _respond(request: Request, site: Site, template: str, status: int, **context: Any) -> Response:
    html = get_services(request).renderer.render(template, site, get_path(request), **context)
    return HTMLResponse(html, status, _HEADERS)


def _without_cache(response: Response) -> Response:
    response.headers.update(_HEADERS)
    del response.headers["ETag"]
    return response
