import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ambassadors', '0005_rosterfile'),
        ('ambassadors', '__first__'),
        ('community', '0001_initial'),
        ('foundation', '0010_community_rounds_counts_to'),
    ]

    operations = [
        migrations.CreateModel(
            name='Almanac',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='NewsItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=140, verbose_name='title')),
                ('slug', models.SlugField(help_text='The last part of its address: /news/…/', max_length=100, unique=True, verbose_name='address')),
                ('lead', models.CharField(blank=True, help_text='One or two sentences that stand above the text.', max_length=300, verbose_name='lead')),
                ('body', models.TextField(verbose_name='text')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('scheduled', 'goes out at its time'), ('published', 'published'), ('withdrawn', 'withdrawn')], default='draft', max_length=10, verbose_name='state')),
                ('publish_at', models.DateTimeField(blank=True, null=True, verbose_name='goes out')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('authors', models.ManyToManyField(blank=True, help_text='Readers see those whose profile they may see.', related_name='+', to='ambassadors.ambassador', verbose_name='authors')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='foundation.upload', verbose_name='picture')),
            ],
            options={
                'verbose_name': 'piece of news',
                'verbose_name_plural': 'news',
                'ordering': ['-publish_at', '-pk'],
                'indexes': [models.Index(fields=['-publish_at', '-id'], name='news_newest_first')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['scheduled', 'published']), _negated=True), ('publish_at__isnull', False), _connector='OR'), name='news_out_has_its_time')],
            },
        ),
        migrations.CreateModel(
            name='NewsAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=100, unique=True)),
                ('news', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_addresses', to='community.newsitem')),
            ],
        ),
        migrations.CreateModel(
            name='Quotation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(help_text='Without quotation marks: the page puts them.', max_length=500, verbose_name='words')),
                ('author', models.CharField(max_length=120, verbose_name='who said it')),
                ('source', models.CharField(blank=True, help_text='The book, speech or conversation, with its year.', max_length=200, verbose_name='where')),
                ('page', models.CharField(choices=[('home', 'Home'), ('community', 'The Community'), ('engagement', 'Engagement'), ('growth', 'Growth'), ('campaign', 'Campaign'), ('about', 'About'), ('norms', 'Norms'), ('privacy', 'Privacy'), ('accessibility', 'Accessibility'), ('news', 'News'), ('products', 'Products'), ('practice', 'Practice'), ('contact', 'Contact')], default='home', max_length=20, verbose_name='on the page')),
                ('shown_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('shown_until', models.DateField(blank=True, help_text='The last day on which it is shown (UTC).', null=True, verbose_name='until')),
                ('position', models.PositiveSmallIntegerField(default=10, help_text='Those of one page take turns in this order.', verbose_name='turn')),
            ],
            options={
                'verbose_name': 'quotation',
                'verbose_name_plural': 'quotations',
                'ordering': ['page', 'position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('shown_until__isnull', True), ('shown_from__isnull', True), ('shown_until__gte', models.F('shown_from')), _connector='OR'), name='quotation_ends_after_it_begins', violation_error_message='The last day lies before the first.')],
            },
        ),
        migrations.CreateModel(
            name='Supporter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('url', models.URLField(blank=True, verbose_name='web site')),
                ('text', models.CharField(blank=True, max_length=300, verbose_name='what they do for the community')),
                ('position', models.PositiveSmallIntegerField(default=10, verbose_name='position')),
                ('is_shown', models.BooleanField(default=True, verbose_name='on the page')),
                ('logo', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='foundation.upload')),
            ],
            options={
                'verbose_name': 'supporter',
                'verbose_name_plural': 'supporters',
                'ordering': ['position', 'name'],
            },
        ),
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(help_text='Such as: knowledge manager, community manager.', max_length=80, verbose_name='role')),
                ('slug', models.SlugField(help_text='The contact form knows by it whom a letter is for.', max_length=60, unique=True, verbose_name='address of the role')),
                ('text', models.TextField(blank=True, max_length=600, verbose_name='a few words')),
                ('position', models.PositiveSmallIntegerField(default=10, verbose_name='position')),
                ('status', models.CharField(choices=[('asked', "waits for the person's word"), ('shown', 'on the page'), ('hidden', 'not on the page')], default='asked', max_length=10, verbose_name='state')),
                ('shown_name', models.CharField(blank=True, editable=False, max_length=120)),
                ('shown_role', models.CharField(blank=True, editable=False, max_length=80)),
                ('shown_text', models.TextField(blank=True, editable=False)),
                ('agreed_to', models.CharField(blank=True, editable=False, help_text='mark of the proposal they decided about', max_length=64)),
                ('agreed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='agreed')),
                ('photo', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='foundation.upload')),
                ('shown_photo', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='foundation.upload')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='team_member', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'member of the team',
                'verbose_name_plural': 'the team',
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'shown'), _negated=True), models.Q(('agreed_at__isnull', False), models.Q(('shown_role', ''), _negated=True)), _connector='OR'), name='team_member_shown_as_agreed')],
            },
        ),
        migrations.CreateModel(
            name='Testimonial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=600, verbose_name='what they say')),
                ('attribution', models.CharField(choices=[('full', 'full name and role'), ('first', 'first name'), ('none', '“an ambassador”')], default='full', max_length=5, verbose_name='signed with')),
                ('role', models.CharField(blank=True, help_text='Stands behind the full name, such as: Director of a community kitchen.', max_length=120, verbose_name='role')),
                ('signed', models.CharField(editable=False, max_length=250, verbose_name='signature')),
                ('page', models.CharField(choices=[('home', 'Home'), ('community', 'The Community'), ('engagement', 'Engagement'), ('growth', 'Growth'), ('campaign', 'Campaign'), ('about', 'About'), ('norms', 'Norms'), ('privacy', 'Privacy'), ('accessibility', 'Accessibility'), ('news', 'News'), ('products', 'Products'), ('practice', 'Practice'), ('contact', 'Contact')], default='community', max_length=20, verbose_name='on the page')),
                ('position', models.PositiveSmallIntegerField(default=10, verbose_name='position')),
                ('status', models.CharField(choices=[('offered', 'offered by its author'), ('proposed', 'proposed by the support team'), ('asked', "waits for its author's consent"), ('agreed', 'agreed to, not on the page'), ('published', 'on the page'), ('withdrawn', 'withdrawn by its author'), ('aside', 'put aside')], default='offered', max_length=10, verbose_name='state')),
                ('agreed_text', models.TextField(blank=True, editable=False)),
                ('agreed_signed', models.CharField(blank=True, editable=False, max_length=250)),
                ('asked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='asked')),
                ('agreed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='agreed')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='since')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='testimonials', to=settings.AUTH_USER_MODEL, verbose_name='who says it')),
            ],
            options={
                'verbose_name': 'testimonial',
                'verbose_name_plural': 'testimonials',
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['agreed', 'published']), _negated=True), models.Q(('agreed_at__isnull', False), ('signed', models.F('agreed_signed')), ('text', models.F('agreed_text'))), _connector='OR'), name='testimonial_shown_as_agreed')],
            },
        ),
        migrations.CreateModel(
            name='Deck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=140, verbose_name='title')),
                ('slug', models.SlugField(help_text='The last part of its address: /decks/…/', max_length=100, unique=True, verbose_name='address')),
                ('page', models.CharField(choices=[('home', 'Home'), ('community', 'The Community'), ('engagement', 'Engagement'), ('growth', 'Growth'), ('campaign', 'Campaign'), ('about', 'About'), ('norms', 'Norms'), ('privacy', 'Privacy'), ('accessibility', 'Accessibility'), ('news', 'News'), ('products', 'Products'), ('practice', 'Practice'), ('contact', 'Contact')], default='community', max_length=20, verbose_name='on the page')),
                ('position', models.PositiveSmallIntegerField(default=10, verbose_name='position')),
                ('text_alternative', models.TextField(blank=True, help_text='What each slide says and shows, for those who cannot or would rather not open the file. It is needed to publish.', verbose_name='the slides as text')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('withdrawn', 'withdrawn')], default='draft', max_length=10, verbose_name='state')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('cover', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='foundation.upload', verbose_name='cover')),
                ('file', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.upload', verbose_name='file')),
            ],
            options={
                'verbose_name': 'slide deck',
                'verbose_name_plural': 'slide decks',
                'ordering': ['page', 'position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(models.Q(('text_alternative', ''), _negated=True), ('file__isnull', False)), _connector='OR'), name='deck_published_with_its_text')],
            },
        ),
    ]
