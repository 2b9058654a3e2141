"""The form behind every page's editor."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.core.validators import MaxLengthValidator
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.base import BlockField

from cms.core.block_errors import build_stream_error
from cms.core.publishing import PublishProblem, publish_problems

NOT_YET = "Readers do not see this version yet: what is missing is marked in red below."


class BasePageForm(WagtailAdminPageForm):
    """Saves any draft. On the way to publication it shows each problem beside its field."""

    problem_fields: ClassVar[Mapping[str, str]] = {}
    """The form field that stands for a field of the page which the form itself does not have."""

    fields_checked_on_publication: ClassVar[Collection[str]] = ("summary",)
    """Fields whose rules would refuse a draft while somebody types; `publish_rules` has them too.

    What a column of the database cannot hold is refused all the same.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        summary = self.fields.get("summary")
        if summary is not None:
            summary.validators = [
                validator
                for validator in summary.validators
                if not isinstance(validator, MaxLengthValidator)
            ]
            # A browser would cut what is pasted, without a word.
            summary.widget.attrs.pop("maxlength", None)

    def _get_validation_exclusions(self) -> set[str]:
        return {*super()._get_validation_exclusions(), *self.fields_checked_on_publication}

    def _post_clean(self) -> None:
        super()._post_clean()
        self.finish_instance()
        if self.leads_to_publication:
            self.add_problems(publish_problems(self.instance))

    def finish_instance(self) -> None:
        """Write to the page what fields of the form alone have asked for."""

    @property
    def leads_to_publication(self) -> bool:
        """Whether the editor asked for more than a draft, or for sending it back to its author."""
        is_handed_back = (
            "action-cancel-workflow" in self.data
            or self.data.get("workflow-action-name") == "reject"
        )
        return not self.is_deferred_validation and not is_handed_back

    def add_problems(self, problems: list[PublishProblem]) -> None:
        """Put each problem beside its field; those of one body go into one error, as a tree."""
        by_field: dict[str, list[PublishProblem]] = {}
        for problem in problems:
            name = self.problem_fields.get(problem.field, problem.field)
            # What the form itself refused, and rows that the page does not have yet, speak for
            # themselves: the page still holds what was there before.
            if name not in self.errors and name not in self.formsets:
                by_field.setdefault(name, []).append(problem)
        for name, found in by_field.items():
            if isinstance(self.fields.get(name), BlockField):
                self.add_error(name, build_stream_error(found))
            else:
                for problem in found:
                    self.add_error(name if name in self.fields else None, problem.message)
        if by_field:
            self.add_error(None, NOT_YET)
