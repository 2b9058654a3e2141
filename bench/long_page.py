"""A condition page of many blocks of every kind, made of the demo's own; prints its number.

Runs inside a CMS with the demo: `python -m bench.long_page` with that CMS's settings.
"""

from typing import Any, Final

import django

BLOCKS: Final = 40
SLUG: Final = "a-long-guide"
TITLE: Final = "Massage for a Long Guide"


def main() -> None:
    """Make and publish the page, with its pictures in every size."""
    django.setup()
    from django.core.management import call_command

    page = build_page()
    page.save_revision().publish()
    call_command("make_renditions", verbosity=0)
    print(page.pk)


def build_page() -> Any:
    """The page, saved and not yet published."""
    from cms.conditions.models import AlsoKnownAs, ConditionIndexPage, ConditionPage

    first, *others = ConditionPage.objects.order_by("-slug")
    first = next((page for page in (first, *others) if page.slug == "multiple-sclerosis"), first)
    fields = ("condition_name", "summary", "author", "reviewed_by", "last_reviewed", "review_due")
    page = ConditionPage(
        title=TITLE, slug=SLUG, live=False, **{name: getattr(first, name) for name in fields}
    )
    page.body = page.body.stream_block.to_python(collect_blocks([first, *others]))
    ConditionIndexPage.objects.get().add_child(instance=page)
    page.body_systems.set(first.body_systems.all())
    page.also_known_as = [
        AlsoKnownAs(term=row.term, kind=row.kind) for row in first.also_known_as.all()
    ]
    return page


def collect_blocks(pages: list[Any]) -> list[dict[str, Any]]:
    """The blocks of several pages in turn, in stored form, with one guidance among them."""
    kept: list[dict[str, Any]] = []
    for page in pages:
        for block in page.body.raw_data:
            is_second = block["type"] == "massage_guidance" and any(
                other["type"] == "massage_guidance" for other in kept
            )
            if not is_second and len(kept) < BLOCKS:
                kept.append(dict(block))
    if len(kept) < BLOCKS:
        raise ValueError(f"The demo has {len(kept)} blocks, and {BLOCKS} are wanted.")
    return kept


if __name__ == "__main__":
    main()
