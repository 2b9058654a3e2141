"""The body of a page."""

from threading import Lock
from typing import TYPE_CHECKING, Any

from wagtail.blocks.base import BlockField
from wagtail.fields import StreamField

# Wagtail turns "required" off on the block objects, which all threads share, while it validates a
# draft, and on again afterwards. One validation at a time keeps a draft from being judged by the
# flags that another request has just turned back on.
_VALIDATION = Lock()


class ContentFormField(BlockField):
    """Validates lengths and addresses in a body, and leaves what is missing to publishing."""

    def clean(self, value: Any) -> Any:
        with _VALIDATION:
            return self.block.clean_deferred(value)


class ContentField(StreamField):
    """A stream of blocks that is never refused for missing content; publishing asks for that."""

    if TYPE_CHECKING:
        # Wagtail puts a descriptor in the field's place when the model class is built.
        def __get__(self, page: object, model: type | None = None) -> Any: ...
        def __set__(self, page: object, value: Any) -> None: ...

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": ContentFormField, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.fields.StreamField", args, kwargs
