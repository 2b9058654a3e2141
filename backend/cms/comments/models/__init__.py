"""What the database keeps of comments."""

from cms.comments.models.address_salt import AddressSalt
from cms.comments.models.closing_watch import ClosingWatch
from cms.comments.models.comment import Comment, OriginalComment
from cms.comments.models.comment_settings import CommentSettings

__all__ = ["AddressSalt", "ClosingWatch", "Comment", "CommentSettings", "OriginalComment"]
