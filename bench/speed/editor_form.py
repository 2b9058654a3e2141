"""What a browser sends when an editor saves a page; prints it as JSON.

Runs inside a CMS: `python -m bench.speed.editor_form SLUG` with that CMS's settings.
"""

import json
import sys

import django


def main() -> None:
    """Print the number of the page and its fields, as they are now."""
    django.setup()
    from cms.conditions.models import ConditionPage
    from tests.factories.editor_forms import build_editor_data

    page = ConditionPage.objects.get(slug=sys.argv[1])
    systems = tuple(page.body_systems.values_list("pk", flat=True))
    data = build_editor_data(page, body_systems=systems)
    form = {"page_id": page.pk, "path": page.get_url_parts()[2], "fields": data}
    print(json.dumps(form, default=str))


if __name__ == "__main__":
    main()
