"""Who sends: the reader's address where a site vouches for it, and its hash of the day.

A hash serves to count what one address sent within hours. Its salt is new every day and deleted
two days later; from then on the hash says nothing.
"""

import datetime
import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from typing import Final

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from cms.comments.models import AddressSalt
from cms.core.site_key import has_site_key

READER_ADDRESS_HEADER: Final = "X-Reader-Address"
# A network of this size is one household: readers there choose the rest of the address.
_IPV6_PREFIX: Final = 64


@dataclass(frozen=True)
class Caller:
    """Where a request comes from. `is_reader` where that is known to be the reader's own."""

    address: str
    is_reader: bool


def find_caller(request: HttpRequest) -> Caller:
    """The reader, where the site that asks knows SITE_KEY; else whoever asks."""
    own = _read_address_or_none(request.META.get("REMOTE_ADDR", "")) or "0.0.0.0"  # noqa: S104
    if not has_site_key(request):
        # Without the key, the site's own address would stand for every reader.
        return Caller(own, is_reader=False)
    reader = _read_address_or_none(request.headers.get(READER_ADDRESS_HEADER, ""))
    return Caller(reader or own, is_reader=reader is not None)


def hash_address(address: str, day: datetime.date) -> str:
    """The hash of an address on a day; "" for a day whose salt is gone."""
    salt = _find_salt_or_none(day)
    if salt is None:
        return ""
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
        address = str(ipaddress.ip_network((parsed, _IPV6_PREFIX), strict=False))
    return hmac.new(salt.encode(), address.encode(), hashlib.sha256).hexdigest()


def hash_address_lately(address: str) -> list[str]:
    """The hashes of an address today, the first, and yesterday."""
    today = timezone.localdate()
    hashes = (hash_address(address, day) for day in (today, today - datetime.timedelta(days=1)))
    return [each for each in hashes if each]


def delete_old_salts() -> int:
    """Forget the salts of the days before yesterday, and say how many."""
    oldest = timezone.localdate() - datetime.timedelta(days=1)
    old = AddressSalt.objects.filter(day__lt=oldest)
    return old.delete()[0] if old.exists() else 0


def _find_salt_or_none(day: datetime.date) -> str | None:
    """The salt of `day`; today's is made when it is first asked for."""
    found = AddressSalt.objects.filter(day=day).values_list("salt", flat=True).first()
    if found is not None or day != timezone.localdate():
        return found
    try:
        with transaction.atomic():
            return AddressSalt.objects.create(day=day).salt
    except IntegrityError:
        return AddressSalt.objects.values_list("salt", flat=True).get(day=day)


def _read_address_or_none(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return None
