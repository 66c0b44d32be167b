import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ambassadors', '__first__'),
        ('discussions', '0008_prompt_promptbreak_promptround_promptwish_responder_and_more'),
    ]

    operations = [
        migrations.CreateModel(
            name='AskMeAbout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('preparing', 'being prepared'), ('booked', 'announced'), ('open', 'open for questions'), ('closed', 'closed, answers still come'), ('over', 'over')], default='preparing', max_length=10)),
                ('about', models.CharField(max_length=200, verbose_name='what you know about')),
                ('introduction', models.TextField(blank=True, help_text='until it opens; then it is the first post', verbose_name='introduction')),
                ('opening', models.TextField(blank=True, help_text='one a line; likewise', max_length=2000, verbose_name='questions to begin with')),
                ('zone', models.CharField(max_length=60, verbose_name='time zone')),
                ('opens_at', models.DateTimeField()),
                ('closes_on', models.DateField(verbose_name='open through')),
                ('closes_at', models.DateTimeField()),
                ('grace_days', models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MaxValueValidator(60)], verbose_name='days to go on answering')),
                ('answers_until', models.DateTimeField()),
                ('follow_up_weeks', models.PositiveSmallIntegerField(default=6, validators=[django.core.validators.MaxValueValidator(52)], verbose_name='weeks until we ask how it went')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('host', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('thread', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='asking', to='discussions.thread')),
            ],
            options={
                'ordering': ['opens_at', 'pk'],
                'indexes': [models.Index(fields=['status', 'closes_at'], name='asking_by_close')],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='asking_closes_after_opening'), models.CheckConstraint(condition=models.Q(('answers_until__gte', models.F('closes_at'))), name='asking_grace_after_close')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=0)),
                ('text', models.TextField()),
                ('status', models.CharField(choices=[('waiting', 'waits for an answer'), ('handed over', 'handed over'), ('answered', 'answered'), ('answered by peers', 'answered by others'), ('kept late', 'came after the close'), ('no question', 'no question')], default='waiting', max_length=20)),
                ('via', models.CharField(choices=[('web', 'on the web'), ('mail', 'by mail'), ('assistant', 'via an assistant'), ('import', 'by import'), ('command', 'by a command'), ('clock', 'by the clock')], default='web', max_length=10)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('handed_at', models.DateTimeField(blank=True, null=True)),
                ('word', models.TextField(blank=True, max_length=1000, verbose_name='a word to them')),
                ('follow_up_at', models.DateTimeField(blank=True, help_text='when the asker is asked how it went', null=True)),
                ('followed_up_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='discussions.post')),
                ('asker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handed_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='discussions.post')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='discussions.askmeabout')),
                ('update', models.ForeignKey(blank=True, help_text='what the asker told of it later', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='discussions.post')),
            ],
            options={
                'ordering': ['asked_at', 'number', 'pk'],
                'indexes': [models.Index(fields=['session', 'asked_at'], name='question_queue'), models.Index(condition=models.Q(('followed_up_at', None)), fields=['follow_up_at'], name='question_to_follow_up')],
                'constraints': [models.UniqueConstraint(fields=('post', 'number'), name='question_of_post_once'), models.CheckConstraint(condition=models.Q(('post__isnull', False), ('status__in', ['kept late', 'waiting']), _connector='OR'), name='question_without_post_is_late')],
            },
        ),
        migrations.CreateModel(
            name='ReadingItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('writer', models.CharField(blank=True, max_length=120, verbose_name='by whom')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='link')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='why it is worth reading')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('published_at', models.DateTimeField(blank=True, help_text='when the one who named it showed it to everybody', null=True)),
                ('is_named', models.BooleanField(default=False, help_text='whether everybody reads who named it')),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='discussions.post')),
            ],
            options={
                'ordering': ['-added_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('post', 'title'), name='reading_item_once'), models.CheckConstraint(condition=models.Q(('is_named', False), ('published_at__isnull', False), _connector='OR'), name='reading_item_named_in_public')],
            },
        ),
    ]
