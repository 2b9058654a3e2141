"""Condition pages of any size, to show that size costs no queries."""

from typing import Any

from cms.conditions.models import AlsoKnownAs, ConditionIndexPage, ConditionPage
from tests.factories.conditions import (
    BodySystemFactory,
    ConditionPageFactory,
    build_block,
    build_guidance,
)
from tests.factories.images import SiteImageFactory


def build_large_condition(
    index: ConditionIndexPage, *, blocks: int, images: int, links: int, related: int, **fields: Any
) -> ConditionPage:
    """A live page with so many sections, and so many pictures, links and related pages in it.

    Every related page has a main picture of its own, and every third one is private or a draft.
    """
    others = [
        ConditionPageFactory(parent=index, hero_image=SiteImageFactory(), live=number % 3 != 2)
        for number in range(max(links, related))
    ]
    body = [build_guidance()]
    body += [_build_figure(SiteImageFactory().pk) for _ in range(images)]
    body += [_build_section(f'<a linktype="page" id="{page.pk}">x</a>') for page in others[:links]]
    body.append(
        build_block(
            "related_conditions",
            heading="Related",
            items=[{"page": page.pk, "reason": "shares tremor"} for page in others[:related]],
        )
    )
    body.append(_build_experience(fields.get("author") or others[0].author))
    body += [_build_section("<p>Text</p>") for _ in range(blocks - len(body))]
    page: ConditionPage = ConditionPageFactory(
        parent=index, hero_image=SiteImageFactory(), body=body, **fields
    )
    page.body_systems.set([BodySystemFactory() for _ in range(3)])
    page.also_known_as.set([AlsoKnownAs(term=f"Name {number}") for number in range(3)])
    page.save()
    return page


def _build_figure(image_id: int) -> dict[str, Any]:
    image = {"image": image_id, "decorative": False, "alt_text": "A picture"}
    return build_block("figure", image=image, caption="", credit="")


def _build_section(html: str) -> dict[str, Any]:
    return build_block("section", role="other", heading="More", text=f"<p>{html}</p>")


def _build_experience(person: Any) -> dict[str, Any]:
    return build_block(
        "experience",
        heading="From practice",
        person=person.pk,
        text="<p>Words</p>",
        places=["home"],
    )
