"""What is done about one comment: each only by POST, and only about what was seen."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.admin import messages

from cms.comments import moderation
from cms.comments.admin.decisions import DECISIONS
from cms.comments.admin.detail_view import DetailView
from cms.comments.admin.forms import EditForm, ReplyForm, build_version
from cms.comments.admin.visibility import build_comment_url, explain_absence
from cms.comments.admin.waiting import count_waiting, find_next_waiting
from cms.comments.choices import CommentStatus
from cms.comments.models import Comment

_CHANGED_MEANWHILE = (
    "Somebody, or the spam check, has changed this response meanwhile. Nothing of yours was saved: "
    "please look at it again."
)


class ChangeView(DetailView):
    """Something that is done about a comment; whoever only looks gets the comment."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What a reload asks for, after a form with errors."""
        return redirect("comments:detail", self.comment.pk)

    @property
    def is_as_seen(self) -> bool:
        """Whether nobody has changed the comment since the screen was drawn, if that says so."""
        seen = self.request.POST.get("version")
        return seen is None or seen == build_version(self.comment)

    def stay(self) -> HttpResponse:
        """Back to the comment, which remembers the list that it was opened from."""
        return redirect(_build_detail_url(self.comment, self.came_from))

    def go_on(self) -> HttpResponse:
        """To the next comment that waits; without one, to the list."""
        following = find_next_waiting(self.comment)
        if following is None:
            return redirect(self.came_from)
        return redirect(_build_detail_url(following, self.came_from))

    def show_again(self, form: forms.Form) -> HttpResponse:
        """The comment, with what was typed and what is wrong with it."""
        if not self.is_as_seen:
            messages.warning(self.request, _CHANGED_MEANWHILE)
        else:
            messages.error(self.request, "It was not saved. Please see the note beside the field.")
        return self.render_to_response(self.get_context_data())


class DecideView(ChangeView):
    """Approves a comment, marks it as spam, moves it to the bin, or lets it wait again."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide, and say what readers see now."""
        decision = DECISIONS.get(request.POST.get("decision", ""))
        if decision is None:
            return self.stay()
        if not self.is_as_seen:
            messages.warning(request, _CHANGED_MEANWHILE)
            return self.stay()
        was_waiting = self.comment.status == CommentStatus.HELD
        if not decision.decide(self.comment, request.user):
            messages.info(request, f"The response was {decision.done} already.")
        elif decision.status == CommentStatus.APPROVED:
            _tell_of_approval(request, self.comment, "Approved.")
        else:
            messages.success(request, f"The response was {decision.done}.")
        goes_on = was_waiting and "goes_on" in request.POST
        return self.go_on() if goes_on else redirect(self.came_from)


class ReplyView(ChangeView):
    """Answers a comment; what was not approved is, with it."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add the reply, or show what is wrong with it."""
        self.reply_form = form = ReplyForm(request.POST, auto_id="reply_%s")
        if not form.is_valid() or not self.is_as_seen:
            return self.show_again(form)
        before = self.comment.status
        reply = moderation.reply(self.comment, request.user, form.cleaned_data["text"])
        is_new = before != CommentStatus.APPROVED
        said = "Approved, and your reply is saved." if is_new else "Your reply is saved."
        _tell_of_approval(request, reply, said)
        return self.go_on() if before == CommentStatus.HELD and count_waiting() else self.stay()


class EditView(ChangeView):
    """Changes name and text, such as to take out what is private."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save them, or show what is wrong with them."""
        self.edit_form = form = EditForm(request.POST, auto_id="edit_%s")
        if not form.is_valid() or not self.is_as_seen:
            return self.show_again(form)
        user: Any = request.user
        if moderation.edit(self.comment, user, **form.cleaned_data):
            messages.success(request, "Saved. The response says that it was edited.")
        else:
            messages.info(request, "Nothing was changed.")
        return self.stay()


def _build_detail_url(comment: Comment, came_from: str) -> str:
    query = urlencode({"next": came_from})
    return f"{reverse('comments:detail', args=[comment.pk])}?{query}"


def _tell_of_approval(request: HttpRequest, comment: Comment, done: str) -> None:
    """Say that readers see the comment now, or why they do not."""
    absence = explain_absence(comment)
    if absence:
        messages.warning(request, f"{done} But readers do not see it yet. {absence}")
        return
    link = messages.button(build_comment_url(comment), "See it on the page", new_window=True)
    messages.success(request, f"{done} It is on the page now.", buttons=[link])
