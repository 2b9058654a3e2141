"""What the therapist sets for the responses of the whole site."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, validate_email
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

MOST_DAYS_OPEN = 3650


class MailMode(models.TextChoices):
    """When the therapist gets mail about new responses."""

    EACH = "each", "For each response, at once"
    DAILY = "daily", "Once a day, when there are new ones"
    NEVER = "never", "Never"


def validate_addresses(value: str) -> None:
    """Raises `ValidationError` where a part between commas is no e-mail address."""
    for address in split_addresses(value):
        try:
            validate_email(address)
        except ValidationError:
            raise ValidationError(
                f"“{address}” is no e-mail address. Write addresses with commas between."
            ) from None


def split_addresses(value: str) -> list[str]:
    """The addresses of a line with commas between."""
    return [address.strip() for address in value.split(",") if address.strip()]


@register_setting(icon="comment")
class CommentSettings(BaseSiteSetting):
    """How responses are taken, checked and announced."""

    close_after_days = models.PositiveSmallIntegerField(
        "close after so many days",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS_OPEN)],
        help_text=(
            "So many days after a page was first published, its responses close by themselves. "
            "Leave it empty to keep them open. A page may say otherwise."
        ),
    )
    lets_known_through = models.BooleanField(
        "let known people through",
        default=False,
        help_text=(
            "Show a response at once when the spam check finds nothing, and an earlier response "
            "with the same e-mail address was approved. Anybody can type somebody else's address."
        ),
    )
    blocked_words = models.TextField(
        "words that mark spam",
        blank=True,
        max_length=10_000,
        help_text="One word or phrase on each line. Responses that contain one go to Spam.",
    )
    reply_name = models.CharField(
        "your name below replies",
        max_length=80,
        blank=True,
        help_text="Empty: the name of whoever is logged in.",
    )
    mail_mode = models.CharField(
        "mail about new responses", max_length=10, choices=MailMode.choices, default=MailMode.EACH
    )
    mail_to = models.CharField(
        "send it to",
        max_length=500,
        blank=True,
        validators=[validate_addresses],
        help_text="One or more e-mail addresses, with commas between. Empty: no mail is sent.",
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("mail_mode"), FieldPanel("mail_to"), FieldPanel("reply_name")],
            heading="News and replies",
            icon="mail",
        ),
        MultiFieldPanel(
            [FieldPanel("lets_known_through"), FieldPanel("close_after_days")],
            heading="Who may respond, and how long",
            icon="group",
        ),
        MultiFieldPanel([FieldPanel("blocked_words")], heading="Spam", icon="warning"),
    ]

    class Meta:
        verbose_name = "responses"

    @property
    def blocked_phrases(self) -> list[str]:
        """The words and phrases that mark spam."""
        return [line.strip() for line in self.blocked_words.splitlines() if line.strip()]


def get_comment_settings() -> CommentSettings:
    """The settings of the default site, or the defaults where nobody has saved any."""
    saved = CommentSettings.objects.filter(site__is_default_site=True).first()
    return saved or CommentSettings()
