"""Fills pages, settings and blocks with canary words, from their definitions.

A new block or field is filled by its kind. What is of no known kind fails the test, with a message
that says where to add it.
"""

import datetime
from collections.abc import Iterator, Sequence
from functools import singledispatchmethod
from typing import Any, Final

from django.db import models
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Comment, Page

from cms.branding.fields import ColorField
from cms.conditions.models import BodySystem, Person
from cms.images.models import SiteImage
from tests.factories.images import build_upload
from tests.leaks.block_filling import BlockFiller, UnknownKindError
from tests.leaks.words import Words

Values = dict[str, Any]

_THIS_FILE: Final = "tests/leaks/filling.py"
# What an editor writes into every page; the rest of Wagtail's own fields is Wagtail's to fill.
_WRITTEN_BY_EDITORS: Final = frozenset({"title", "slug", "seo_title", "search_description"})
_WRITTEN_BY_WAGTAIL: Final = frozenset({"path", "url_path", "draft_title"})
# Fields whose values have a form of their own.
_FORMS: Final = {"booking_url": "https://{}.example/", "address": "https://{}.example/"}
# What readers find most under, where a field is a choice; of any other, the last one.
_CHOSEN: Final = {"comments_mode": "open"}
_WORD_FORMS: Final = {"icd10_code": "Q0Z.{:04}"}


class Filler(BlockFiller):
    """Fills everything of one owner, with one picture, one person and one body system for all."""

    def __init__(self, words: Words, owner: str, page_ids: Sequence[int]) -> None:
        super().__init__(words, owner, page_ids)
        self._shared: dict[type, Any] = {}

    def fill(self, instance: models.Model) -> None:
        """Put words into every field of `instance` and of the rows that belong to it."""
        for name, value in self.build_values(type(instance)).items():
            setattr(instance, name, value)
        for relation in get_all_child_relations(type(instance)):
            if relation.name != COMMENTS_RELATION_NAME:
                rows = self._build_rows(relation.related_model)
                getattr(instance, relation.name).set(rows)

    def build_values(self, model: type[models.Model], kind: str = "") -> Values:
        """A value for every field of `model` that an editor fills; `kind` is added to its name."""
        return {
            field.name: self._fill_field(field, f"{model.__name__}.{field.name}{kind}")
            for field in _iterate_fields(model)
        }

    def _build_rows(self, model: type[models.Model]) -> list[models.Model]:
        """A row for each choice with each page that a row can hold; one where it holds neither."""
        fields = list(_iterate_fields(model))
        # A word that is minted and put nowhere would be missed later.
        rows = [
            {**self.build_values(model, f" ({choice})"), field.name: choice}
            for field in fields
            for choice, _label in field.choices or ()
        ] or [self.build_values(model)]
        for field in fields:
            if field.related_model is Page:
                rows = [
                    filled
                    for row in rows
                    for filled in self._lead_to_pages(row, field.name, fields)
                ]
        return [model(**row, sort_order=order) for order, row in enumerate(rows)]

    def _lead_to_pages(self, row: Values, name: str, fields: list[Any]) -> Iterator[Values]:
        """The row without a page, and for each page, with all its words and with none."""
        texts = [
            field.name for field in fields if isinstance(field, models.CharField) and field.blank
        ]
        if any(field.name == name and field.blank for field in fields):
            yield {**row, name: None}
        for page in Page.objects.filter(pk__in=self._page_ids).order_by("pk"):
            yield {**row, name: page}
            yield {**row, name: page, **dict.fromkeys(texts, "")}

    def get_image(self) -> SiteImage:
        """The owner's picture, with words in its title, description, tag and file name."""
        if SiteImage not in self._shared:
            upload = build_upload(f"{self.mint('the file name of the picture')}.jpg")
            texts = {
                field.name: self._write(f"SiteImage.{field.name}", field.max_length)
                for field in SiteImage._meta.concrete_fields
                if isinstance(field, models.CharField | models.TextField) and field.editable
            }
            image = SiteImage(**texts, file=upload)
            image.save()
            image.tags.add(self.mint("SiteImage.tags"))
            self._shared[SiteImage] = image
        found: SiteImage = self._shared[SiteImage]
        return found

    def get_shared(self, model: type[models.Model]) -> models.Model:
        """The owner's person or body system."""
        if model not in self._shared:
            self._shared[model] = model.objects.create(**self.build_values(model))  # type: ignore[attr-defined]
        found: models.Model = self._shared[model]
        return found

    @singledispatchmethod
    def _fill_field(self, field: Any, name: str) -> Any:
        raise UnknownKindError(
            f"The field {name} is a {type(field).__name__}, which may hold words that leak: "
            f"register in {_THIS_FILE} how Filler fills one."
        )

    @_fill_field.register(models.CharField)
    @_fill_field.register(models.TextField)
    def _fill_text(self, field: Any, name: str) -> str:
        if field.choices:
            return _CHOSEN.get(field.name, str(list(field.choices)[-1][0]))
        if field.name in _FORMS:
            return _FORMS[field.name].format(self.mint(name))
        if field.name in _WORD_FORMS:
            return self.mint(name, _WORD_FORMS[field.name])
        is_short = (field.max_length or 200) < 60
        return self.mint(name) if is_short else self._write(name, field.max_length)

    @_fill_field.register
    def _fill_slug(self, field: models.SlugField, name: str) -> str:
        return self.mint(name)

    @_fill_field.register
    def _fill_email(self, field: models.EmailField, name: str) -> str:
        return f"{self.mint(name)}@example.com"

    @_fill_field.register
    def _fill_color(self, field: ColorField, name: str) -> str:
        return f"#{self.mint(name, 'c0{:04}')}"

    @_fill_field.register
    def _fill_rich_text_field(self, field: RichTextField, name: str) -> str:
        return self._write_html(name)

    @_fill_field.register
    def _fill_body(self, field: StreamField, name: str) -> Any:
        return self.fill_stream(field.stream_block)

    @_fill_field.register
    def _fill_number(self, field: models.PositiveSmallIntegerField, name: str) -> int:
        return 3000

    @_fill_field.register
    def _fill_date(self, field: models.DateField, name: str) -> datetime.date:
        return datetime.date(2026, 1, 31)

    @_fill_field.register
    def _fill_boolean(self, field: models.BooleanField, name: str) -> bool:
        return True

    @_fill_field.register
    def _fill_foreign_key(self, field: models.ForeignKey, name: str) -> Any:
        if field.related_model is SiteImage:
            return self.get_image()
        if field.related_model is Page:
            return Page.objects.get(pk=self._take_page_id())
        if field.related_model is Person:
            return self.get_shared(Person)
        raise UnknownKindError(
            f"The field {name} refers to a {field.related_model.__name__}: "
            f"say in {_THIS_FILE} how Filler builds one."
        )

    @_fill_field.register
    def _fill_many(self, field: ParentalManyToManyField, name: str) -> Any:
        if field.related_model is BodySystem:
            return [self.get_shared(BodySystem)]
        raise UnknownKindError(
            f"The field {name} refers to {field.related_model.__name__}s: "
            f"say in {_THIS_FILE} how Filler builds one."
        )


def _iterate_fields(model: type[models.Model]) -> Iterator[Any]:
    """The fields of `model` that an editor fills."""
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        is_own = issubclass(model, Page) and field.model is Page
        if is_own and field.name not in _WRITTEN_BY_EDITORS:
            is_text = isinstance(field, models.CharField | models.TextField)
            if is_text and field.editable and field.name not in _WRITTEN_BY_WAGTAIL:
                raise UnknownKindError(
                    f"Wagtail's pages have a text {field.name}: say in {_THIS_FILE} who writes it."
                )
            continue
        is_link = isinstance(field, models.OneToOneField) or field.primary_key
        is_place = field.name in {"sort_order", "site"} or (
            isinstance(field, models.ForeignKey) and _is_parent(model, field)
        )
        if field.editable and not is_link and not is_place:
            yield field


def _is_parent(model: type[models.Model], field: Any) -> bool:
    relations = get_all_child_relations(field.related_model)
    return any(relation.related_model is model for relation in relations)


def add_comment(page: Page, user: Any, text: str) -> None:
    """A remark that an editor has left on a page for other editors."""
    comment = Comment(user=user, contentpath="title", position="", text=text)
    getattr(page, COMMENTS_RELATION_NAME).add(comment)
