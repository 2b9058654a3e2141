"""Fails `manage.py check` when the contract cannot describe something of a block or a page."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from cms.contract.errors import ContractError
from cms.contract.openapi import build_openapi


@register("contract")
def check_everything_is_described(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """`contract.E001`: something public has no schema."""
    try:
        build_openapi()
    except (ContractError, ImproperlyConfigured) as error:
        return [Error(str(error), id="contract.E001")]
    return []
