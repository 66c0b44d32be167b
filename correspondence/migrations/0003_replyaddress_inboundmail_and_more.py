import correspondence.models.outgoing
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ambassadors', '__first__'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('correspondence', '0002_claims_and_preferences'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReplyAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prefix', models.SlugField(max_length=12)),
                ('target_id', models.CharField(max_length=40)),
                ('nonce', models.CharField(default=correspondence.models.outgoing.new_nonce, max_length=32)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('target_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('prefix', 'person', 'target_type', 'target_id'), name='reply_address_once')],
            },
        ),
        migrations.CreateModel(
            name='InboundMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identity', models.CharField(help_text='its Message-ID, or a hash of the whole when it has none', max_length=300)),
                ('recipient', models.CharField(blank=True, max_length=320)),
                ('envelope_sender', models.CharField(blank=True, max_length=320)),
                ('sender', models.CharField(blank=True, help_text='the address in its From', max_length=320)),
                ('raw', models.BinaryField(null=True)),
                ('size', models.PositiveIntegerField(help_text='bytes')),
                ('is_cut', models.BooleanField(default=False, help_text='larger than we take: only the beginning was stored')),
                ('received_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('received', 'stored, not looked at yet'), ('settled', 'settled'), ('stuck', 'could not be worked on: somebody must look')], default='received', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('posted', 'done as it asked'), ('held', 'held until its writer confirms it'), ('refused', 'refused, and the words sent back'), ('ignored', 'written by a machine: kept, not answered'), ('discarded', 'thrown away by its writer')], max_length=10)),
                ('reason', models.CharField(blank=True, choices=[('unknown address', 'no such address here'), ('not a member', 'its reply address belongs to somebody who is not an active member'), ('unverified sender', 'not sent from a verified address of the member'), ('other member', 'sent by another member than the reply address belongs to'), ('failed checks', "the sender's domain says this mail is not from there"), ('other subject', 'a new subject, sent to an old reply address'), ('same again', 'the same words as the mail before'), ('too many', 'too many mails in a short time'), ('not open', 'what it answers is closed or gone'), ('empty', 'no words in it'), ('too large', 'too large'), ('automatic', 'an automatic answer'), ('bounce', 'a delivery report'), ('own mail', 'our own mail, come back'), ('our fault', 'our software failed on it')], max_length=20)),
                ('target_id', models.CharField(blank=True, max_length=40)),
                ('answered', models.BooleanField(default=False, help_text='whether we wrote back about it')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('target_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='contenttypes.contenttype')),
                ('address', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='correspondence.replyaddress')),
            ],
            options={
                'ordering': ['-received_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'received')), fields=['received_at'], name='inbound_mail_in_hand'), models.Index(fields=['sender', '-received_at'], name='inbound_mail_of_sender'), models.Index(fields=['person', '-received_at'], name='inbound_mail_of_person')],
                'constraints': [models.UniqueConstraint(fields=('identity', 'recipient'), name='inbound_mail_once')],
            },
        ),
    ]
