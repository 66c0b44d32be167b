import ambassadors.models.user
import datetime
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ambassadors', '__first__'),
        ('discussions', '0007_mentions_thanks_bookmarks_and_drafts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Prompt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='The subject of each of its conversations.', max_length=120, verbose_name='title')),
                ('text', models.TextField(help_text='Short and easy to answer: one to three things, without much detail.', verbose_name='the prompt')),
                ('every', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='every')),
                ('unit', models.CharField(choices=[('days', 'days'), ('weeks', 'weeks'), ('months', 'months')], default='weeks', max_length=6, verbose_name='unit')),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('at', models.TimeField(default=datetime.time(9, 0), verbose_name='opens at')),
                ('time_zone', models.CharField(max_length=60, validators=[ambassadors.models.user.is_time_zone], verbose_name='time zone')),
                ('private_hours', models.PositiveSmallIntegerField(default=3, help_text='So many hours before it opens, those who agreed to answer first get it.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(72)], verbose_name='private hours')),
                ('minimum', models.PositiveSmallIntegerField(default=2, help_text='With fewer people who agreed to answer first, it waits for you. 0: it opens in any case.', validators=[django.core.validators.MaxValueValidator(5)], verbose_name='first answers at least')),
                ('reach', models.CharField(choices=[('everybody', 'everybody who can read the space'), ('taking part', 'those who take part, or follow the space')], default='everybody', max_length=12, verbose_name='mailed to')),
                ('status', models.CharField(choices=[('running', 'running'), ('paused', 'pausing'), ('ended', 'ended')], default='running', max_length=8)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('facilitator', models.ForeignKey(help_text='in whose name it is posted', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prompts', to='discussions.space')),
            ],
            options={
                'ordering': ['title', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('every__gte', 1)), name='prompt_comes_sometimes')],
            },
        ),
        migrations.CreateModel(
            name='PromptBreak',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField(verbose_name='from')),
                ('last_day', models.DateField(verbose_name='to')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='what for')),
                ('prompt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='breaks', to='discussions.prompt')),
            ],
            options={
                'ordering': ['first_day', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='prompt_break_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='PromptRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('opens_at', models.DateTimeField(verbose_name='opens at')),
                ('text', models.TextField(blank=True, help_text='Empty: the words of the series. What you write here is asked this time only.', verbose_name='words of this round')),
                ('status', models.CharField(choices=[('planned', 'planned'), ('private', 'with those who answer first'), ('held', 'waits for you: too few agreed to answer first'), ('open', 'open'), ('called off', 'called off')], default='planned', max_length=10)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('told_at', models.DateTimeField(blank=True, help_text='when its mails were put into the outbox', null=True)),
                ('prompt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='discussions.prompt')),
                ('thread', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='prompt_round', to='discussions.thread')),
            ],
            options={
                'ordering': ['-opens_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('status__in', ['planned', 'private', 'held'])), fields=['opens_at'], name='prompt_round_to_come'), models.Index(condition=models.Q(('status', 'open'), ('told_at', None)), fields=['opened_at'], name='prompt_round_to_tell')],
                'constraints': [models.UniqueConstraint(fields=('prompt', 'on'), name='prompt_round_once_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'open'), _negated=True), ('opened_at__isnull', False), _connector='OR'), name='prompt_round_open_has_a_date')],
            },
        ),
        migrations.CreateModel(
            name='PromptWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wants_mail', models.BooleanField(default=True, verbose_name='mail me each prompt')),
                ('recalls', models.BooleanField(default=False, verbose_name='remind me of my own last answer')),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('prompt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='discussions.prompt')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('prompt', 'person'), name='prompt_wish_once')],
            },
        ),
        migrations.CreateModel(
            name='Responder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('asked', 'asked'), ('accepted', 'will answer first'), ('answered', 'has answered'), ('declined', 'not this time'), ('released', 'no longer asked')], default='asked', max_length=10)),
                ('note', models.CharField(blank=True, help_text='Why you thought of them.', max_length=500, verbose_name='a word from you')),
                ('word', models.CharField(blank=True, max_length=500, verbose_name='a word to go with it')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('said_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responders', to='discussions.promptround')),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
                'indexes': [models.Index(fields=['person', 'status'], name='responder_of_person')],
                'constraints': [models.UniqueConstraint(fields=('round', 'person'), name='responder_once_a_round')],
            },
        ),
    ]
