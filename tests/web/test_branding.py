"""The practice's name, badge, menus and colours, as the CMS gives them."""

import itertools

import msgspec
import pytest

from tests.web.fake_cms import FakeCms
from tests.web.html_check import find_html_problems
from tests.web.site_client import SiteClient
from web.api.models import Colors
from web.api.site import NEUTRAL_SITE
from web.rendering.colors import Color
from web.rendering.theme import build_theme

FLAGS = ["transgender_flag", "transgender_ally_flag", "progress_flag"]


def test_header__names_the_practice(site: SiteClient) -> None:
    html = site.get("/").text
    header = html[html.index("<header") : html.index("</header>")]
    for words in ("Massage Aha!", "Massage therapy in Kansas City, MO", "by Aaron Harris, BCTMB"):
        assert words in header
    assert '<a href="/conditions/">Conditions A to Z</a>' in header


def test_footer__tells_how_to_get_in_touch(site: SiteClient) -> None:
    html = site.get("/").text
    footer = html[html.index("<footer") :]
    assert 'href="tel:8165550100"' in footer
    assert "do not replace the advice of a doctor" in footer


@pytest.mark.parametrize("kind", FLAGS)
@pytest.mark.parametrize("placement", ["header", "footer"])
def test_badge__flag__stands_where_it_was_placed_with_its_name(
    site: SiteClient, cms: FakeCms, kind: str, placement: str
) -> None:
    cms.site["badge"].update(kind=kind, placement=placement, label="Everybody is welcome")
    html = site.get("/").text
    part = html[html.index(f"<{placement}") : html.index(f"</{placement}>")]
    assert 'alt="Everybody is welcome"' in part
    assert html.count("Everybody is welcome") == 1
    address = part[part.index("/static/" + kind.replace("_", "-")) :].partition('"')[0]
    assert site.get(address).headers["content-type"] == "image/svg+xml"


def test_badge__off__leaves_nothing_behind(site: SiteClient, cms: FakeCms) -> None:
    cms.site["badge"] = None
    html = site.get("/").text
    assert "flag" not in html.lower()
    assert "badge" not in html.lower()


def test_badge__own_picture_with_a_link__leads_to_the_statement(
    site: SiteClient, cms: FakeCms
) -> None:
    card = {"title": "Our promise", "path": "/promise/", "html_url": "", "id": 4, "type": "x"}
    source = {"mime_type": "image/png", "width": 90, "height": 60, "url": f"{cms.origin}/media/b"}
    image = {"id": 9, "alt": "", "width": 90, "height": 60, "sources": [source]}
    cms.site["badge"].update(kind="own_image", image=image, link=card)
    html = site.get("/").text
    assert '<a class="ally-badge" href="/promise/">' in html
    assert 'alt="Transgender Ally Flag"' in html


def test_badge__of_an_unknown_kind__shows_its_words(site: SiteClient, cms: FakeCms) -> None:
    cms.site["badge"]["kind"] = "flag_of_tomorrow"
    assert '<span class="ally-badge"><span>Transgender Ally Flag</span>' in site.get("/").text


def test_branding__nearly_empty__is_sound(site: SiteClient, cms: FakeCms) -> None:
    cms.site.update(
        tagline="",
        service_area="",
        practitioner={"name": "", "credentials": "", "line": ""},
        contact={"phone": "", "email": "", "booking_url": ""},
        badge=None,
        menus={"header": [], "footer": []},
        footer_text="",
        conditions_path="",
    )
    for path in ("/", "/nowhere/", "/search/?q=zzzz"):
        assert find_html_problems(site.get(path).text) == []


def test_colours__changed__change_the_style_sheet(site: SiteClient, cms: FakeCms) -> None:
    before = site.get("/").text
    cms.site["colors"]["primary"] = "#7a1f4b"
    site.app.state.services.site_source._fresh_until = 0
    after = site.get("/").text
    find = lambda html: html[html.index("/theme-") :].partition('"')[0]  # noqa: E731
    assert find(before) != find(after)
    assert "--primary:#7a1f4b" in site.get(find(after)).text
    assert "--primary:#1f5a58" in site.get(find(before)).text


@pytest.mark.parametrize("bad", ["red", "#fff", "#12345g", "", "#000000;}body{display:none"])
def test_colours__not_a_colour__give_way_to_neutral_ones(bad: str) -> None:
    colors = msgspec.structs.replace(NEUTRAL_SITE.colors, primary=bad)
    assert build_theme(colors) == build_theme(NEUTRAL_SITE.colors)


def read_theme(css: str) -> list[dict[str, Color]]:
    schemes = [part.partition("}")[0] for part in css.split(":root{")[1:]]
    return [
        {
            name.strip("-"): Color.from_hex(value)
            for name, _, value in (line.partition(":") for line in scheme.split(";"))
            if value.startswith("#")
        }
        for scheme in schemes
    ]


PRIMARIES = ["#1f5a58", "#7a1f4b", "#2b4fa2", "#767676", "#8a5a00", "#000000"]
ACCENTS = ["#b1582f", "#e08a3c", "#5bcefa", "#767676"]


@pytest.mark.parametrize(("primary", "accent"), [*itertools.product(PRIMARIES, ACCENTS)])
def test_colours__any_branding__keep_text_readable(primary: str, accent: str) -> None:
    colors = msgspec.structs.replace(NEUTRAL_SITE.colors, primary=primary, accent=accent)
    assert isinstance(colors, Colors)
    schemes = read_theme(build_theme(colors))
    assert len(schemes) == 2
    for scheme in schemes:
        for ground in ("paper", "surface", "tint", "accent-tint"):
            for text in ("ink", "ink-soft", "link", "accent-text"):
                assert scheme[text].contrast(scheme[ground]) >= 4.5, (text, ground)
            assert scheme["edge"].contrast(scheme[ground]) >= 3, ground
        assert scheme["on-primary"].contrast(scheme["primary"]) >= 4.5
        assert scheme["on-panel"].contrast(scheme["panel"]) >= 4.5
        assert scheme["on-primary"].contrast(scheme["primary-strong"]) >= 4.5
