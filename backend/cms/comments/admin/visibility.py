"""Whether readers see a comment, and where."""

from cms.comments.choices import CommentsMode, CommentStatus
from cms.comments.models import Comment
from cms.comments.models.comment_settings import get_comment_settings
from cms.comments.page import CommentedPage
from cms.core.public_pages import build_public_path, build_public_url, get_public_pages


def build_comment_url(comment: Comment) -> str:
    """The address of a comment on the public site."""
    page_url = build_public_url(build_public_path(comment.page.url_path))
    return f"{page_url}#response-{comment.pk}"


def explain_absence(comment: Comment) -> str:
    """Why readers do not see `comment` although it is approved; "" where they do."""
    page = comment.page.specific
    if not get_public_pages().filter(pk=page.pk).exists():
        return "Readers cannot see its page: it is a draft, or private."
    if (
        not isinstance(page, CommentedPage)
        or page.get_comments_mode(get_comment_settings()) == CommentsMode.HIDDEN
    ):
        return "The responses of its page are hidden. To show them, edit the page."
    if comment.parent is not None and comment.parent.status != CommentStatus.APPROVED:
        return "It answers a response that readers do not see. Approve that one as well."
    return ""
