"""The API fields that every page type has."""

from wagtail.api import APIField

from cms.contract.fields import DateTimeField, TextField

COMMON_API_FIELDS = [
    APIField("path", serializer=TextField(source="public_path")),
    APIField("summary", serializer=TextField()),
    APIField("last_published_at", serializer=DateTimeField()),
]
