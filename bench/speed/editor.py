"""An editor who publishes by the admin's own form, as a browser sends it."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import Any, Final

from bench.speed.servers import run_in_cms
from scripts.announce import PASSWORD, USERNAME
from scripts.instance import Instance

LONGEST_SUMMARY: Final = 200
_TIMEOUT: Final = 60.0
_FAULT: Final = re.compile(r"error-message[^>]*>\s*(.{1,300}?)\s*<", re.DOTALL)


class EditorError(Exception):
    """The admin did not take what the editor sent; the message says why."""


@dataclass(frozen=True)
class Form:
    """The editor of one page: where the page is on the site, and what its form holds."""

    page_id: int
    path: str
    fields: dict[str, Any]

    def mark(self, mark: str, *, is_named: bool) -> dict[str, Any]:
        """The fields with `mark` in the summary, and in the names where `is_named`.

        The names are what lists show of a page.
        """
        summary = self.fields["summary"][: LONGEST_SUMMARY - len(mark) - 1]
        marked = {**self.fields, "summary": f"{summary} {mark}"}
        if is_named:
            marked |= {key: f"{self.fields[key]} {mark}" for key in ("title", "condition_name")}
        return marked


def fetch_form(instance: Instance, slug: str) -> Form:
    """The form of a condition page, filled with what the page holds."""
    return Form(**json.loads(run_in_cms(instance, "-m", "bench.speed.editor_form", slug)))


class Editor:
    """Somebody who is logged in to the admin."""

    def __init__(self, cms_url: str) -> None:
        self._url = cms_url
        self._cookies = CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self._cookies)
        )
        login = f"{cms_url}/admin/login/"
        self._opener.open(login, timeout=_TIMEOUT).close()
        found = self._post(login, {"username": USERNAME, "password": PASSWORD})
        if "/login/" in found:
            raise EditorError("The login was refused.")

    def publish(self, form: Form, fields: dict[str, Any]) -> None:
        """Click on "Publish"; returns with the admin's answer. Raises `EditorError`."""
        address = f"{self._url}/admin/pages/{form.page_id}/edit/"
        self._post(address, {**fields, "action-publish": "action-publish"}, is_followed=False)

    def _post(self, url: str, fields: dict[str, Any], *, is_followed: bool = True) -> str:
        token = next(cookie.value for cookie in self._cookies if cookie.name == "csrftoken")
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token}, doseq=True)
        request = urllib.request.Request(url, data=body.encode(), headers={"Referer": url})
        opener = self._opener
        if not is_followed:
            opener = urllib.request.build_opener(
                urllib.request.HTTPCookieProcessor(self._cookies), _NoRedirects
            )
        try:
            with opener.open(request, timeout=_TIMEOUT) as response:
                if is_followed:
                    return str(response.url)
                # A form that is shown again was refused.
                faults = _FAULT.findall(response.read().decode())
        except urllib.error.HTTPError as error:
            if error.code in (301, 302, 303):
                return str(error.headers["Location"])
            raise EditorError(f"The admin answered {error.code}.") from error
        raise EditorError(f"The page was not published: {'; '.join(faults) or 'no reason given'}")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any) -> None:
        """Follow none: the editor's click is answered by the redirect."""
