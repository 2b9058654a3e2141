"""No path leads out of the folder, and no two to the same file."""

import pytest

from web.build.errors import UnsafePathError
from web.build.places import find_media_file, find_page_file


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/conditions/ms/", "conditions/ms/index.html"),
        ("/caf%C3%A9/", "caf\u00e9/index.html"),
        ("/100%2525/", "100%25/index.html"),
    ],
)
def test_page_file__usual_path__is_in_a_folder_of_its_own(path: str, file: str) -> None:
    assert find_page_file(path) == file


@pytest.mark.parametrize(
    "path",
    [
        "/../x/",
        "/a/../../x/",
        "/%2e%2e/x/",
        "/a/%2E%2E/",
        "/..%2fx/",
        "/a%2Fb/",
        "/a%5C..%5Cb/",
        "/a\\b/",
        "/a//b/",
        "/./a/",
        "/a%00b/",
        "/a%0Ab/",
        "/%FF/",
        "/c:/",
        "/a./",
        "/a%20/",
        "relative/",
        f"/{'a' * 241}/",
        f"/{'a/' * 600}",
        "/index.html/",
        "/a/INDEX.HTML/",
        "/index.html.gz/",
        "/static/",
        "/Media/a/",
        "/404.html/",
        "/_redirects/",
    ],
)
def test_page_file__path_that_could_do_harm__is_refused(path: str) -> None:
    with pytest.raises(UnsafePathError):
        find_page_file(path)


@pytest.mark.parametrize("path", ["/media/../x", "/media/%2e%2e/x", "/other/a.png", "/media/"])
def test_media_file__path_elsewhere__is_refused(path: str) -> None:
    with pytest.raises(UnsafePathError):
        find_media_file(path)
