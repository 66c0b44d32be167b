import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ambassadors', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('private', 'private')], default='private', max_length=10)),
                ('subject', models.CharField(max_length=150, verbose_name='subject')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('last_number', models.PositiveIntegerField(default=0, help_text='the number of the newest post')),
                ('last_post_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-last_post_at', '-pk'],
                'indexes': [models.Index(fields=['-last_post_at', '-id'], name='thread_newest_first')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('body', models.TextField(verbose_name='text')),
                ('quoted', models.TextField(blank=True, help_text='what the mail quoted below the answer: plain text, shown folded')),
                ('labels', models.JSONField(blank=True, default=list, help_text="the author's role labels on the day")),
                ('via', models.CharField(choices=[('web', 'on the web'), ('mail', 'by mail'), ('assistant', 'via an assistant'), ('import', 'by import'), ('command', 'by a command'), ('clock', 'by the clock')], default='web', max_length=10)),
                ('message_id', models.CharField(blank=True, help_text='of the mail it came in', max_length=255)),
                ('posted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='discussions.thread')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('thread', 'number'), name='post_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seat', models.PositiveSmallIntegerField()),
                ('read_number', models.PositiveIntegerField(default=0, help_text="the newest post that was on the person's screen")),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='discussions.thread')),
            ],
            options={
                'ordering': ['seat'],
                'constraints': [models.UniqueConstraint(fields=('thread', 'person'), name='participant_once'), models.UniqueConstraint(fields=('thread', 'seat'), name='participant_own_seat'), models.CheckConstraint(condition=models.Q(('seat__gte', 1), ('seat__lte', 8)), name='participant_at_most_eight')],
            },
        ),
    ]
