"""Puts the demo into an empty site: people, pictures, pages, branding, responses, logins."""

from pathlib import Path
from typing import Any, Final

from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.conditions.models import AlsoKnownAs, BodySystem, ConditionIndexPage, ConditionPage, Person
from cms.demo.branding import load_branding
from cms.demo.comments import load_comments
from cms.demo.content import IMAGES_FOLDER, Names, read_file, read_folder, resolve_body
from cms.demo.logins import create_logins
from cms.pages.models import FeaturedPage, HomePage, StandardPage
from cms.pages.site_record import add_home_page, sync_site

INDEX_SLUG: Final = "conditions"


def is_site_empty() -> bool:
    """Whether there is no home page yet, so that nothing of anybody's could be touched."""
    return not HomePage.objects.exists()


@transaction.atomic
def load_demo() -> int:
    """Load the whole demo, or nothing of it; the number of condition pages.

    Pages refer to each other, so all of them are made empty first and filled after.
    """
    conditions = read_folder("conditions")
    pages = {content["slug"]: content for content in read_folder("pages")}
    home_content = pages.pop("home")
    standard_pages = list(pages.values())
    _load_body_systems()
    home = add_home_page(HomePage(title=home_content["title"], slug="home", live=False))
    index = _add_index_page(home)
    drafts: dict[str, Page] = {INDEX_SLUG: index}
    for content in conditions:
        drafts[content["slug"]] = _add_draft(index, ConditionPage, content)
    for content in standard_pages:
        drafts[content["slug"]] = _add_draft(home, StandardPage, content)
    names = Names(
        pages={slug: page.pk for slug, page in drafts.items()},
        people=_load_people(),
        images=_load_images(),
    )
    for content in conditions:
        _fill_condition(drafts[content["slug"]], content, names)
    for content in standard_pages:
        _fill_standard_page(drafts[content["slug"]], content, names)
    _fill_home_page(home, home_content, names)
    sync_site()
    load_branding(names)
    load_comments(names)
    create_logins()
    return len(conditions)


def _load_people() -> dict[str, int]:
    return {
        row["key"]: Person.objects.create(
            name=row["name"], credentials=row["credentials"], role=row["role"]
        ).pk
        for row in read_file("people.yaml")
    }


def _load_body_systems() -> None:
    for row in read_file("body_systems.yaml"):
        BodySystem.objects.create(name=row["name"], slug=row["slug"])


def _load_images() -> dict[str, int]:
    return {path.name: _load_image(path) for path in sorted(IMAGES_FOLDER.glob("*.png"))}


def _load_image(path: Path) -> int:
    with path.open("rb") as file:
        image = get_image_model().objects.create(
            title=path.stem.replace("-", " ").capitalize(),
            file=ImageFile(file, name=path.name),
        )
    return int(image.pk)


def _add_index_page(home: HomePage) -> ConditionIndexPage:
    content = read_file("conditions.yaml")
    index = ConditionIndexPage(
        title=content["title"],
        slug=INDEX_SLUG,
        summary=content["summary"],
        intro=content["intro"],
        live=False,
    )
    home.add_child(instance=index)
    _publish(index)
    return index


def _add_draft(parent: Page, model: type[Page], content: dict[str, Any]) -> Page:
    page = model(
        title=content["title"], slug=content["slug"], summary=content["summary"], live=False
    )
    parent.add_child(instance=page)
    return page


def _fill_condition(page: ConditionPage, content: dict[str, Any], names: Names) -> None:
    page.condition_name = content["condition_name"]
    page.icd10_code = content["icd10_code"]
    page.hero_image_id = _image_id_or_none(content.get("hero_image"), names)
    page.author_id = names.people[content["author"]]
    page.reviewed_by_id = names.people[content["reviewed_by"]]
    page.last_reviewed = content["last_reviewed"]
    page.review_due = content["review_due"]
    page.is_demo = True
    page.body_systems = [BodySystem.objects.get(slug=slug) for slug in content["body_systems"]]
    page.also_known_as = [
        AlsoKnownAs(term=row["term"], kind=row["kind"]) for row in content["also_known_as"]
    ]
    _set_body(page, content, names)
    _publish(page)


def _fill_standard_page(page: StandardPage, content: dict[str, Any], names: Names) -> None:
    page.intro = content["intro"]
    _set_body(page, content, names)
    _publish(page)


def _fill_home_page(home: HomePage, content: dict[str, Any], names: Names) -> None:
    home.refresh_from_db()
    home.summary = content["summary"]
    home.hero_heading = content["hero_heading"]
    home.hero_text = content["hero_text"]
    home.hero_image_id = _image_id_or_none(content.get("hero_image"), names)
    home.featured_pages = [FeaturedPage(page_id=names.pages[slug]) for slug in content["featured"]]
    _set_body(home, content, names)
    _publish(home)


def _set_body(page: Any, content: dict[str, Any], names: Names) -> None:
    block = page.body.stream_block
    # Through Wagtail's own conversion, which gives every block and list item its id.
    page.body = block.to_python(resolve_body(content["body"], names))


def _image_id_or_none(chosen: dict[str, Any] | None, names: Names) -> int | None:
    return names.images[chosen["file"]] if chosen else None


def _publish(page: Page) -> None:
    page.save_revision().publish()
