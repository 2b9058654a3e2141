"""The form behind the editor of condition pages."""

from django import forms
from django.utils import timezone

from cms.conditions.review import record_review
from cms.core.page_form import BasePageForm


class ConditionPageForm(BasePageForm):
    """Moves the review date only when somebody says that they have reviewed the whole page."""

    whole_page_reviewed = forms.BooleanField(
        required=False,
        label="I have reviewed the whole page",
        help_text=(
            "Tick this after you have read everything and checked it. "
            "Saving then sets “Last reviewed” to today."
        ),
    )
    problem_fields = {"last_reviewed": "whole_page_reviewed"}

    def finish_instance(self) -> None:
        # Autosave must not write what a second thought, seconds later, takes back.
        if self.cleaned_data.get("whole_page_reviewed") and not self.instance.is_autosaved:
            record_review(self.instance, timezone.localdate())
