"""What the background worker does about comments."""

from django_tasks import task


@task(backend="background")
def check_comment(comment_id: int) -> None:
    """Check a comment for spam, and do what follows from it."""
    from cms.comments.checking import check

    check(comment_id)
