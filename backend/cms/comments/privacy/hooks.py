"""The way to readers' personal data in the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.comments.moderation import may_moderate
from cms.comments.privacy.views import ICON, TITLE, PersonalDataView


@hooks.register("register_admin_urls")
def register_personal_data_url() -> list[URLPattern]:
    """One screen."""
    return [path("personal-data/", PersonalDataView.as_view(), name="comments_personal_data")]


class PersonalDataMenuItem(MenuItem):
    """Shown to whoever may decide about responses."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_moderate(request.user)


@hooks.register("register_settings_menu_item")
def register_personal_data() -> MenuItem:
    """Among the settings, for it is seldom needed."""
    return PersonalDataMenuItem(
        TITLE,
        reverse("comments_personal_data"),
        name="personal-data",
        icon_name=ICON,
        order=900,
    )
