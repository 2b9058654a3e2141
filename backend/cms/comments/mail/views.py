"""The page behind a link in the mail: shows a response, and asks for one confirming click.

The token in the address is the permission, so that no login and no cookie takes part; nobody else's
page can make a browser send it, and a CSRF token would protect nothing. Nothing changes when the
page is fetched: mail scanners follow links.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from cms.comments.mail import tokens
from cms.comments.models import Comment
from cms.comments.moderation import CommentGoneError
from cms.comments.reading import build_html
from cms.core.public_pages import build_public_path, build_public_url

_HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
}


@method_decorator(csrf_exempt, name="dispatch")
class CommentLinkView(View):
    """One link: what it is about, and then what it does."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The response, and the question."""
        return self._answer(request, token, is_confirmed=False)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Do it, and say so."""
        return self._answer(request, token, is_confirmed=True)

    def _answer(self, request: HttpRequest, token: str, *, is_confirmed: bool) -> HttpResponse:
        said = tokens.read_or_none(token)
        if said is None:
            return _render(request, "bad", status=404)
        if said.is_expired:
            return _render(request, "expired", status=410)
        comment = Comment.objects.select_related("page").filter(pk=said.comment_id).first()
        if comment is None:
            return _render(request, "gone", status=404)
        state = "ask"
        try:
            if is_confirmed:
                state = "done" if said.decision.decide(comment, None) else "already"
            elif comment.status == said.decision.status:
                state = "already"
        except CommentGoneError:
            return _render(request, "gone", status=404)
        page = comment.page
        return _render(
            request,
            state,
            comment=comment,
            decision=said.decision,
            html=build_html(comment.text),
            page_title=page.title,
            page_url=build_public_url(build_public_path(page.url_path)),
            admin_url=f"{settings.CMS_URL}{reverse('comments:detail', args=[comment.pk])}",
        )


def _render(request: HttpRequest, state: str, *, status: int = 200, **context: Any) -> HttpResponse:
    page = {
        "state": state,
        "list_url": f"{settings.CMS_URL}{reverse('comments:index')}",
        "site_name": settings.WAGTAIL_SITE_NAME,
        **context,
    }
    response = render(request, "comments/mail/link.html", page, status=status)
    for name, value in _HEADERS.items():
        response[name] = value
    return response
