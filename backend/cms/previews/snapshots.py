"""The content of a draft as it is kept, and the object that it stands for.

Kept is what Wagtail keeps of a revision, without the remarks that editors leave for each other.
Nothing that it refers to is copied: whoever reads it sees of other pages, pictures and people what
readers may see at that moment.
"""

from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from wagtail.models import COMMENTS_RELATION_NAME, Page

from cms.branding.models import BrandingSettings
from cms.core.base_page import BasePage
from cms.core.public_pages import build_public_path
from cms.previews.errors import LostPageError
from cms.previews.models import DraftSnapshot

Draft = BasePage | BrandingSettings

# A page without a slug gets one from its title, or stands here until it has a title.
_NAMELESS: Final = "draft"


def take_snapshot(draft: Draft, *, parent_object_id: str = "") -> dict[str, Any]:
    """The fields of a `DraftSnapshot` that are the draft's own: which object it is, and a copy of
    everything in its fields, saved or not.
    """
    return {**build_key(draft, parent_object_id=parent_object_id), **build_copy(draft)}


def build_key(draft: Draft, *, parent_object_id: str = "") -> dict[str, Any]:
    """Which object a draft is of; for a page that was never saved, the page above it."""
    is_saved = draft.pk is not None
    return {
        "content_type": ContentType.objects.get_for_model(draft, for_concrete_model=False),
        "object_id": str(draft.pk) if is_saved else "",
        "parent_object_id": "" if is_saved else parent_object_id,
    }


def build_copy(draft: Draft) -> dict[str, Any]:
    """The content of a draft, and what stands for it in lists."""
    content: dict[str, Any] = _clean_text(draft.serializable_data())
    # What editors remark to each other is theirs.
    content.pop(COMMENTS_RELATION_NAME, None)
    if isinstance(draft, BasePage):
        return {"title": draft.title, "page_id": draft.pk, "content": content}
    return {"title": str(capfirst(draft._meta.verbose_name)), "content": content}


def _clean_text(value: Any) -> Any:
    """`value` without the characters that PostgreSQL keeps in no JSON."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _clean_text(part) for key, part in value.items()}
    return [_clean_text(part) for part in value] if isinstance(value, list) else value


def restore(snapshot: DraftSnapshot) -> Draft:
    """The page or the branding with the kept content; it is in no database and is never saved.

    A page stands where it stands now, or will stand once it is saved. Raises `LostPageError` where
    there is no such place any more, or where the fields have changed so that the content fits no
    longer.
    """
    model = snapshot.content_type.model_class()
    if model is None or not issubclass(model, BasePage | BrandingSettings):
        raise LostPageError(f"The draft {snapshot.pk} is of a kind that is gone.")
    # Whatever was deleted since is missing from the answer; to look for each would cost a query.
    try:
        draft: Draft = model.from_serializable_data(snapshot.content, check_fks=False)
        _fill_nulls(draft)
        if isinstance(draft, BasePage):
            _put_in_place(draft, snapshot)
    except (ArithmeticError, KeyError, TypeError, ValueError, ValidationError) as error:
        raise LostPageError(f"The draft {snapshot.pk} no longer fits its fields.") from error
    return draft


def get_path(snapshot: DraftSnapshot) -> str:
    """The path on the site at which the draft is shown; the home page's for the branding."""
    if "slug" not in snapshot.content:
        return "/"
    return _build_path(_find_place(snapshot), snapshot)


def _fill_nulls(draft: Draft) -> None:
    for field in draft._meta.concrete_fields:
        if not field.null and not field.primary_key and getattr(draft, field.attname) is None:
            setattr(draft, field.attname, field.get_default())


def _put_in_place(page: BasePage, snapshot: DraftSnapshot) -> None:
    place = _find_place(snapshot)
    page.url_path = _build_url_path(place, snapshot)
    if snapshot.object_id:
        page.pk, page.path, page.depth = place.pk, place.path, place.depth
        page.first_published_at = place.first_published_at
    else:
        # Below its parent, where no page is yet.
        page.pk, page.path, page.depth = None, f"{place.path}{'0' * place.steplen}", place.depth + 1


def _find_place(snapshot: DraftSnapshot) -> Page:
    """The page as it is saved, or the one below which it is to be."""
    if snapshot.page is not None:
        return snapshot.page
    place = Page.objects.filter(pk=snapshot.object_id or snapshot.parent_object_id).first()
    if place is None:
        raise LostPageError(f"The draft {snapshot.pk} has no place any more.")
    return place


def _build_path(place: Page, snapshot: DraftSnapshot) -> str:
    return build_public_path(_build_url_path(place, snapshot))


def _build_url_path(place: Page, snapshot: DraftSnapshot) -> str:
    above = place.url_path
    if snapshot.object_id:
        above = above.rstrip("/").rpartition("/")[0] + "/"
    return f"{above}{snapshot.content['slug'] or _NAMELESS}/"
