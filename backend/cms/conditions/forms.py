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
    fields_checked_on_publication = (*BasePageForm.fields_checked_on_publication, "icd10_code")
    problem_fields = {"last_reviewed": "whole_page_reviewed"}

    def finish_instance(self) -> None:
        if self.cleaned_data.get("whole_page_reviewed"):
            record_review(self.instance, timezone.localdate())
