"""What editors write into redirects means nothing else to any host."""

import pytest

from web.api.redirects import ListedRedirect
from web.build.host_files import build_nginx_file, build_redirects_file

HEADERS = {"X-Content-Type-Options": "nosniff"}


def test_redirects_file__usual_ones__have_both_spellings() -> None:
    redirects = [
        ListedRedirect("/ms", "/conditions/multiple-sclerosis/", True),
        ListedRedirect("/shop", "https://shop.example/x?y=1#z", False),
    ]

    assert build_redirects_file(redirects).decode().splitlines() == [
        "/ms /conditions/multiple-sclerosis/ 301",
        "/ms/ /conditions/multiple-sclerosis/ 301",
        "/shop https://shop.example/x?y=1#z 302",
        "/shop/ https://shop.example/x?y=1#z 302",
    ]


@pytest.mark.parametrize(
    "redirect",
    [
        ListedRedirect("/a\n/* https://evil.example 200!", "/b/", True),
        ListedRedirect("/a", "/b/\n/* https://evil.example 200", True),
        ListedRedirect("/*", "/b/:splat", True),
        ListedRedirect('/a" { } location / {', '/b"; } server { ${http_host} ', True),
        ListedRedirect("/a\\", "/$uri;}", True),
    ],
)
def test_host_files__signs_that_mean_something__are_encoded(redirect: ListedRedirect) -> None:
    for line in build_redirects_file([redirect]).decode().splitlines():
        path, location, status = line.split(" ")
        assert "*" not in path
        assert ":" not in path + location
        assert status == "301"
    nginx = build_nginx_file([redirect], HEADERS).decode()
    for line in nginx.splitlines():
        if line.startswith('location = "'):
            head, _, end = line.rpartition('" { return 301 "')
            assert end.endswith('"; }')
            assert not set('"$;{}\\ \n') & set(end.removesuffix('"; }'))
            path = head.removeprefix('location = "')
            assert '"' not in path.replace("\\\\", "").replace('\\"', "")
            assert not path.replace("\\\\", "").endswith("\\")


@pytest.mark.parametrize(
    "location", ["//evil.example", "/\\evil.example", "javascript:alert(1)", "https://a b/", "x"]
)
def test_redirects_file__unsafe_location__is_left_out(location: str) -> None:
    assert build_redirects_file([ListedRedirect("/a", location, True)]) == b""


def test_redirects_file__path_with_a_query_or_of_the_home_page__is_left_out() -> None:
    redirects = [ListedRedirect("/a?b=1", "/c/", True), ListedRedirect("/", "/c/", True)]

    assert build_redirects_file(redirects) == b""
