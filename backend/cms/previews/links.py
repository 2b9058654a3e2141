"""Where a draft is on the site."""

from urllib.parse import urlencode

from cms.core.public_pages import build_public_url
from cms.previews import tokens
from cms.previews.models import DraftSnapshot
from cms.previews.snapshots import get_path


def build_preview_url(snapshot: DraftSnapshot) -> str:
    """The address on the site that shows `snapshot`, at the real path of its page."""
    query = urlencode({"preview": tokens.sign(snapshot)}, safe=":")
    return f"{build_public_url(get_path(snapshot))}?{query}"
