"""How to call each address of the admin, which shows the way in to whoever is not logged in.

Addresses are filled by the names of their parts; a part of an unknown name fails the test until it
is in `_VALUES`.
"""

import re
from collections.abc import Iterator
from typing import Final

from cms.previews.models import DraftSnapshot
from tests.factories.leaks import LeakWorld
from tests.leaks.callers import Call

ADMIN: Final = "admin/"
# Open to everybody: the way in, and what its pages are drawn with.
OPEN_ROUTES: Final = frozenset(
    {
        "admin/login/",
        "admin/password_reset/",
        "admin/password_reset/done/",
        "admin/password_reset/confirm/<uidb64>/<token>/",
        "admin/password_reset/complete/",
        "admin/jsi18n/",
        "admin/sprite/",
    }
)
_VALUES: Final = {
    "app_label": "conditions",
    "app_name": "conditions",
    "content_type_app_name": "conditions",
    "model_name": "conditionpage",
    "content_type_model_name": "conditionpage",
    "action": "publish",
    "action_name": "approve",
    "filter_spec": "width-400",
    "revision_id_a": "live",
    "revision_id_b": "latest",
    "uidb64": "MQ",
    "token": "set-password",
}
# A page, a picture or anything else that has a number.
_NUMBERED: Final = frozenset({"pk", "object_id"})
_PARAMETER: Final = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
_GROUP: Final = re.compile(r"\(\?P<(?P<name>\w+)>[^()]*\)")
_ANYTHING: Final = "^.*/$"
_SYNTAX: Final = frozenset("<>()[]*+?\\|")


def build_admin_calls(world: LeakWorld, route: str) -> Iterator[Call]:
    """The addresses of `route`, one for each hidden page where it takes a number.

    Raises `AssertionError` for a route that cannot be filled.
    """
    addresses = dict.fromkeys(_fill_route(route, page_id) for page_id in world.hidden_ids)
    return (Call(address) for address in addresses)


def _fill_route(route: str, page_id: int) -> str:
    def fill(found: re.Match[str]) -> str:
        kind = found.groupdict().get("kind") or ""
        return _get_value(route, found["name"], kind, page_id)

    address = _PARAMETER.sub(fill, _GROUP.sub(fill, route)).replace(_ANYTHING, "nothing/")
    address = address.replace("\\.", ".").replace("^", "").replace("$", "")
    assert not _SYNTAX & set(address), (
        f"Nothing says how to call {route}: teach _fill_route in tests/leaks/admin_calls.py."
    )
    return f"/{address}"


def _get_value(route: str, name: str, kind: str, page_id: int) -> str:
    if name in _VALUES:
        return _VALUES[name]
    if kind == "uuid":
        return str(DraftSnapshot.objects.values_list("pk", flat=True)[0])
    assert kind == "int" or name in _NUMBERED, (
        f"Nothing says what {name!r} stands for in {route}: "
        "add it to _VALUES in tests/leaks/admin_calls.py."
    )
    return str(page_id)
