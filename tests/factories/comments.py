"""What readers wrote, in any state."""

from typing import Any

import factory
from django.utils import timezone

from cms.comments.choices import CommentStatus
from cms.comments.models import Comment
from cms.comments.texts import build_text_key


class CommentFactory(factory.django.DjangoModelFactory[Comment]):
    """A reader's comment that was checked and waits for a decision. Give its `page`."""

    class Meta:
        model = Comment

    name = factory.Sequence("Reader {}".format)
    text = factory.Sequence("Thank you, this helped me. {}".format)
    text_key = factory.LazyAttribute(lambda comment: build_text_key(comment.text))
    status = CommentStatus.HELD
    checked_at = factory.LazyFunction(timezone.now)


def build_thread(page: Any, *, replies: int = 1) -> Comment:
    """An approved comment with so many approved replies."""
    thread: Comment = CommentFactory(page=page, status=CommentStatus.APPROVED)
    for _ in range(replies):
        CommentFactory(page=page, parent=thread, status=CommentStatus.APPROVED)
    return thread
