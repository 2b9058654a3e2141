"""The lists of people and body systems in the admin."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, TitleFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.conditions.models import BodySystem, Person


class PersonViewSet(SnippetViewSet):
    """People who write, review or speak from experience."""

    model = Person
    icon = "user"
    menu_label = "People"
    list_display = ["name", "credentials", "role"]
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("credentials"), FieldPanel("role")]),
    ]


class BodySystemViewSet(SnippetViewSet):
    """Systems of the body."""

    model = BodySystem
    icon = "tag"
    menu_label = "Body systems"
    panels = [
        TitleFieldPanel("name", targets=["slug"]),
        FieldPanel("slug", heading="Name in web addresses"),
    ]


class SharedListsGroup(SnippetViewSetGroup):
    """One entry of the main menu for what condition pages share."""

    items = (PersonViewSet, BodySystemViewSet)
    menu_label = "Shared lists"
    menu_name = "shared-lists"
    menu_icon = "group"
    menu_order = 250
