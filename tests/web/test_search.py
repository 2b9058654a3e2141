"""The search page: what answers, why, where in a page, and what helps when nothing does."""

import html as html_module
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tests.web import content, found_content
from tests.web.fake_cms import FakeCms
from tests.web.html_check import find_html_problems
from tests.web.site_client import SiteClient
from web.routes.search import clean_query, read_page_number

MS = content.MS_PATH
MS_PAGE = next(page for page in content.LISTED_CONDITIONS if page["path"] == MS)
BLOCK_ID = "00000003-0000-4000-8000-000000000000"


def read_main(site: SiteClient, address: str) -> str:
    html = site.get(address).text
    return html[html.index("<main") : html.index("</main>")]


def asked(cms: FakeCms) -> dict[str, list[str]]:
    """The parameters of the only question that the site asked of `search/`."""
    (request,) = (each for each in cms.requests if each.startswith("/api/v2/search/"))
    return parse_qs(urlsplit(request).query)


def test_search__header_box__leads_here(site: SiteClient) -> None:
    html = site.get("/").text
    form = html[html.index("<form") : html.index("</form>")]
    for part in ('action="/search/"', 'method="get"', 'role="search"', 'for="site-search"'):
        assert part in form


def test_search__match__is_listed_with_its_name_marked(site: SiteClient) -> None:
    main = read_main(site, "/search/?q=sclerosis")
    assert "2 results for “sclerosis”" in main
    assert f'<a href="{MS}">Multiple <mark>Sclerosis</mark></a>' in main


def test_search__title__says_what_and_which_page(site: SiteClient, cms: FakeCms) -> None:
    fill_with_back_pains(cms)
    assert "<title>Search: back |" in site.get("/search/?q=back").text
    assert "<title>Search: back, page 2 |" in site.get("/search/?q=back&page=2").text


def test_search__other_name__is_the_reason(site: SiteClient) -> None:
    main = read_main(site, "/search/?q=lou gehrig")
    assert "Also called: <mark>Lou Gehrig</mark>&#39;s disease" in main


def test_search__symptoms__are_the_reason_on_one_line(site: SiteClient, cms: FakeCms) -> None:
    matches = [found_content.build_match("symptom", text, text) for text in ("Tremor", "Fatigue")]
    cms.found = found_content.build_results(
        "tremor fatigue", [found_content.build_result(MS_PAGE, "", matches=matches)]
    )
    main = read_main(site, "/search/?q=tremor fatigue")
    assert "Symptoms: <mark>Tremor</mark>, <mark>Fatigue</mark>" in main


def test_search__reason_of_another_version__is_made_readable(
    site: SiteClient, cms: FakeCms
) -> None:
    match = found_content.build_match("hand_sign", "wave", "wave")
    cms.found = found_content.build_results(
        "wave", [found_content.build_result(MS_PAGE, "", matches=[match])]
    )
    assert "Hand sign: <mark>wave</mark>" in read_main(site, "/search/?q=wave")


def test_search__fragment__leads_right_to_its_block(site: SiteClient, cms: FakeCms) -> None:
    fragment = found_content.build_fragment("Numbness <or> pain", "pain", "Symptoms", BLOCK_ID)
    cms.found = found_content.build_results(
        "pain", [found_content.build_result(MS_PAGE, "", fragments=[fragment])]
    )
    main = read_main(site, "/search/?q=pain")
    assert "Numbness &lt;or&gt; <mark>pain</mark>" in main
    assert f'href="{MS}#block-{BLOCK_ID}"' in main
    assert f'id="block-{BLOCK_ID}"' in site.get(MS).text


def test_search__fragments_of_one_block__have_one_link_and_repeat_no_reason(
    site: SiteClient, cms: FakeCms
) -> None:
    fragments = [
        found_content.build_fragment(text, "pain", "Symptoms", BLOCK_ID)
        for text in ("Pain", "Less pain at night")
    ]
    matches = [found_content.build_match("symptom", "Pain", "pain")]
    cms.found = found_content.build_results(
        "pain", [found_content.build_result(MS_PAGE, "", matches=matches, fragments=fragments)]
    )
    main = read_main(site, "/search/?q=pain")
    assert main.count("#block-") == 1
    assert main.count("<mark>Pain</mark>") == 1
    assert "Less <mark>pain</mark> at night" in main


def test_search__fragment_with_an_odd_id__has_no_link(site: SiteClient, cms: FakeCms) -> None:
    fragment = found_content.build_fragment("Pain", "pain", "Symptoms", '"> <script>')
    cms.found = found_content.build_results(
        "pain", [found_content.build_result(MS_PAGE, "", fragments=[fragment])]
    )
    assert "#block-" not in read_main(site, "/search/?q=pain")


def test_search__summary_that_answers__is_said_once_and_marked(site: SiteClient) -> None:
    main = read_main(site, "/search/?q=cool")
    assert main.count("Gentle and") == 1
    assert "Gentle and <mark>cool</mark>, not in a flare." in main


def test_search__misspelling__says_what_was_looked_for_and_what_was_typed(
    site: SiteClient, cms: FakeCms
) -> None:
    cms.found = found_content.build_results(
        "sclerosus",
        [found_content.build_result(MS_PAGE, "sclerosis")],
        corrected_query="sclerosis",
    )
    main = read_main(site, "/search/?q=sclerosus")
    assert "1 result for “sclerosis”" in main
    assert "Showing results for <strong>sclerosis</strong>. You typed “sclerosus”." in main


def test_search__more_than_were_counted__says_so(site: SiteClient, cms: FakeCms) -> None:
    cms.found = found_content.build_results(
        "pain",
        [found_content.build_result(MS_PAGE, "")],
        total=1400,
        is_total_exact=False,
    )
    main = read_main(site, "/search/?q=pain")
    assert "More than 1,400 results for “pain”" in main
    assert "Page 1 of 100" in main


def test_search__recommended__says_so_with_the_editors_words(
    site: SiteClient, cms: FakeCms
) -> None:
    link = {"title": "An institute", "url": "https://www.example.org/ms", "description": "More."}
    cms.found = found_content.build_results(
        "ms",
        [
            found_content.build_result(MS_PAGE, "", is_promoted=True, promotion="Start here."),
            *(found_content.build_result(page, "") for page in content.LISTED_CONDITIONS[:2]),
        ],
        links=[link, {**link, "url": "javascript:alert(1)"}],
        total=30,
    )
    main = read_main(site, "/search/?q=ms")
    assert main.count("Recommended") == 3
    assert "Recommended, on example.org" in main
    assert "Start here." in main
    assert "javascript:" not in main
    assert "An institute" not in read_main(site, "/search/?q=ms&page=2")


def test_search__choices__are_links_that_keep_the_others(site: SiteClient, cms: FakeCms) -> None:
    main = read_main(site, "/search/?q=sclerosis&advice=remission:modify")
    assert asked(cms)["advice"] == ["remission:modify"]
    narrower = "/search/?q=sclerosis&amp;body_system=nervous-system&amp;advice=remission%3Amodify"
    assert f'href="{narrower}"' in main
    (taken_back,) = re.findall(r'href="([^"]*)" aria-current="true"', main)
    assert taken_back == "/search/?q=sclerosis"
    assert "Remove: </span>In remission: yes, with changes" in main


def test_search__choice_of_another_version__is_not_offered(site: SiteClient, cms: FakeCms) -> None:
    facet = found_content.build_facets(2, {})[0]
    cms.found = found_content.build_results(
        "ms",
        [found_content.build_result(page, "") for page in content.LISTED_CONDITIONS[:2]],
        facets=[facet, {**facet, "name": "phase_of_the_moon", "label": "Moon"}],
    )
    main = read_main(site, "/search/?q=ms")
    assert "Body system" in main
    assert "Moon" not in main


def test_search__nothing_left_by_the_choices__leads_back_to_all(site: SiteClient) -> None:
    main = read_main(site, "/search/?q=sclerosis&body_system=skin")
    assert "Nothing left for “sclerosis”" in main
    assert '<a href="/search/?q=sclerosis">Show all results' in main
    assert "Remove: </span>Skin" in main


def test_search__no_match__does_not_sound_like_the_all_clear(site: SiteClient) -> None:
    main = read_main(site, "/search/?q=zzzz")
    assert "Nothing found for “zzzz”" in main
    assert "This does not mean that massage is safe" in main
    assert 'href="/conditions/"' in main


def test_search__no_match__names_the_nearest(site: SiteClient, cms: FakeCms) -> None:
    nearest = {
        "id": 12,
        "type": "conditions.ConditionPage",
        "name": "Multiple Sclerosis",
        "path": MS,
        "html_url": "",
        "match": found_content.build_match("synonym", "disseminated sclerosis", ""),
        "ranges": [],
    }
    cms.found = found_content.build_results("zzzz", [], nearest=[nearest])
    main = read_main(site, "/search/?q=zzzz")
    assert f'<a href="{MS}">Multiple Sclerosis</a>' in main
    assert "also called: disseminated sclerosis" in main


def test_search__words_that_no_guide_has__are_named_with_what_to_do(
    site: SiteClient, cms: FakeCms
) -> None:
    cms.found = found_content.build_results(
        "lupus rash", [found_content.build_result(MS_PAGE, "rash")], missing_words=["lupus"]
    )
    answer = site.get("/search/?q=lupus rash")
    assert "1 result for “lupus rash”" in answer.text
    assert "No guide has the word “lupus”." in answer.text
    assert "These results are for the other words." in answer.text
    for help_in in ('id="missing"', "This does not mean that massage is safe", "Tell us what"):
        assert help_in in answer.text
    assert find_html_problems(answer.text) == []


def test_search__corrected_to_what_may_be_something_else__says_so(
    site: SiteClient, cms: FakeCms
) -> None:
    cms.found = found_content.build_results(
        "concussion",
        [found_content.build_result(MS_PAGE, "")],
        corrected_query="confusion",
        missing_words=["concussion"],
    )
    main = read_main(site, "/search/?q=concussion")
    assert "No guide has the word “concussion”." in main
    assert "These results are for <strong>confusion</strong>, which may be something else." in main
    assert "Showing results for" not in main


def test_search__no_word_in_any_guide__is_the_heading(site: SiteClient, cms: FakeCms) -> None:
    cms.found = found_content.build_results("mumps zzz", [], missing_words=["mumps", "zzz"])
    main = read_main(site, "/search/?q=mumps zzz")
    assert re.search(r"<h2[^>]*>\s*No guide has the words “mumps”, “zzz”\s*</h2>", main)
    assert "Nothing found" not in main
    assert 'id="missing"' not in main


def test_search__no_match__can_be_told_to_the_therapist(site: SiteClient, cms: FakeCms) -> None:
    main = read_main(site, "/search/?q=zz%26bcc%3Dx%40y+%22%0D%0A")
    href = html_module.unescape(re.findall(r'href="(mailto:[^"]*)"', main)[0])
    assert href.startswith("mailto:hello@example.org?subject=")
    assert parse_qs(urlsplit(href).query).keys() == {"subject", "body"}
    assert "zz&bcc=x@y" in unquote(href)
    assert 'href="tel:8165550100"' in main


def test_search__no_contact__offers_none(site: SiteClient, cms: FakeCms) -> None:
    cms.site["contact"] = {"phone": "", "email": "", "booking_url": ""}
    main = read_main(site, "/search/?q=zzzz")
    assert "mailto:" not in main
    assert "Tell us" not in main


def test_search__refused_by_the_cms__says_what_to_do(site: SiteClient) -> None:
    answer = site.get("/search/?q=refused")
    assert answer.status == 400
    assert "We cannot look for these words" in answer.text
    assert find_html_problems(answer.text) == []


def test_search__choice_refused_by_the_cms__leads_to_all_results(site: SiteClient) -> None:
    answer = site.get("/search/?q=refused&advice=acute")
    assert answer.status == 400
    assert "We cannot narrow the results like that" in answer.text
    assert "these words" not in answer.text
    assert 'href="/search/?q=refused">Show all results' in answer.text
    assert find_html_problems(answer.text) == []


def test_search__nothing_asked__asks_the_cms_nothing(site: SiteClient, cms: FakeCms) -> None:
    for query in ("", "?q=", "?q=%20%20", "?q=%00", "?q=%22%27%25", "?page=3"):
        assert site.get(f"/search/{query}").status == 200
    assert not any(request.startswith("/api/v2/search/") for request in cms.requests)


@pytest.mark.parametrize(
    "query",
    [
        "a" * 6000,
        "%00abc",
        "%ff%fe",
        "%",
        "'%20OR%201=1--",
        '%22quoted"',
        "<script>alert(1)</script>",
        "%F0%9F%8C%B8 blossom",
        "%D8%A3%D9%84%D9%85",
        "a&q=b",
        "a&body_system=%22%3E<script>alert(2)&advice=%00",
        "*&page=99999999999999",
        "x&page=-1",
        "ms%0D%0ASet-Cookie:a=b",
    ],
)
def test_search__odd_query__is_answered(site: SiteClient, query: str) -> None:
    answer = site.get(f"/search/?q={query}")
    assert answer.status == 200
    assert "<script>alert" not in answer.text
    assert find_html_problems(answer.text) == []


def fill_with_back_pains(cms: FakeCms) -> None:
    cms.conditions = [
        content.build_listed(number, f"Back pain {number:03}", f"b{number}", "")
        for number in range(45)
    ]


def test_search__many_matches__come_in_pages(site: SiteClient, cms: FakeCms) -> None:
    fill_with_back_pains(cms)
    first = read_main(site, "/search/?q=back pain&body_system=nervous-system")
    assert "45 results" in first
    more = "/search/?q=back%20pain&amp;body_system=nervous-system&amp;page=2"
    assert f'href="{more}"' in first
    assert "</mark> 009" in first
    assert "</mark> 010" not in first
    last = read_main(site, "/search/?q=back+pain&page=5")
    assert "</mark> 044" in last
    assert "More results" not in last
    assert 'href="/search/?q=back%20pain&amp;page=4"' in last


def test_search__page_after_the_last__leads_to_the_first(site: SiteClient, cms: FakeCms) -> None:
    fill_with_back_pains(cms)
    main = read_main(site, "/search/?q=back&page=9")
    assert "There is no page 9" in main
    assert 'href="/search/?q=back"' in main


@pytest.mark.parametrize("fault", ["500", "garbage", "wrong-shape", "404"])
def test_search__cms_away__is_back_soon(site: SiteClient, cms: FakeCms, fault: str) -> None:
    cms.fault = fault
    answer = site.get("/search/?q=ms&body_system=skin&page=2")
    assert answer.status == 503
    assert answer.headers["retry-after"] == "30"
    assert 'value="ms"' in answer.text
    again = 'href="/search/?q=ms&amp;body_system=skin&amp;page=2">Try again'
    assert again in answer.text
    assert find_html_problems(answer.text) == []


@pytest.mark.parametrize("fault", ["", "500"])
@pytest.mark.parametrize(
    "path", ["/search/?q=ms", "/search/?q=refused", "/search/", "/search?q=ms"]
)
def test_search__what_is_asked_about_health__is_kept_nowhere(
    site: SiteClient, cms: FakeCms, path: str, fault: str
) -> None:
    cms.fault = fault
    answer = site.get(path)
    assert answer.headers["cache-control"] == "private, no-store"
    assert "etag" not in answer.headers


def test_query__long_or_with_control_characters__is_made_plain() -> None:
    assert clean_query("  a\x00b\n c ") == "a b c"
    assert len(clean_query("word " * 100)) <= 200


@pytest.mark.parametrize(
    ("text", "number"), [("", 1), ("2", 2), ("0", 1), ("-3", 1), ("x", 1), ("²", 1), ("999", 100)]
)
def test_page_number__anything__is_a_number(text: str, number: int) -> None:
    assert read_page_number(text) == number
