"""Comparing the public address with the API, and the worker's turns at it."""

from collections.abc import Callable
from typing import Any

import pytest
from django_tasks import task_backends
from wagtail.contrib.redirects.models import Redirect

from cms.live import checking, tasks
from cms.live.models import Outcome, Publication
from cms.live.public_page import NoAnswerError, NoAnswerInTimeError, PublicAnswer
from cms.pages.api.resolutions import build_resolution
from cms.pages.models import HomePage
from cms.pages.resolve import resolve_path
from tests.factories.live import build_publication
from tests.factories.pages import StandardPageFactory, build_site

pytestmark = pytest.mark.django_db

Answering = Callable[[PublicAnswer | Exception], list[str]]


@pytest.fixture
def home() -> HomePage:
    return build_site()


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    """Gives the public address an answer; the paths that it is asked for."""
    asked: list[str] = []

    def answer_with(answer: PublicAnswer | Exception) -> list[str]:
        def fetch(path: str, seconds: float) -> PublicAnswer:
            asked.append(path)
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(checking, "fetch_public_answer", fetch)
        return asked

    return answer_with


def get_version(path: str) -> str:
    return str(build_resolution(resolve_path(path))["version"])


def test_check__the_address_shows_the_version_of_the_api__agrees(
    home: HomePage, answering: Answering
) -> None:
    page = StandardPageFactory(parent=home, slug="über-uns")
    path = "/%C3%BCber-uns/"
    asked = answering(PublicAnswer(200, get_version(path)))
    publication = build_publication(page)

    assert checking.check_publication(publication, 1) is Outcome.AGREES
    publication.refresh_from_db()
    assert (asked, publication.outcome, publication.status) == ([path], Outcome.AGREES, 200)


@pytest.mark.parametrize(
    ("answer", "outcome", "status"),
    [
        (PublicAnswer(200, "an-older-one"), Outcome.OTHER_VERSION, 200),
        (PublicAnswer(200, ""), Outcome.NO_VERSION, 200),
        (PublicAnswer(404, ""), Outcome.OTHER_STATUS, 404),
        (PublicAnswer(503, ""), Outcome.OTHER_STATUS, 503),
        (PublicAnswer(302, ""), Outcome.OTHER_STATUS, 302),
        (NoAnswerError("refused"), Outcome.REFUSED, None),
        (NoAnswerInTimeError(), Outcome.TIMED_OUT, None),
    ],
)
def test_check__the_address_answers_otherwise__is_noted(
    home: HomePage,
    answering: Answering,
    answer: PublicAnswer | Exception,
    outcome: Outcome,
    status: int | None,
) -> None:
    answering(answer)
    publication = build_publication(StandardPageFactory(parent=home))

    assert checking.check_publication(publication, 1) is outcome
    publication.refresh_from_db()
    assert (publication.outcome, publication.status) == (outcome, status)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(404, Outcome.AGREES), (410, Outcome.AGREES), (200, Outcome.OTHER_STATUS)],
)
def test_check__an_unpublished_page__should_be_missing(
    home: HomePage, answering: Answering, status: int, outcome: Outcome
) -> None:
    answering(PublicAnswer(status, ""))
    page = StandardPageFactory(parent=home, live=False)

    assert checking.check_publication(build_publication(page, is_public=False), 1) is outcome


def test_check__an_unpublished_page_with_a_redirect__may_lead_elsewhere(
    home: HomePage, answering: Answering
) -> None:
    page = StandardPageFactory(parent=home, live=False, slug="former")
    Redirect.add_redirect("/former", redirect_to="https://example.com/")
    answering(PublicAnswer(301, ""))

    publication = build_publication(page, is_public=False)
    assert checking.check_publication(publication, 1) is Outcome.AGREES


def test_task__the_site_has_not_come_round__looks_again_a_few_times(
    home: HomePage, answering: Answering, settings: Any
) -> None:
    settings.PUBLIC_PAGE_TIMEOUT_SECONDS = 1
    settings.TASKS = {
        **settings.TASKS,
        "background": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"},
    }
    answering(PublicAnswer(200, "an-older-one"))
    publication = build_publication(StandardPageFactory(parent=home))

    for looks in range(5):
        assert tasks.check_public_page.call(publication.pk, looks) == Outcome.OTHER_VERSION
    waits = [result.task.run_after for result in task_backends["background"].results]
    assert len(waits) == 3
    assert waits == sorted(waits)


def test_task__the_address_shows_it__does_not_look_again(
    home: HomePage, answering: Answering, settings: Any
) -> None:
    settings.PUBLIC_PAGE_TIMEOUT_SECONDS = 1
    page = StandardPageFactory(parent=home, slug="about")
    asked = answering(PublicAnswer(200, get_version("/about/")))

    assert tasks.check_public_page.call(build_publication(page).pk) == Outcome.AGREES
    assert asked == ["/about/"]


def test_task__the_page_was_deleted_meanwhile__does_nothing(
    home: HomePage, answering: Answering, settings: Any
) -> None:
    settings.PUBLIC_PAGE_TIMEOUT_SECONDS = 1
    page = StandardPageFactory(parent=home)
    publication = build_publication(page)
    page.delete()

    assert tasks.check_public_page.call(publication.pk) == ""
    assert not Publication.objects.exists()
