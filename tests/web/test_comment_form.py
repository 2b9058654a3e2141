"""The form in which a reader leaves a comment, and what becomes of it, without JavaScript."""

import asyncio
import re
import uuid
from collections.abc import Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.comment_content import FORM, build_form
from tests.web.content import MS_PATH
from tests.web.fake_cms import FakeCms
from tests.web.html_check import find_html_problems
from tests.web.site_client import Answer, LoopThread, SiteClient
from web.app import create_app
from web.config import Settings
from web.rendering.comment_form import FIELD_NAMES
from web.rendering.comment_trouble import describe_wait

BOUNDARY = "----x123"
ORIGIN = "http://localhost:3150"
TEXT = "It helped me. 3 < 4 & \u200d שלום \U0001f600\n\n  It did."


class FormReader(HTMLParser):
    """What a browser would send of the form on a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, str] = {}
        self._area: str | None = None
        self.feed(html[html.index('<section class="response-form"') :])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        name = attributes.get("name") or ""
        if tag == "input" and name and name != "q":
            self.fields[name] = attributes.get("value") or ""
        if tag == "textarea":
            self._area = name
            self.fields[name] = ""

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            # A browser leaves the first line break out.
            self.fields[self._area] = data.removeprefix("\n")
        self._area = None


def encode(fields: Mapping[str, str] | list[tuple[str, str]], extra: bytes = b"") -> bytes:
    pairs = fields.items() if isinstance(fields, Mapping) else fields
    parts = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in pairs
    )
    return parts.encode() + extra + f"--{BOUNDARY}--\r\n".encode()


def send(site: SiteClient, body: bytes, address: str = FORM, **headers: str) -> Answer:
    own = {
        "content-type": f"multipart/form-data; boundary={BOUNDARY}",
        "content-length": str(len(body)),
        "origin": ORIGIN,
    }
    given_headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return site.post(address, body, {**own, **given_headers})


def fill(site: SiteClient, address: str = FORM, **typed: str) -> dict[str, str]:
    """The fields of a new form, with what somebody types."""
    fields = FormReader(site.get(address).text).fields
    return {**fields, "name": "Ann", "email": "ann@example.org", "text": TEXT, **typed}


@pytest.fixture
def site_with_key(
    cms: FakeCms, settings: Settings, loop_thread: LoopThread
) -> Iterator[SiteClient]:
    """The site that the CMS knows by a key."""
    known = {**vars(settings), "site_key": "k" * 40}
    with SiteClient(create_app(Settings(**known)), loop_thread) as client:
        yield client


def test_form__opened__is_of_this_moment_and_kept_by_nobody(site: SiteClient) -> None:
    answers = [site.get(FORM), site.get(FORM)]
    assert find_html_problems(answers[0].text) == []
    for answer in answers:
        assert answer.status == 200
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert "etag" not in answer.headers
    first, second = (FormReader(answer.text).fields for answer in answers)
    assert {*first} == {*FIELD_NAMES}
    assert first["form_token"] == build_form()["token"]
    assert uuid.UUID(first["idempotency_key"]) != uuid.UUID(second["idempotency_key"])


def test_form__says_what_a_reader_should_know(site: SiteClient) -> None:
    html = unescape(site.get(FORM).text)
    for words in (
        "Leave a Reply</h1>",
        "Your email address will not be published. Required fields are marked *",
        "Please do not share private health details.",
        'Name <span aria-hidden="true">*</span> (required)',
        'Response <span aria-hidden="true">*</span> (required)',
        "Email (optional)",
    ):
        assert words in html
    assert "Akismet" not in html


def test_form__with_akismet__says_what_is_sent(site: SiteClient, cms: FakeCms) -> None:
    cms.form["uses_akismet"] = True
    assert "kind of browser to Akismet" in site.get(FORM).text
    assert "How we handle your data" not in site.get(FORM).text
    fields = fill(site, name="")
    assert "kind of browser to Akismet" in send(site, encode(fields)).text


def test_form__with_akismet_and_a_privacy_note__leads_to_it(site: SiteClient, cms: FakeCms) -> None:
    cms.form["uses_akismet"] = True
    cms.site["menus"]["footer"].append({"label": "Privacy note", "href": "/privacy/"})
    assert '<a href="/privacy/">How we handle your data</a>' in site.get(FORM).text


def test_form__trap__is_hidden_from_people_and_from_those_who_listen(site: SiteClient) -> None:
    trap = re.search(r'<p class="response-form__trap".*?</p>', site.get(FORM).text, re.DOTALL)
    assert trap
    for words in ('aria-hidden="true"', 'tabindex="-1"', 'autocomplete="off"'):
        assert words in trap[0]


def test_form__to_reply__names_whom(site: SiteClient) -> None:
    html = site.get(f"{FORM}?reply_to=5").text
    assert "Leave a Reply to <bdi>Ann</bdi></h1>" in html
    assert f'href="{MS_PATH}#response-5"' in html
    assert FormReader(html).fields["reply_to"] == "5"


@pytest.mark.parametrize("reply_to", ["99", "x", "0", "-1", "9" * 40, "%00"])
def test_form__to_reply_to_nothing__offers_a_response_of_its_own(
    site: SiteClient, reply_to: str
) -> None:
    answer = site.get(f"{FORM}?reply_to={reply_to}")
    assert answer.status == 200
    assert "is not there any more" in answer.text
    assert FormReader(answer.text).fields["reply_to"] == ""


def test_form__without_its_slash__is_found(site: SiteClient) -> None:
    answer = site.get("/responses/12?reply_to=5")
    assert answer.status == 301
    assert answer.headers["location"] == f"{FORM}?reply_to=5"


@pytest.mark.parametrize("page_id", ["99", "0", "x", "-1", "9" * 40, "%00", "%F0"])
def test_form__of_no_page__is_not_found_and_kept_by_nobody(site: SiteClient, page_id: str) -> None:
    answer = site.get(f"/responses/{page_id}/")
    assert answer.status == 404
    assert answer.headers["cache-control"] == "no-store"


def test_form__of_a_closed_page__says_so(site: SiteClient, cms: FakeCms) -> None:
    cms.set_comments([], "closed")
    answer = site.get(FORM)
    assert answer.status == 403
    assert "Responses to this page are closed" in answer.text


@pytest.mark.parametrize("fault", ["500", "garbage", "wrong-shape", "slow"])
def test_form__while_the_cms_is_away__says_when_to_come_back(
    site: SiteClient, cms: FakeCms, fault: str
) -> None:
    cms.fault = fault
    answer = site.get(f"{FORM}?reply_to=5")
    assert answer.status == 503
    assert answer.headers["retry-after"] == "30"
    assert f'href="{FORM}?reply_to=5">Try again</a>' in answer.text


def test_form__that_leads_elsewhere__is_not_given_out(site: SiteClient, cms: FakeCms) -> None:
    cms.form["page_path"] = "//evil.example/"
    assert site.get(FORM).status == 503


def test_sent__goes_to_the_cms_whole_and_leads_back_to_the_page(
    site: SiteClient, cms: FakeCms
) -> None:
    fields = fill(site, f"{FORM}?reply_to=5", topic_again="buy")
    answer = send(site, encode({**fields, "text": TEXT.replace("\n", "\r\n")}))
    assert answer.status == 303
    assert answer.headers["location"] == f"{MS_PATH}#response-sent"
    assert answer.headers["cache-control"] == "no-store"
    assert cms.sent == [
        {
            "name": "Ann",
            "email": "ann@example.org",
            "text": TEXT,
            "reply_to": 5,
            "idempotency_key": fields["idempotency_key"],
            "form_token": fields["form_token"],
            "honeypot": "buy",
        }
    ]


def test_sent__by_the_script__gets_the_words_alone(site: SiteClient) -> None:
    answer = send(site, encode(fill(site)), f"{FORM}?part=form")
    assert answer.status == 201
    assert answer.text.strip().startswith("{#") is False
    assert "data-sent" in answer.text
    assert "<html" not in answer.text
    assert "<html" not in site.get(f"{FORM}?part=form").text


def test_sent__ten_thousand_letters_of_four_bytes__fit(site: SiteClient, cms: FakeCms) -> None:
    text = "\U00020000" * 10_000
    assert send(site, encode(fill(site, text=text))).status == 303
    assert cms.sent[0]["text"] == text


def test_sent__tells_the_cms_of_the_reader(site_with_key: SiteClient, cms: FakeCms) -> None:
    body = encode(fill(site_with_key))
    send(site_with_key, body, user_agent="Reader/1.0 \x7f", referer=f"{ORIGIN}{MS_PATH}")
    told = cms.headers[-1]
    assert told["X-Site-Key"] == "k" * 40
    assert told["X-Reader-Address"] == "127.0.0.1"
    assert told["User-Agent"] == "Reader/1.0"
    assert told["Referer"] == f"{ORIGIN}{MS_PATH}"
    assert told["Content-Type"] == "application/json"


def test_sent__without_a_key__tells_no_address(site: SiteClient, cms: FakeCms) -> None:
    send(site, encode(fill(site)), x_forwarded_for="192.0.2.1", x_site_key="x")
    told = cms.headers[-1]
    assert not {"X-Site-Key", "X-Reader-Address", "User-Agent", "X-Forwarded-For"} & {*told}


def test_sent__with_fields_that_are_wrong__comes_back_with_all_that_was_typed(
    site: SiteClient,
) -> None:
    fields = fill(site, f"{FORM}?reply_to=5", name="", email="ann@", text="\n" + TEXT)
    answer = send(site, encode(fields))
    assert answer.status == 400
    assert find_html_problems(answer.text) == []
    assert FormReader(answer.text).fields == fields
    html = answer.text
    assert 'role="alert"' in html
    assert '<a href="#response-name">Please write your name.</a>' in html
    assert 'id="response-name-error">Please write your name.' in html
    assert re.search(r'required\s+aria-describedby="response-name-error"', html)
    assert html.count("aria-invalid") == 1
    assert "<title>Your response was not sent: " in html


def test_sent__text_that_is_wrong__keeps_its_hint(site: SiteClient) -> None:
    html = send(site, encode(fill(site, text=""))).text
    assert 'aria-describedby="response-hint response-text-error"' in html


def test_sent__to_reply_to_what_is_gone__can_be_sent_as_a_response_of_its_own(
    site: SiteClient, cms: FakeCms
) -> None:
    fields = fill(site, f"{FORM}?reply_to=5")
    cms.refusals = [(400, "invalid_comment", {"reply_to": "It is gone."})]
    answer = send(site, encode(fields))
    assert answer.status == 400
    assert "Send yours again to leave it as a response of its own" in answer.text
    kept = FormReader(answer.text).fields
    assert kept == {**fields, "reply_to": "", "reply_name": ""}
    assert send(site, encode(kept)).status == 303


@pytest.mark.parametrize(
    ("status", "code", "answered", "words"),
    [
        (429, "too_many_requests", 429, "please wait 4 minutes, and send it again"),
        (413, "request_too_large", 413, "shorten your response to 10,000 characters"),
        (400, "invalid_body", 503, "send it again in a minute"),
        (400, "invalid_comment", 400, "open the page again"),
        (403, "foreign_origin", 503, "send it again in a minute"),
        (415, "unsupported_media_type", 503, "send it again in a minute"),
        (500, "", 503, "send it again in a minute"),
        (418, "a_new_reason", 503, "send it again in a minute"),
    ],
)
def test_sent__and_refused__comes_back_with_what_to_do(
    site: SiteClient, cms: FakeCms, status: int, code: str, answered: int, words: str
) -> None:
    fields = fill(site)
    cms.refusals = [(status, code, {})]
    answer = send(site, encode(fields))
    assert answer.status == answered
    assert words in " ".join(answer.text.split())
    assert FormReader(answer.text).fields == fields
    wait = {429: "240", 503: "30"}.get(answered)
    assert answer.headers.get("retry-after") == wait


@pytest.mark.parametrize("fault", ["slow", "500", "garbage"])
def test_sent__while_the_cms_is_away__keeps_everything(
    site: SiteClient, cms: FakeCms, fault: str
) -> None:
    fields = fill(site)
    cms.fault = fault
    answer = send(site, encode(fields))
    assert answer.status == 503
    assert answer.headers["retry-after"] == "30"
    assert FormReader(answer.text).fields == fields


@pytest.mark.parametrize(("status", "code"), [(403, "comments_closed"), (404, "not_found")])
def test_sent__to_a_page_that_takes_none_any_more__can_be_copied(
    site: SiteClient, cms: FakeCms, status: int, code: str
) -> None:
    fields = fill(site)
    cms.refusals = [(status, code, {})]
    answer = send(site, encode(fields))
    assert answer.status == status
    assert find_html_problems(answer.text) == []
    assert FormReader(answer.text).fields == {"": TEXT}
    assert "so that you can copy it" in answer.text
    assert "Send response" not in answer.text


def test_sent__with_a_key_that_other_words_had__goes_again_with_another(
    site: SiteClient, cms: FakeCms
) -> None:
    cms.refusals = [(409, "idempotency_key_reused", {})]
    assert send(site, encode(fill(site))).status == 303
    keys = [sent["idempotency_key"] for sent in cms.sent]
    assert len({*keys}) == 2
    assert [sent["text"] for sent in cms.sent] == [TEXT, TEXT]


def test_sent__over_a_connection_that_breaks__goes_again_with_the_same_key(
    site: SiteClient, cms: FakeCms
) -> None:
    cms.refusals = ["cut"]
    assert send(site, encode(fill(site))).status == 303
    assert len(cms.sent) == 2
    assert cms.sent[0] == cms.sent[1]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:3151", ""])
def test_sent__from_another_site__is_refused(site: SiteClient, cms: FakeCms, origin: str) -> None:
    answer = send(site, encode(fill(site)), origin=origin)
    assert answer.status == 403
    assert "came from another website" in answer.text
    assert cms.sent == []


def test_sent__without_an_origin__is_taken(site: SiteClient) -> None:
    body = encode(fill(site))
    headers = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    assert site.post(FORM, body, headers).status == 303


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content_type": "application/x-www-form-urlencoded"}, 415),
        ({"content_type": "application/json"}, 415),
        ({"content_type": ""}, 415),
        ({"content_type": "multipart/form-data"}, 400),
        ({"content_type": f"multipart/form-data; boundary={BOUNDARY}; charset=utf-16"}, 415),
        ({"content_type": f"multipart/form-data; boundary={'x' * 300}"}, 400),
        ({"content_length": "65537"}, 413),
        ({"content_length": "9" * 5000}, 413),
        ({"content_length": "-1"}, 413),
    ],
)
def test_sent__what_is_no_form_of_ours__is_refused_in_words(
    site: SiteClient, cms: FakeCms, headers: dict[str, str], status: int
) -> None:
    answer = send(site, encode(fill(site)), **headers)
    assert answer.status == status
    assert "Your response was not sent" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert cms.sent == []


def test_sent__too_much_in_chunks__is_refused(site: SiteClient, cms: FakeCms) -> None:
    body = encode(fill(site, text="x" * 70_000))
    headers = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    answer = site.post(FORM, body, headers)
    assert answer.status == 413
    assert "shorten it to 10,000 characters" in answer.text
    assert cms.sent == []


@pytest.mark.parametrize("name", FIELD_NAMES)
def test_sent__a_field_missing_or_twice__is_refused(
    site: SiteClient, cms: FakeCms, name: str
) -> None:
    fields = fill(site)
    without = {key: value for key, value in fields.items() if key != name}
    assert send(site, encode(without)).status == 400
    assert send(site, encode([*fields.items(), (name, "again")])).status == 400
    assert cms.sent == []


FILE = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="text"; filename="a.txt"\r\n'
    "Content-Type: text/plain\r\n\r\nx\r\n"
).encode()
NO_TEXT = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="x"\r\n\r\n'.encode()


@pytest.mark.parametrize(
    "extra", [FILE, NO_TEXT + b"\xff\xfe\r\n", NO_TEXT + b"\xed\xa0\x80\r\n", b"nonsense"]
)
def test_sent__files_and_what_is_no_text__are_refused(
    site: SiteClient, cms: FakeCms, extra: bytes
) -> None:
    assert send(site, encode(fill(site), extra)).status == 400
    assert cms.sent == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page_path", "//evil.example/"),
        ("page_path", "https://evil.example/"),
        ("page_path", "/\\evil.example/"),
        ("page_path", "/a?b"),
        ("page_path", ""),
        ("reply_to", "x"),
        ("reply_to", "0"),
        ("reply_to", "9" * 40),
    ],
)
def test_sent__hidden_fields_that_are_not_ours__are_refused(
    site: SiteClient, cms: FakeCms, name: str, value: str
) -> None:
    answer = send(site, encode(fill(site, **{name: value})))
    assert answer.status == 400
    assert "evil" not in answer.text
    assert cms.sent == []


def test_sent__with_nul__is_for_the_cms_to_refuse_and_leaves_no_nul_behind(
    site: SiteClient, cms: FakeCms
) -> None:
    cms.refusals = [(400, "invalid_comment", {"text": "Please type your response again."})]
    answer = send(site, encode(fill(site, text="a\0b", page_title="x\0")))
    assert cms.sent[0]["text"] == "a\0b"
    assert answer.status == 400
    assert "\0" not in answer.text
    assert FormReader(answer.text).fields["text"] == "ab"


def test_sent__words_that_look_like_html__stay_words(site: SiteClient, cms: FakeCms) -> None:
    bad = '"></textarea><script>alert(1)</script>'
    answer = send(site, encode(fill(site, text=bad, name="", email=bad, page_title=bad)))
    assert "<script>alert" not in answer.text
    assert FormReader(answer.text).fields["text"] == bad


@given(
    body=st.binary(max_size=300),
    content_type=st.one_of(
        st.just(f"multipart/form-data; boundary={BOUNDARY}"),
        st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=60),
    ),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_sent__whatever_it_is__never_fails(
    site: SiteClient, body: bytes, content_type: str
) -> None:
    for sent in (body, f"--{BOUNDARY}\r\n".encode() + body):
        answer = site.post(FORM, sent, {"content-type": content_type})
        assert answer.status in {400, 415}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_form__another_method__is_refused(site: SiteClient, method: str) -> None:
    assert site.get(FORM, method=method).status == 405


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "a minute"),
        (60, "a minute"),
        (61, "2 minutes"),
        (3599, "an hour"),
        (3600, "an hour"),
        (3601, "2 hours"),
    ],
)
def test_wait__is_rounded_up(seconds: int, words: str) -> None:
    assert describe_wait(seconds) == words


@pytest.mark.parametrize("fault", ["", "slow", "500", "garbage", "refused", "cut"])
def test_logs__hold_nothing_of_the_reader(
    site_with_key: SiteClient, cms: FakeCms, caplog: Any, fault: str
) -> None:
    caplog.set_level("DEBUG")
    body = encode(fill(site_with_key, name="Xanthippe", text="Secretive words"))
    cms.fault = fault if fault in {"slow", "500", "garbage"} else ""
    cms.refusals = {
        "refused": [(400, "invalid_comment", {"text": "x"})],
        "cut": ["cut", "cut"],
    }.get(fault, [])
    send(site_with_key, body, user_agent="Reader/9")
    check_logs(caplog)


async def answer_without_sense(reader: Any, writer: Any) -> None:
    """Answer with what is no HTTP: the client's own error then holds all that it sent."""
    await reader.read(100_000)
    writer.write(b"It works!\r\n\r\n")
    writer.close()


def test_logs__a_server_that_speaks_no_http__hold_nothing_of_the_reader(
    cms: FakeCms, settings: Settings, loop_thread: LoopThread, caplog: Any
) -> None:
    caplog.set_level("DEBUG")
    server = loop_thread.run(asyncio.start_server(answer_without_sense, "127.0.0.1", 0))
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    broken = {**vars(settings), "site_key": "k" * 40, "cms_internal_url": address}
    fields = dict.fromkeys(FIELD_NAMES, "")
    typed = {"name": "Xanthippe", "text": "Secretive words", "page_path": MS_PATH}
    with SiteClient(create_app(Settings(**broken)), loop_thread) as site:
        answer = send(site, encode({**fields, **typed}), user_agent="Reader/9")
    server.close()
    assert answer.status == 503
    check_logs(caplog)


def check_logs(caplog: Any) -> None:
    """Fail where the site or its client logged anything of a reader or the key."""
    own = [record for record in caplog.records if record.name != "aiohttp.access"]
    logged = "".join(record.getMessage() + str(record.exc_text) for record in own)
    for secret in ("k" * 40, "X-Reader", "Xanthippe", "Secretive", "ann@example.org", "Reader/9"):
        assert secret not in logged
