import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ambassadors', '__first__'),
        ('discussions', '0005_space_leader_wanted_at_space_reminded_for_and_more'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConductDuty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(default=django.utils.timezone.localdate, editable=False, verbose_name='since')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='conduct_duty', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'handler of reports',
                'verbose_name_plural': 'conduct: handlers of reports',
                'ordering': ['person__sort_name'],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('unkind', 'It is unkind, or attacks somebody'), ('harassing', 'It harasses or threatens somebody'), ('private', 'It tells what should stay private'), ('selling', 'It advertises or sells'), ('other', 'Something else')], max_length=12, verbose_name='what is wrong')),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='in your own words')),
                ('said', models.TextField(help_text='the words of the post when it was reported')),
                ('revision', models.PositiveIntegerField()),
                ('status', models.CharField(choices=[('open', 'waits for somebody'), ('in hand', 'somebody is looking at it'), ('acted on', 'something was done'), ('no action', 'left as it is'), ('taken back', 'taken back')], default='open', max_length=10)),
                ('outcome', models.TextField(blank=True, max_length=2000, verbose_name='what the one who reported is told')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('handler', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='discussions.post')),
                ('reported', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reporter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['created_at', 'pk'],
                'indexes': [models.Index(fields=['reporter', '-created_at'], name='report_of_reporter')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ['open', 'in hand'])), fields=('post', 'reporter'), name='report_open_once_a_person')],
            },
        ),
        migrations.CreateModel(
            name='ReportNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(max_length=2000, verbose_name='note')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='discussions.report')),
            ],
            options={
                'ordering': ['written_at', 'pk'],
            },
        ),
    ]
