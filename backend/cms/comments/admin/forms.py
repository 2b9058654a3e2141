"""What a moderator types about a comment."""

from collections.abc import Callable
from typing import Any

from django import forms
from wagtail.admin.widgets import AdminAutoHeightTextInput

from cms.comments.models import Comment
from cms.comments.texts import TextRefusedError, clean_name, clean_text


def build_version(comment: Comment) -> str:
    """Another for a comment that was decided about or edited since."""
    edited_at = comment.edited_at.isoformat() if comment.edited_at else ""
    return f"{comment.status} {edited_at}".strip()


class CheckedField(forms.CharField):
    """A text that must pass what readers' texts must pass."""

    def __init__(self, check: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, **kwargs)
        self.check = check

    def clean(self, value: Any) -> str:
        """What is stored, or a sentence that says what to do."""
        try:
            return self.check(self.to_python(value) or "")
        except TextRefusedError as refusal:
            raise forms.ValidationError(str(refusal)) from None


class ReplyForm(forms.Form):
    """What the therapist answers."""

    text = CheckedField(
        clean_text,
        label="Your reply",
        widget=AdminAutoHeightTextInput(attrs={"rows": 3, "dir": "auto"}),
    )


class EditForm(forms.Form):
    """What a comment is to say, such as without private details."""

    name = CheckedField(clean_name, label="Name", widget=forms.TextInput(attrs={"dir": "auto"}))
    text = CheckedField(
        clean_text,
        label="Response",
        widget=AdminAutoHeightTextInput(attrs={"rows": 4, "dir": "auto"}),
    )
