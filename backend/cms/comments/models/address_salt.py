"""The salts that readers' addresses are hashed with."""

import secrets

from django.db import models


def make_salt() -> str:
    """A salt that nobody can guess."""
    return secrets.token_hex(32)


class AddressSalt(models.Model):
    """The salt of one day. Once it is deleted, no hash of that day says anything any more."""

    day = models.DateField(unique=True)
    salt = models.CharField(max_length=64, default=make_salt)

    def __str__(self) -> str:
        return str(self.day)
