"""The screen on which somebody's personal data is looked up, given out and erased."""

import json
from typing import Any, Final

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.comments.moderation import may_moderate
from cms.comments.privacy.personal_data import (
    erase_personal_data,
    export_personal_data,
    find_comments,
    read_email,
)
from cms.comments.texts import TextRefusedError

TITLE: Final = "Readers' personal data"
ICON: Final = "user"


class EmailForm(forms.Form):
    """Whose data it is about."""

    email = forms.CharField(
        label="E-mail address",
        max_length=254,
        help_text="The address with which the responses were sent. Capitals make no difference.",
    )

    def clean_email(self) -> str:
        """The address as it is kept."""
        try:
            return read_email(self.cleaned_data["email"])
        except TextRefusedError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class PersonalDataView(WagtailAdminTemplateMixin, TemplateView):
    """Everything is asked by POST, so that no address gets into the history or a log."""

    page_title = TITLE
    header_icon = ICON
    template_name = "comments/privacy/personal_data.html"
    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Wagtail's refusal for whoever may not moderate."""
        if not may_moderate(request.user):
            raise PermissionDenied
        # That nothing of it is kept by browsers is Wagtail's doing, as everywhere in the admin.
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look up, give out, ask whether to erase, or erase."""
        form = EmailForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        email = form.cleaned_data["email"]
        action = request.POST.get("action", "")
        if action == "download":
            return _download(email)
        if action == "erase":
            messages.success(request, f"What was sent with this address: {_erase(email)}.")
            return redirect(reverse("comments_personal_data"))
        return self._show(form, email, asks=action == "ask")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {"form": EmailForm(), **context}

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("comments:index"), "label": "Responses"},
            {"url": "", "label": TITLE},
        ]

    def _show(self, form: EmailForm, email: str = "", *, asks: bool = False) -> HttpResponse:
        found = list(find_comments(email).select_related("page")) if email else []
        context = self.get_context_data(form=form, email=email, found=found, asks=asks)
        return self.render_to_response(context)


def _download(email: str) -> HttpResponse:
    content = json.dumps(export_personal_data(email), indent=2, ensure_ascii=False)
    headers = {"Content-Disposition": 'attachment; filename="personal-data.json"'}
    return HttpResponse(content, content_type="application/json", headers=headers)


def _erase(email: str) -> str:
    return str(erase_personal_data(email))
