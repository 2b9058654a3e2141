"""The site as files: all of it, then what has changed, and nothing that is not ours is touched."""

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.web import content
from tests.web.fake_cms import FakeCms
from web.build.builder import Builder, BuildReport
from web.build.errors import BuildRunningError, CmsNotReachedError, FolderRefusedError
from web.build.folder import BuildFolder
from web.config import Settings
from web.features import SiteFeatures

WITHOUT_SERVER = SiteFeatures(has_server=False)
# The A to Z, and each of its letters.
LISTS = 28
MS_FILE = "conditions/multiple-sclerosis/index.html"


@pytest.fixture(autouse=True)
def _follow(cms: FakeCms) -> None:
    cms.lists_pages = True
    cms.feed = []
    cms.resolutions["/conditions/"]["tags"] = ["page:11", "listing:conditions"]


def build(settings: Settings, out: Path, features: SiteFeatures = WITHOUT_SERVER) -> BuildReport:
    folder = BuildFolder(out)
    with folder.open() as manifest:
        return Builder(settings, features, folder, 1).build(manifest)


def add_page(cms: FakeCms, page_id: int, path: str) -> Any:
    """Give the CMS one more page, like the one at `/about/`."""
    resolution = copy.deepcopy(cms.resolutions["/about/"])
    resolution["page"]["id"] = page_id
    resolution["page"]["title"] = f"Page {page_id}"
    resolution["tags"] = [f"page:{page_id}"]
    place(resolution["page"], path)
    cms.resolutions[path] = resolution
    return resolution["page"]


def place(page: Any, path: str) -> None:
    page["path"] = path
    page["meta"]["html_url"] = f"http://localhost:3150{path}"


def read_all(out: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*") if file.is_file()
    }


def test_build__first_time__writes_the_whole_site(settings: Settings, tmp_path: Path) -> None:
    report = build(settings, tmp_path / "dist")

    files = read_all(tmp_path / "dist")
    assert report.problems == []
    assert {
        "index.html",
        "index.html.br",
        "index.html.gz",
        "about/index.html",
        MS_FILE,
        "conditions/letter/m/index.html",
        "404.html",
        "robots.txt",
        "sitemap.xml",
        "_headers",
        "_redirects",
    } <= set(files)
    assert any(name.startswith("static/site-") for name in files)
    assert any(name.startswith("theme-") for name in files)


def test_build__pictures__are_beside_the_pages(
    cms: FakeCms, settings: Settings, tmp_path: Path
) -> None:
    resolution = cms.resolutions[content.MS_PATH]
    assert f"{cms.origin}/media/" in str(resolution)

    build(settings, tmp_path / "dist")

    files = read_all(tmp_path / "dist")
    assert any(name.startswith("media/") for name in files)
    assert cms.origin.encode() + b"/media/" not in files[MS_FILE]
    assert b'"/media/' in files[MS_FILE]


def test_build__without_a_server__has_no_form_and_no_script_that_asks_one(
    cms: FakeCms, settings: Settings, tmp_path: Path
) -> None:
    build(settings, tmp_path / "dist")

    html = read_all(tmp_path / "dist")[MS_FILE].decode()
    assert "<form" not in html
    assert "search_box" not in html
    assert "respond-" not in html
    assert "/responses/" not in html
    assert 'href="/conditions/"' in html


def test_build__with_a_server_elsewhere__sends_forms_there(
    settings: Settings, tmp_path: Path
) -> None:
    build(settings, tmp_path / "dist", SiteFeatures("https://live.example.com"))

    files = read_all(tmp_path / "dist")
    html = files[MS_FILE].decode()
    assert 'action="https://live.example.com/search/"' in html
    assert "search_box" not in html
    assert b"form-action 'self' https://live.example.com;" in files["_headers"]


def test_build__nothing_new__asks_for_no_page(
    cms: FakeCms, settings: Settings, tmp_path: Path
) -> None:
    build(settings, tmp_path / "dist")
    cms.requests.clear()

    report = build(settings, tmp_path / "dist")

    assert report.rendered == 0
    assert cms.requests == ["/api/v2/site/"]


def test_build__one_page_changed__writes_that_page_alone(
    cms: FakeCms, settings: Settings, tmp_path: Path
) -> None:
    build(settings, tmp_path / "dist")
    page = cms.resolutions["/about/"]["page"]
    page["title"] = "Another title"
    cms.announce(f"page:{page['id']}")

    report = build(settings, tmp_path / "dist")

    assert report.rendered == 1
    assert b"Another title" in read_all(tmp_path / "dist")["about/index.html"]


def test_build__page_gone__removes_its_files_and_empty_folders(
    cms: FakeCms, settings: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "dist"
    build(settings, out)
    (out / "conditions" / "mine.txt").write_text("not of a build")
    gone = [cms.resolutions.pop(path)["page"]["id"] for path in ("/about/", content.MS_PATH)]
    cms.announce("paths", *(f"page:{page_id}" for page_id in gone))

    report = build(settings, out)

    assert report.removed == 2
    assert not (out / "about").exists()
    assert not (out / "conditions" / "multiple-sclerosis").exists()
    assert (out / "conditions" / "mine.txt").exists()


def test_build__pages_came_moved_and_went__asks_for_those_alone(
    cms: FakeCms, settings: Settings, tmp_path: Path
) -> None:
    build(settings, tmp_path / "dist")
    new = add_page(cms, 90, "/new/")
    moved = cms.resolutions.pop("/about/")
    place(moved["page"], "/us/")
    cms.resolutions["/us/"] = moved
    gone = cms.resolutions.pop(content.MS_PATH)["page"]
    ids = [page["id"] for page in (new, moved["page"], gone)]
    cms.announce("paths", "listing:conditions", *(f"page:{page_id}" for page_id in ids))
    cms.requests.clear()

    report = build(settings, tmp_path / "dist")

    assert (report.rendered, report.removed) == (2 + LISTS, 2)
    asked = [request for request in cms.requests if "/resolve/" not in request]
    assert sorted(asked) == [
        "/api/v2/pages/12/",
        f"/api/v2/pages/{moved['page']['id']}/",
        "/api/v2/pages/90/",
        "/api/v2/redirects/?limit=1000&offset=0",
        "/api/v2/site/",
    ]
    build(settings, tmp_path / "whole")
    assert read_all(tmp_path / "dist") == read_all(tmp_path / "whole")


def test_build__condition_has_another_name__makes_the_lists_without_asking_for_them(
    cms: FakeCms, settings: Settings, tmp_path: Path
) -> None:
    build(settings, tmp_path / "dist")
    cms.condition["condition_name"] = "Élan"
    cms.announce(f"page:{cms.condition['id']}", "listing:conditions")
    cms.requests.clear()

    build(settings, tmp_path / "dist")

    files = read_all(tmp_path / "dist")
    assert "Élan" in files["conditions/letter/e/index.html"].decode()
    assert "Élan" in files["conditions/index.html"].decode()
    assert "Multiple" not in files["conditions/letter/m/index.html"].decode().partition("<main")[2]
    assert not [request for request in cms.requests if "/pages/?" in request]


def test_build__lists_conditions__asks_for_them_once(
    cms: FakeCms, settings: Settings, tmp_path: Path
) -> None:
    build(settings, tmp_path / "dist")

    assert sum("type=conditions.ConditionPage" in request for request in cms.requests) == 1


def test_build__page_of_an_unknown_type__is_reported(
    cms: FakeCms, settings: Settings, tmp_path: Path
) -> None:
    add_page(cms, 90, "/new/")["meta"]["type"] = "pages.OfAnotherVersion"

    report = build(settings, tmp_path / "dist")

    assert [problem for problem in report.problems if "/new/" in problem] == report.problems != []


def test_build__paths_that_differ_in_case__tells_of_it_until_one_is_gone(
    cms: FakeCms, settings: Settings, tmp_path: Path
) -> None:
    add_page(cms, 90, "/NEW/")
    other = add_page(cms, 91, "/new/")

    for _ in range(2):
        assert "/new/, which differs from /NEW/" in str(build(settings, tmp_path / "dist").problems)
        cms.announce("page:90")
    del cms.resolutions["/NEW/"]
    cms.announce("paths", "page:90")

    assert build(settings, tmp_path / "dist").problems == []
    assert other["title"].encode() in read_all(tmp_path / "dist")["new/index.html"]


@pytest.mark.parametrize("tags", [["all"], ["paths", "listing:conditions", "page:1"]])
def test_build__after_changes__is_what_a_whole_build_is(
    cms: FakeCms, settings: Settings, tmp_path: Path, tags: list[str]
) -> None:
    build(settings, tmp_path / "dist")
    cms.redirects = [{"path": "/was", "location": "/about/", "permanent": True}]
    cms.site = {**cms.site, "name": "Another name"}
    cms.announce(*tags)

    build(settings, tmp_path / "dist")
    build(settings, tmp_path / "whole")

    assert read_all(tmp_path / "dist") == read_all(tmp_path / "whole")


def test_build__feed_starts_over__checks_everything(
    cms: FakeCms, settings: Settings, tmp_path: Path
) -> None:
    first = build(settings, tmp_path / "dist")
    cms.epoch = "0000000b"

    assert build(settings, tmp_path / "dist").rendered == first.rendered


def test_build__interrupted__goes_on(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    write = BuildFolder.write

    def write_some(folder: BuildFolder, file: str, body: bytes) -> None:
        written.append(file)
        if len(written) == 30:
            raise KeyboardInterrupt
        write(folder, file, body)

    with monkeypatch.context() as patch:
        patch.setattr(BuildFolder, "write", write_some)
        with pytest.raises(KeyboardInterrupt):
            build(settings, tmp_path / "dist")

    build(settings, tmp_path / "dist")
    build(settings, tmp_path / "whole")
    assert read_all(tmp_path / "dist") == read_all(tmp_path / "whole")


def test_build__killed_while_a_page_changed_and_changed_back__writes_what_is_right(
    cms: FakeCms, settings: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "dist"
    build(settings, out)
    before = read_all(out)
    folder = BuildFolder(out)
    with folder.open() as manifest:
        manifest.note_changes(frozenset({f"page:{cms.resolutions['/about/']['page']['id']}"}))
        manifest.is_whole = False
        folder.save(manifest)
    for name in ("about/index.html", "sitemap.xml", "404.html"):
        (out / name).write_text("For a moment.")

    build(settings, out)

    assert read_all(out) == before


def test_build__file_was_deleted__is_written_again(settings: Settings, tmp_path: Path) -> None:
    build(settings, tmp_path / "dist")
    (tmp_path / "dist" / MS_FILE).unlink()

    assert build(settings, tmp_path / "dist").rendered == 1


def test_build__folder_with_other_files__is_refused(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")

    with pytest.raises(FolderRefusedError, match="not empty"):
        build(settings, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


def test_build__another_one_runs__is_refused(settings: Settings, tmp_path: Path) -> None:
    folder = BuildFolder(tmp_path / "dist")

    with folder.open(), pytest.raises(BuildRunningError):
        build(settings, tmp_path / "dist")


def test_build__cms_away__says_what_to_do_and_keeps_what_there_is(
    cms: FakeCms, settings: Settings, tmp_path: Path
) -> None:
    build(settings, tmp_path / "dist")
    before = read_all(tmp_path / "dist")
    cms.fault = "503"

    with pytest.raises(CmsNotReachedError, match="Start it"):
        build(settings, tmp_path / "dist")
    assert read_all(tmp_path / "dist") == before
