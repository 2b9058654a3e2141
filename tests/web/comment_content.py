"""Readers' comments of an imaginary CMS, in the shapes of the contract."""

from collections.abc import Sequence

from tests.web.block_content import Json
from tests.web.content import MS_PATH

MS_ID = 12
FORM = f"/responses/{MS_ID}/"
HIDDEN_LIST = {"mode": "hidden", "closes_at": None, "total": 0, "thread_total": 0, "threads": []}


def build_comment(comment_id: int, text: str = "It helped.", **fields: object) -> Json:
    """A comment with no replies."""
    paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    return {
        **build_reply(comment_id, text),
        "html": paragraphs,
        "replies": [],
        **fields,
    }


def build_reply(comment_id: int, text: str = "You are welcome.", **fields: object) -> Json:
    """A reply to a comment."""
    return {
        "id": comment_id,
        "name": "Ann",
        "is_therapist": False,
        "sent_at": "2026-10-05T23:30:00Z",
        "is_edited": False,
        "is_removed": False,
        "text": text,
        "html": f"<p>{text}</p>",
        **fields,
    }


def build_list(threads: Sequence[Json] = (), mode: str = "open", carried: int = 100) -> Json:
    """The comments as a page carries them: the first `carried` threads."""
    return {
        "mode": mode,
        "closes_at": None,
        "total": len(threads) + sum(len(thread["replies"]) for thread in threads),
        "thread_total": len(threads),
        "threads": list(threads[:carried]),
    }


def build_threads(count: int) -> list[Json]:
    """So many threads without replies, with the ids from 1 on."""
    return [build_comment(number, f"Comment {number}.") for number in range(1, count + 1)]


THREADS = [
    build_comment(
        5,
        'See <a href="https://example.org/a?b=1&amp;c" rel="nofollow ugc noopener">'
        "https://example.org/a?b=1&amp;c</a>.\n\nIt helped me<br>a lot.",
        replies=[
            build_reply(8, name="Aaron", is_therapist=True),
            build_reply(9, "Me too.", name="Bo", is_edited=True),
        ],
    ),
    build_comment(6, "This response was removed.", name="Removed", is_removed=True),
    build_comment(7, "שלום וברכה", name="נועה", is_edited=True),
]


def build_form(page_id: int = MS_ID, reply_to: Json | None = None) -> Json:
    """What a form needs that is about to be filled in."""
    return {
        "token": f"{page_id}.1793000000:{'aB3_-' * 8}",
        "page_title": "Massage for Multiple Sclerosis",
        "page_path": MS_PATH,
        "reply_to": reply_to,
        "uses_akismet": False,
    }


def build_problem(status: int, code: str, **errors: str) -> Json:
    """An error of the CMS, with what is wrong with fields."""
    return {
        "type": "about:blank",
        "title": "No",
        "status": status,
        "detail": "No.",
        "code": code,
        "errors": [{"field": name, "detail": detail} for name, detail in errors.items()],
    }
