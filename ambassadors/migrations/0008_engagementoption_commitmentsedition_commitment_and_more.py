import ambassadors.models.engagement
import ambassadors.models.growth
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import foundation.audiences
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ambassadors', '0007_ambassador_paused_until_user_is_credited_and_more'),
    ]

    operations = [
        migrations.CreateModel(
            name='EngagementOption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40, unique=True, verbose_name='in addresses')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('text', models.CharField(max_length=300, verbose_name='what it means, in a sentence or two')),
                ('icon', models.CharField(choices=[('megaphone', 'megaphone'), ('messages-square', 'speech bubbles'), ('pen-line', 'pen'), ('users', 'group'), ('user-plus', 'new person'), ('mic', 'microphone'), ('badge-check', 'badge'), ('library', 'books'), ('hand-heart', 'hand'), ('compass', 'compass'), ('sparkles', 'spark')], default='sparkles', max_length=20, verbose_name='picture')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('is_offered', models.BooleanField(default=True, verbose_name='offered')),
            ],
            options={
                'verbose_name': 'way of taking part',
                'verbose_name_plural': 'engagement menu',
                'ordering': ['position', 'name'],
            },
        ),
        migrations.CreateModel(
            name='CommitmentsEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(unique=True, verbose_name='edition')),
                ('change', models.CharField(blank=True, help_text='A sentence for those who know the edition before.', max_length=300, verbose_name='what is new in it')),
                ('is_material', models.BooleanField(default=False, help_text='For a change of substance: each ambassador is asked once to affirm this edition. A mended comma asks nobody.', verbose_name='ask everybody again')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('published', 'published')], default='draft', max_length=10, verbose_name='state')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'edition of the commitments',
                'verbose_name_plural': 'commitments',
                'ordering': ['-number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('status', 'draft'), ('published_at__isnull', False), _connector='OR'), name='commitments_published_have_a_date'), models.UniqueConstraint(condition=models.Q(('status', 'draft')), fields=('status',), name='commitments_one_draft')],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(help_text='Goes on from “I will …”.', max_length=240, verbose_name='commitment')),
                ('explanation', models.CharField(blank=True, max_length=400, verbose_name='what it means in practice')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='ambassadors.commitmentsedition')),
            ],
            options={
                'verbose_name': 'commitment',
                'verbose_name_plural': 'commitments',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Affirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(choices=[('affirmed', 'affirmed'), ('not now', 'set aside')], max_length=8, verbose_name='answer')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='on')),
                ('via', models.CharField(choices=[('web', 'on the web'), ('mail', 'by mail'), ('assistant', 'via an assistant'), ('import', 'by import'), ('command', 'by a command'), ('clock', 'by the clock')], default='web', max_length=10, verbose_name='through')),
                ('ambassador', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='affirmations', to='ambassadors.ambassador')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affirmations', to='ambassadors.commitmentsedition', verbose_name='edition')),
            ],
            options={
                'verbose_name': 'affirmation',
                'verbose_name_plural': 'affirmations',
                'ordering': ['-at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('ambassador', 'edition'), name='affirmation_one_per_edition')],
            },
        ),
        migrations.CreateModel(
            name='EngagementOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('frequency', models.CharField(choices=[('now and then', 'now and then'), ('monthly', 'about once a month'), ('any time', 'ask me any time')], default='now and then', max_length=12, verbose_name='how often')),
                ('note', models.CharField(blank=True, help_text='Such as: on school budgets; in French too; not in August.', max_length=240, verbose_name='anything to add')),
                ('audience', foundation.audiences.AudienceField(choices=[('public', 'Everybody, on the public site'), ('members', 'Ambassadors and the support team'), ('staff', 'The support team only')], default='members', max_length=10, verbose_name='who sees this')),
                ('paused_from', models.DateField(blank=True, null=True, verbose_name='pause from')),
                ('paused_until', models.DateField(blank=True, null=True, verbose_name='back on')),
                ('offered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ambassador', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='ambassadors.ambassador')),
                ('option', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='ambassadors.engagementoption', verbose_name='way of taking part')),
            ],
            options={
                'verbose_name': 'offer',
                'verbose_name_plural': 'who offers what',
                'ordering': ['option__position', 'option__name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('ambassador', 'option'), name='offer_once_per_option'), models.CheckConstraint(condition=models.Q(('paused_from__isnull', True), ('paused_until__isnull', True), ('paused_until__gt', models.F('paused_from')), _connector='OR'), name='offer_pause_ends_after_it_begins', violation_error_message='You would be back before you leave.')],
            },
        ),
        migrations.CreateModel(
            name='EngagementExample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=240, verbose_name='example')),
                ('action_label', models.CharField(blank=True, max_length=60, verbose_name='words of the link')),
                ('action', models.CharField(blank=True, help_text='A path of this site, such as /settings/profile/. Visitors sign in on the way. Empty: no link.', max_length=200, validators=[ambassadors.models.engagement.leads_somewhere], verbose_name='where the link leads')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('option', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='examples', to='ambassadors.engagementoption')),
            ],
            options={
                'verbose_name': 'example',
                'verbose_name_plural': 'examples',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='EngagementRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=150, verbose_name='subject')),
                ('body', models.TextField(help_text='What, for whom, by when, and how much time it may take.', verbose_name='what you ask for')),
                ('needed_by', models.DateField(blank=True, null=True, verbose_name='answer by')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('status', models.CharField(choices=[('open', 'open'), ('closed', 'closed')], default='open', max_length=6, verbose_name='state')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('option', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='ambassadors.engagementoption', verbose_name='way of taking part')),
            ],
            options={
                'verbose_name': 'request',
                'verbose_name_plural': 'requests to those who offered',
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='EngagementAsk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answer', models.CharField(blank=True, choices=[('', 'no answer yet'), ('yes', 'yes, gladly'), ('not now', 'not this time'), ('somebody else', 'not me, but I know somebody')], default='', max_length=14)),
                ('word', models.CharField(blank=True, max_length=500, verbose_name='a word to go with it')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('door', models.CharField(blank=True, choices=[('web', 'on the web'), ('mail', 'by mail'), ('assistant', 'via an assistant'), ('import', 'by import'), ('command', 'by a command'), ('clock', 'by the clock')], max_length=10)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='engagement_asks', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asks', to='ambassadors.engagementrequest')),
            ],
            options={
                'verbose_name': 'person who is asked',
                'verbose_name_plural': 'people who are asked',
                'indexes': [models.Index(fields=['person', '-asked_at'], name='ask_of_person')],
                'constraints': [models.UniqueConstraint(fields=('request', 'person'), name='ask_once_per_request'), models.CheckConstraint(condition=models.Q(('answer', ''), ('answered_at__isnull', False), _connector='OR'), name='ask_answered_has_a_date')],
            },
        ),
        migrations.CreateModel(
            name='GrowthStage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('target', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='ambassadors')),
                ('by_date', models.DateField(verbose_name='by')),
                ('cap', models.PositiveIntegerField(blank=True, help_text='Beyond it, invitations wait until a seat is free. Empty: no cap.', null=True, verbose_name='and at most')),
                ('marks', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)]), default=ambassadors.models.growth.half_way_and_target, help_text='Separated by commas. When one is reached, a draft of a milestone waits for the support team.', size=None, verbose_name='milestones at, in per cent of the goal')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
            ],
            options={
                'verbose_name': 'stage of growth',
                'verbose_name_plural': 'growth: stages',
                'ordering': ['position', 'target'],
                'constraints': [models.CheckConstraint(condition=models.Q(('cap__isnull', True), ('cap__gte', models.F('target')), _connector='OR'), name='growth_cap_is_not_below_the_target', violation_error_message='The cap is below the goal.')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('count', models.PositiveIntegerField(unique=True, verbose_name='ambassadors')),
                ('reached_on', models.DateField(verbose_name='reached on')),
                ('text', models.CharField(max_length=300, verbose_name='what to say of it')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('dismissed', 'dismissed')], default='draft', max_length=10, verbose_name='state')),
                ('stage', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='milestones', to='ambassadors.growthstage', verbose_name='stage')),
            ],
            options={
                'verbose_name': 'milestone',
                'verbose_name_plural': 'growth: milestones',
                'ordering': ['-reached_on', '-count'],
            },
        ),
    ]
