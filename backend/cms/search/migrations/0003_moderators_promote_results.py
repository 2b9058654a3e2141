"""What Wagtail's two groups may do with promoted search results.

Their words and links are shown to readers at once, without a moderator: moderators alone write them.
"""

from django.db import migrations

ACTIONS = ("add", "change", "delete", "view")


def grant(apps, schema_editor):
    using = schema_editor.connection.alias
    content_type, _ = (
        apps.get_model("contenttypes", "ContentType")
        .objects.using(using)
        .get_or_create(app_label="wagtailsearchpromotions", model="searchpromotion")
    )
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name="Moderators"):
        for action in ACTIONS:
            # Django makes its permissions after the last migration only.
            permission, _ = permissions.get_or_create(
                content_type=content_type,
                codename=f"{action}_searchpromotion",
                defaults={"name": f"Can {action} search promotion"},
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_search_counts"),
        ("wagtailsearchpromotions", "0008_query_verbose_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0048_add_default_workflows"),
    ]

    operations = [
        # What an administrator changes by hand afterwards stays.
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
