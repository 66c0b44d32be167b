import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ambassadors', '__first__'),
        ('discussions', '0002_participant_read_at'),
    ]

    operations = [
        migrations.CreateModel(
            name='PostRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField()),
                ('body', models.TextField()),
                ('written_at', models.DateTimeField()),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='discussions.post')),
            ],
            options={
                'ordering': ['revision'],
                'constraints': [models.UniqueConstraint(fields=('post', 'revision'), name='post_revision_once')],
            },
        ),
        migrations.CreateModel(
            name='ReadMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text="the newest post that was on the person's screen")),
                ('read_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='discussions.thread')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'thread'), name='read_mark_once')],
            },
        ),
        migrations.CreateModel(
            name='Space',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('topic', 'topic for everybody'), ('micro-community', 'micro-community')], default='micro-community', max_length=20)),
                ('openness', models.CharField(choices=[('open', 'open to all ambassadors'), ('closed', 'visible to all, for its people only'), ('hidden', 'known to its people only')], default='open', max_length=10, verbose_name='who reads it')),
                ('status', models.CharField(choices=[('active', 'active'), ('ended', 'ended')], default='active', max_length=10)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('purpose', models.TextField(max_length=1000, verbose_name='what it is for')),
                ('outcome', models.TextField(blank=True, max_length=1000, verbose_name='what there should be at the end')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='begins on')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='is to end on')),
                ('outcome_note', models.TextField(blank=True, max_length=5000, verbose_name='what came of it')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'topic'), _negated=True), ('openness', 'open'), _connector='OR'), name='space_topic_is_open'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('starts_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='space_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('every reply', 'every reply by mail'), ('digest', 'in the digest'), ('mentions', 'only when somebody names me'), ('muted', 'nothing')], default='every reply', max_length=12)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('thread', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='discussions.thread')),
                ('space', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='discussions.space')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('space', None)), fields=('thread', 'person'), name='follow_of_thread_once'), models.UniqueConstraint(condition=models.Q(('thread', None)), fields=('space', 'person'), name='follow_of_space_once'), models.CheckConstraint(condition=models.Q(('thread', None), ('space', None), _connector='XOR'), name='follow_of_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='SpaceRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('leader', 'leader'), ('participant', 'participant'), ('advisor', 'advisor'), ('promoter', 'promoter')], default='participant', max_length=12, verbose_name='role')),
                ('is_invitation', models.BooleanField(default=False)),
                ('status', models.CharField(choices=[('asked', 'waits for an answer'), ('accepted', 'accepted'), ('declined', 'declined'), ('withdrawn', 'taken back')], default='asked', max_length=10)),
                ('words', models.TextField(blank=True, max_length=1000, verbose_name='a word about it')),
                ('answer', models.TextField(blank=True, max_length=1000, verbose_name='answer')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='discussions.space')),
            ],
            options={
                'ordering': ['created_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'asked')), fields=('space', 'person', 'role'), name='space_request_waits_once')],
            },
        ),
        migrations.CreateModel(
            name='SpaceRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('leader', 'leader'), ('participant', 'participant'), ('advisor', 'advisor'), ('promoter', 'promoter')], default='participant', max_length=12, verbose_name='role')),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='discussions.space')),
            ],
            options={
                'ordering': ['role', 'since', 'pk'],
                'indexes': [models.Index(fields=['person', 'space'], name='space_roles_of_person')],
                'constraints': [models.UniqueConstraint(fields=('space', 'person', 'role'), name='space_role_once')],
            },
        ),
        migrations.AddField(
            model_name='post',
            name='answers',
            field=models.ForeignKey(blank=True, help_text='the post that it answers', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='discussions.post'),
        ),
        migrations.AddField(
            model_name='post',
            name='edited_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='post',
            name='revision',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='post',
            name='status',
            field=models.CharField(choices=[('shown', 'shown'), ('hidden', 'hidden by a facilitator'), ('withdrawn', 'taken back by its author')], default='shown', max_length=10),
        ),
        migrations.AddField(
            model_name='post',
            name='told_at',
            field=models.DateTimeField(blank=True, help_text="when its followers' mails were put into the outbox", null=True),
        ),
        migrations.AddField(
            model_name='thread',
            name='helped',
            field=models.ForeignKey(blank=True, help_text='the answer that helped', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='discussions.post'),
        ),
        migrations.AddField(
            model_name='thread',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='discussions.thread'),
        ),
        migrations.AddField(
            model_name='thread',
            name='pinned_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='thread',
            name='status',
            field=models.CharField(choices=[('preparing', 'being prepared'), ('open', 'open'), ('locked', 'locked: nothing can be added'), ('hidden', 'hidden by a facilitator'), ('merged', 'merged into another')], default='open', max_length=10),
        ),
        migrations.AlterField(
            model_name='post',
            name='labels',
            field=models.JSONField(blank=True, default=list, help_text="the author's role labels on the day, at most four"),
        ),
        migrations.AlterField(
            model_name='thread',
            name='kind',
            field=models.CharField(choices=[('discussion', 'discussion'), ('question', 'question'), ('ask me about', 'Ask Me About'), ('prompt', 'working out loud'), ('private', 'private')], default='discussion', max_length=12),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['author', '-posted_at'], name='post_of_author'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=models.Q(('told_at', None)), fields=['posted_at'], name='post_to_tell'),
        ),
        migrations.AddField(
            model_name='thread',
            name='space',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='threads', to='discussions.space'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(fields=['space', '-last_post_at', '-id'], name='thread_newest_of_space'),
        ),
        migrations.AddConstraint(
            model_name='thread',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'private'), ('space__isnull', False), _connector='XOR'), name='thread_private_or_in_space'),
        ),
    ]
