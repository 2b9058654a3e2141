"""What the history of a comment says in the admin."""

from typing import Final

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from cms.comments.choices import CommentStatus
from cms.comments.moderation import EDIT_ACTION, REPLY_ACTION, STATUS_ACTIONS

_MESSAGES: Final = {
    STATUS_ACTIONS[CommentStatus.APPROVED]: ("Approve response", "Approved"),
    STATUS_ACTIONS[CommentStatus.SPAM]: ("Mark response as spam", "Marked as spam"),
    STATUS_ACTIONS[CommentStatus.BINNED]: ("Move response to the bin", "Moved to the bin"),
    STATUS_ACTIONS[CommentStatus.HELD]: ("Restore response", "Restored, to wait for a decision"),
    EDIT_ACTION: ("Edit response", "Edited"),
    REPLY_ACTION: ("Reply to response", "Written as a reply"),
}


@hooks.register("register_log_actions")
def register_log_messages(actions: LogActionRegistry) -> None:
    """One line for each change; none holds a word of the comment."""
    for action, (label, message) in _MESSAGES.items():
        actions.register_action(action, label, message)
