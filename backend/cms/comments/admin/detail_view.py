"""One comment with all that helps to decide about it."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import ModelLogEntry

from cms.comments.admin.decisions import find_decisions_about
from cms.comments.admin.forms import EditForm, ReplyForm, build_version
from cms.comments.admin.list_view import ICON, TITLE
from cms.comments.admin.shown_text import build_moderator_html
from cms.comments.admin.visibility import build_comment_url, explain_absence
from cms.comments.choices import CommentStatus
from cms.comments.cleanup import KEPT_FOR
from cms.comments.models import Comment, OriginalComment
from cms.comments.moderation import may_moderate

# As many comments of its thread as are listed beside one.
MOST_BESIDE: Final = 100


class DetailView(WagtailAdminTemplateMixin, TemplateView):
    """Shows a comment, its thread, its page, what the spam check says, and what can be done."""

    header_icon = ICON
    template_name = "comments/admin/detail.html"
    http_method_names = ["get", "head"]
    comment: Comment

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Wagtail's refusal for whoever may not moderate; the list, where the comment is gone."""
        if not may_moderate(request.user):
            raise PermissionDenied
        comments = Comment.objects.select_related("page", "parent", "decided_by")
        if request.method == "POST":
            # Nobody else decides between the look at the comment and what is done about it.
            comments = comments.select_for_update(of=("self",))
        comment = comments.filter(pk=kwargs["pk"]).first()
        if comment is None:
            return self.leave_gone()
        self.comment = comment
        self.reply_form = ReplyForm(auto_id="reply_%s")
        self.edit_form = EditForm(
            initial={"name": comment.name, "text": comment.text}, auto_id="edit_%s"
        )
        return super().dispatch(request, *args, **kwargs)

    def leave_gone(self) -> HttpResponse:
        """Say that the comment was deleted, and go back to the others."""
        messages.warning(self.request, "This response is not there any more: it was deleted.")
        return redirect(self.came_from)

    @property
    def came_from(self) -> str:
        """The list, as it was left."""
        asked_at: str = get_valid_next_url_from_request(self.request)
        return asked_at or reverse("comments:index")

    def get_page_title(self) -> str:
        return str(self.comment)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("comments:index"), "label": TITLE},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        comment, page = self.comment, self.comment.page
        is_approved = comment.status == CommentStatus.APPROVED
        absence = explain_absence(comment) if is_approved else ""
        return {
            **context,
            "comment": comment,
            "html": build_moderator_html(comment.text),
            "version": build_version(comment),
            "came_from": self.came_from,
            "decisions": find_decisions_about(comment),
            "is_approved": is_approved,
            "absence": absence,
            "public_url": build_comment_url(comment) if is_approved and not absence else "",
            "may_edit_page": page.permissions_for_user(self.request.user).can_edit(),
            "earlier": _count_earlier(comment),
            "reply_form": self.reply_form,
            "edit_form": self.edit_form,
            "original": _describe_original(comment),
            "history": ModelLogEntry.objects.for_instance(comment)
            .select_related("user")
            .order_by("timestamp", "pk"),
            **_describe_thread(comment),
        }


def _count_earlier(comment: Comment) -> int:
    """How many other comments with the same e-mail address were approved."""
    if not comment.email:
        return 0
    approved = Comment.objects.filter(email=comment.email, status=CommentStatus.APPROVED)
    return approved.exclude(pk=comment.pk).count()


def _describe_original(comment: Comment) -> dict[str, Any] | None:
    """What the comment said before it was edited, for as long as that is kept."""
    original = OriginalComment.objects.filter(comment=comment).first()
    if original is None:
        return None
    return {
        "name": original.name,
        "html": build_moderator_html(original.text),
        "kept_until": original.kept_since + KEPT_FOR,
    }


def _describe_thread(comment: Comment) -> dict[str, Any]:
    """The comment that was replied to and its replies, the oldest first."""
    first_id = comment.parent_id or comment.pk
    thread = Comment.objects.filter(Q(pk=first_id) | Q(parent=first_id))
    found = list(thread.order_by("sent_at", "pk")[: MOST_BESIDE + 1])
    return {
        "thread": sorted(found[:MOST_BESIDE], key=lambda one: one.pk != first_id),
        "is_thread_cut": len(found) > MOST_BESIDE,
    }
