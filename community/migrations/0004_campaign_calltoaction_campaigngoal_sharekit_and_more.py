import community.models.campaign
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('community', '0003_teammember_asked_to'),
        ('foundation', '0013_community_asks_a_month'),
    ]

    operations = [
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hashtag', models.CharField(blank=True, max_length=60, validators=[django.core.validators.RegexValidator('^#\\w+$', 'Write # and one word, such as #betterharbours.')], verbose_name='hashtag')),
            ],
            options={
                'verbose_name': 'campaign',
                'verbose_name_plural': 'campaign',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='campaign_only_one')],
            },
        ),
        migrations.CreateModel(
            name='CallToAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80, verbose_name='what to do')),
                ('text', models.CharField(blank=True, max_length=240, verbose_name='how, or why')),
                ('url', models.CharField(blank=True, max_length=300, validators=[community.models.campaign.is_address_or_path], verbose_name='where')),
                ('position', models.PositiveSmallIntegerField(default=100, verbose_name='position')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='community.campaign')),
            ],
            options={
                'verbose_name': 'call to action',
                'verbose_name_plural': 'calls to action',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CampaignGoal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=240, verbose_name='goal')),
                ('position', models.PositiveSmallIntegerField(default=100, verbose_name='position')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='community.campaign')),
            ],
            options={
                'verbose_name': 'goal',
                'verbose_name_plural': 'goals',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ShareKit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('network', models.CharField(choices=[('sms', 'Text message'), ('x', 'X'), ('bluesky', 'Bluesky'), ('mastodon', 'Mastodon'), ('linkedin', 'LinkedIn'), ('mail', 'Mail or newsletter')], max_length=10, verbose_name='for')),
                ('text', models.TextField(max_length=4000, verbose_name='words')),
                ('position', models.PositiveSmallIntegerField(default=100, verbose_name='position')),
                ('picture', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.upload')),
            ],
            options={
                'verbose_name': 'share kit',
                'verbose_name_plural': 'share kits',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CampaignFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(help_text='As it is to be read: 1,240 or 38 %.', max_length=20, verbose_name='number')),
                ('label', models.CharField(max_length=120, verbose_name='of what')),
                ('as_of', models.DateField(verbose_name='as of')),
                ('source', models.CharField(help_text='Who counted, and where that can be read.', max_length=240, verbose_name='source')),
                ('is_estimated', models.BooleanField(default=False, verbose_name='estimated')),
                ('position', models.PositiveSmallIntegerField(default=100, verbose_name='position')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='community.campaign')),
            ],
            options={
                'verbose_name': 'figure',
                'verbose_name_plural': 'figures',
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='campaign_figure_has_a_source')],
            },
        ),
    ]
