"""A small site in which everything is shown in many places: pages, pictures, people, the menus."""

from dataclasses import dataclass
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.branding.choices import BadgeKind
from cms.branding.models import BrandingSettings
from cms.comments.models import Comment
from cms.conditions.models import (
    AlsoKnownAs,
    BodySystem,
    ConditionIndexPage,
    ConditionPage,
    Person,
)
from cms.images.models import SiteImage
from cms.pages.models import FeaturedPage, HomePage, StandardPage
from tests.factories.branding import build_branding
from tests.factories.comments import CommentFactory, build_thread
from tests.factories.conditions import (
    BodySystemFactory,
    ConditionIndexPageFactory,
    ConditionPageFactory,
    PersonFactory,
    build_block,
    build_guidance,
    build_phase,
)
from tests.factories.images import SiteImageFactory
from tests.factories.pages import StandardPageFactory, build_site
from tests.factories.restrictions import make_private


@dataclass
class ConnectedSite:
    """What `build_connected_site` has made. `lupus` is a draft, `prices` is private."""

    home: HomePage
    index: ConditionIndexPage
    about: StandardPage
    prices: StandardPage
    ms: ConditionPage
    gout: ConditionPage
    sciatica: ConditionPage
    lupus: ConditionPage
    alias: Page
    person: Person
    system: BodySystem
    hero: SiteImage
    figure: SiteImage
    logo: SiteImage
    badge: SiteImage
    branding: BrandingSettings
    redirect: Redirect
    held: Comment


def build_symptoms(*texts: str) -> dict[str, Any]:
    """A stored block of symptoms."""
    items = [{"text": text, "note": ""} for text in texts]
    return build_block("symptoms", heading="Symptoms", items=items, diagnosis_note="Ask a doctor.")


def build_related(*pages: Page) -> dict[str, Any]:
    """A stored block that relates to `pages`."""
    items = [{"page": page.pk, "reason": "Also hurts"} for page in pages]
    return build_block("related_conditions", heading="Look alike", items=items)


def build_text(*pages: Page) -> dict[str, Any]:
    """A stored section whose text has a link to each of `pages`."""
    links = "".join(f'<a linktype="page" id="{page.pk}">{page.pk}</a> ' for page in pages)
    return build_block("section", role="other", heading="More", text=f"<p>{links}</p>")


def build_connected_site() -> ConnectedSite:
    """The site, in a database that has none."""
    hero, figure, logo, badge = (SiteImageFactory() for _ in range(4))
    person, system = PersonFactory(name="Dana Demo"), BodySystemFactory(name="Nervous system")
    home = build_site(hero_image=hero)
    index = ConditionIndexPageFactory(parent=home)
    about = StandardPageFactory(parent=home, slug="about")
    prices = StandardPageFactory(parent=home, slug="prices")
    make_private(prices)
    lupus = _build_condition(index, "Lupus", [build_symptoms("Tremor")], live=False)
    gout = _build_condition(index, "Gout", [build_symptoms("Swelling")], hero_image=figure)
    sciatica = _build_condition(index, "Sciatica", [build_symptoms("Tremor", "Numbness")])
    ms = _build_condition(
        index,
        "Multiple Sclerosis",
        [
            build_symptoms("Tremor", "Fatigue"),
            build_related(gout, lupus),
            build_text(about, prices),
            build_block(
                "figure",
                image={"image": figure.pk, "alt_text": "Hands", "decorative": False},
                caption="",
                credit="",
            ),
            build_block("experience", heading="Seen", person=person.pk, text="<p>x</p>", places=[]),
        ],
        hero_image=hero,
        author=person,
    )
    ms.also_known_as.add(AlsoKnownAs(term="MS", kind="abbreviation"))
    _publish(ms, body_systems=[system])
    _publish(gout, body_systems=[system])
    home.featured_pages = [FeaturedPage(page=page) for page in (ms, lupus)]
    _publish(home)
    about.body = [build_text(gout, lupus)]
    _publish(about)
    branding = build_branding(
        header=[{"page": index}, {"page": prices}, {"label": "Call", "address": "tel:+1"}],
        footer=[{"label": "About me", "page": about}],
        footer_text=f'<p><a linktype="page" id="{gout.pk}">Gout</a></p>',
        logo=logo,
        badge_kind=BadgeKind.OWN_IMAGE,
        badge_image=badge,
        badge_page=about,
    )
    Redirect.add_redirect("/to-draft", lupus)
    build_thread(ms)
    return ConnectedSite(
        home=home,
        index=index,
        about=about,
        prices=prices,
        ms=ms,
        gout=gout,
        sciatica=sciatica,
        lupus=lupus,
        alias=about.create_alias(parent=home, update_slug="about-too"),
        person=person,
        system=system,
        hero=hero,
        figure=figure,
        logo=logo,
        badge=badge,
        branding=branding,
        redirect=Redirect.add_redirect("/podagra", gout),
        held=CommentFactory(page=ms),
    )


def _build_condition(
    index: ConditionIndexPage, name: str, blocks: list[dict[str, Any]], **fields: Any
) -> ConditionPage:
    page: ConditionPage = ConditionPageFactory(
        parent=index,
        slug=name.lower().replace(" ", "-"),
        condition_name=name,
        body=[build_guidance(build_phase(heat="avoid")), *blocks],
        **fields,
    )
    return page


def _publish(page: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
