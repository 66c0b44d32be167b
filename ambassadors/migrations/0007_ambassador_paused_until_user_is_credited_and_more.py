import django.db.models.deletion
import django.utils.timezone
import foundation.audiences
import foundation.models.upload
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ambassadors', '0006_what_people_say_of_themselves'),
    ]

    operations = [
        migrations.AddField(
            model_name='ambassador',
            name='paused_until',
            field=models.DateField(blank=True, null=True, verbose_name='pausing until'),
        ),
        migrations.AddField(
            model_name='user',
            name='is_credited',
            field=models.BooleanField(default=True, verbose_name='my contributions carry my name'),
        ),
        migrations.AddField(
            model_name='user',
            name='remembers_reading',
            field=models.BooleanField(default=True, verbose_name='remember what I have read'),
        ),
        migrations.CreateModel(
            name='Archive',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('preparing', 'being prepared'), ('ready', 'ready'), ('failed', 'did not succeed'), ('expired', 'deleted')], default='preparing', max_length=10)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('section', models.CharField(blank=True, help_text='the section that is being written', max_length=120)),
                ('done', models.PositiveSmallIntegerField(default=0)),
                ('most', models.PositiveSmallIntegerField(default=0)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('claim', models.CharField(blank=True, max_length=32)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('file', models.FileField(blank=True, max_length=60, storage=foundation.models.upload.private_storage, upload_to=foundation.models.upload.random_name)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('ready_at', models.DateTimeField(blank=True, null=True)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='archives', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'archive',
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'preparing')), fields=('person',), name='archive_one_in_preparation'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'ready'), _negated=True), models.Q(('expires_at__isnull', False), ('ready_at__isnull', False), models.Q(('file', ''), _negated=True)), _connector='OR'), name='archive_ready_has_a_file')],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('planned', 'planned'), ('cancelled', 'taken back')], default='planned', max_length=10)),
                ('words', models.CharField(choices=[('keep', 'My words stay where they are, as those of “a former member”'), ('remove', 'My words go too; a line says that something was removed here')], default='keep', max_length=10, verbose_name='what becomes of your words')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField()),
                ('reason', models.TextField(blank=True, verbose_name='how the person asked for it')),
                ('listed_for_before', foundation.audiences.AudienceField(blank=True, choices=[('public', 'Everybody, on the public site'), ('members', 'Ambassadors and the support team'), ('staff', 'The support team only')], default='', max_length=10)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='erasures', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'erasure',
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'planned')), fields=('person',), name='erasure_one_planned_per_person'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'cancelled'), _negated=True), ('cancelled_at__isnull', False), _connector='OR'), name='erasure_has_its_end')],
            },
        ),
        migrations.CreateModel(
            name='ReturnRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='a few words, if you like')),
                ('status', models.CharField(choices=[('open', 'waits for the support team'), ('welcomed', 'welcomed back'), ('answered', 'answered in person'), ('withdrawn', 'taken back')], default='open', max_length=10)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='return_requests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'wish to come back',
                'verbose_name_plural': 'wishes to come back',
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'open')), fields=('person',), name='return_one_open_per_person')],
            },
        ),
    ]
