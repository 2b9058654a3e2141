from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0003_moderators_promote_results")]

    operations = [
        migrations.AddField(
            model_name="searchcount",
            name="lacked_words",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
