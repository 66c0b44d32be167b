"""How people, mail programs and firms close a mail, in many languages."""

from __future__ import annotations

import re

DELIMITER = re.compile(r"^--$|^-- -- ?$|^—$")
PROGRAMS = r"(?:Outlook|Mail|Yahoo|Gmail|AOL|Spark|Superhuman|Proton|Tuta|K-9|Thunderbird|BlueMail|Blue Mail|Edison|Newton|Front|Zoho|Fastmail|Canary|myMail|Mailbird|eM Client|Aqua Mail|FairEmail|Nine|TypeApp|Email)"
DEVICES = r"(?:i ?Phon(?:e|\w{1,4})|i ?Pad|i ?Pod|Android|BlackBerry|Galaxy|Samsung|Huawei|Xiaomi|Redmi|OnePlus|Pixel|Nokia|Motorola|Sony|Xperia|HTC|LG|Windows|Surface|smartphone|mobile|phone|tablet|Handy|Mobiltelefon|m[oó]vil|celular|telefoon|telefon|cellulare|t[ée]l[ée]phone|mobil|Watch|Vision Pro)"
SENT = (
    r"(?:Sent|Get|Composed|Typed|Written|Secured|Gesendet|Von meinem|Vom|Diese Nachricht wurde|Envoyé|Obtenez|Télécharge[rz]|Ce message a été envoyé|Enviado|Enviada|Obtener|Obtén|Obter|Inviato|Inviata|Ottieni"
    r"|Verstuurd|Verzonden|Downloaden|Download|Wysłan[eo]|Wysłano|Skickat|Skickad|Hämta|Sendt|Lähetetty|Hanki|Отправлено|Отослано|Odesláno|Odoslané|Küldve|Elküldve|gönderildi|Trimis|Pobierz|Holen|Hol dir|Outlook für|Scarica|Provenance|Provenienza|Securely sent|Sicher versendet|Versendet|Excuse\b.{0,40}\bsent|Please excuse\b.{0,40}\bsent|Fra min|Στάλθηκε|Надіслано|[أا]ُ?رسل\w{0,2} من|נשלח מ\S{0,2})"
)
MOBILE = re.compile(
    rf"^\W{{0,3}}{SENT}\b[^.,!?]{{0,60}}?\b{DEVICES}[^!?]{{0,60}}$"
    rf"|^\W{{0,3}}{SENT}\b[^,!?]{{0,60}}?\b{PROGRAMS}\b[^!?]{{0,60}}$"
    rf"|^[^.!?]{{0,40}}\b(?:{DEVICES}|{PROGRAMS})\b[^.!?]{{0,40}}\b(?:gesendet|geschickt|verschickt|verstuurd|verzonden|gönderildi|küldve)\b\.?$"
    r"|^(?:发自|發自|从我的|從我的|从 ?(?=i|A|手)|從 ?(?=i|A|手)|来自我的|通过|透過|由).{0,30}(?:发送|傳送|發送|寄出|iPhone|iPad|Android|手机|邮箱|邮件|客户端|Mail|大师)?.{0,20}$"
    r"|^(?:Sent|Gesendet|Envoyé|Enviado|Inviato|Verstuurd|Verzonden|Wysłan[eo]|Skickat|Sendt|Отправлено) "
    r"(?:from|with|via|using|by|von|mit|über|de|depuis|avec|desde|com|con|do|da|vanaf|vanuit|met|z|från|med|fra|с|из) [\w’'-]+(?: [\w.’'-]+){0,3}$"
    rf"|^.{{0,25}}\bOutlook \w{{2,6}} (?:iOS|Android|Mac|Windows)(?![A-Za-z]).{{0,25}}$"
    r"|^.{0,30}(?:から送信|からのメール送信|で送信|에서 보냄|에서 보낸 메일)\S{0,10}$"
    r"|^取得 ?(?:iOS|Android|Mac).{0,3} ?版? ?Outlook$|^Yahoo Mail: \w+, \w+, \w+$"
    r"|^(?:Virus-?free|Virenfrei|Libre de virus|Sans virus|(?:Mail )?priv[ao] di virus|Virusvrij)\b.{0,60}$",
    re.IGNORECASE,
)
LINK = re.compile(r"\s*[<(]?\s*(?:https?://|www\.)[^\s<>()]{0,300}\s*[>)]?")
SIGN_OFF = re.compile(
    r"^(?:(?:with )?(?:my |our )?(?:all |very )?(?:best|kind|kindest|warm|warmest|sincere|friendly)?\s?(?:regards|wishes|greetings)|best|cheers|yours(?: sincerely| truly| faithfully)?"
    r"|sincerely(?: yours)?|respectfully|many thanks|thanks|thank you|thanks and regards|take care|all the best|all best|warmly|kind regards and thanks|br|kr"
    r"|mit (?:\w+ ){0,3}gr[uü](?:ß|ss)en?|(?:\w+ ){0,3}gr[uü](?:ß|ss)e?(?: aus \w+| vom \w+| von \w+)?|mfg|lg|vg|hochachtungsvoll|gr[uü]e?zi|herzlich(?:e gr[uü](?:ß|ss)e|st)?"
    r"|(?:bien )?(?:très )?(?:sincèrement|cordialement|amicalement|amitiés)(?: à vous| vôtre)?|salutations(?: distinguées| cordiales)?|bien à (?:vous|toi)|cdlt|bonne (?:journée|soirée|fin de journée)"
    r"|(?:un |muchos )?(?:cordial(?:es)? |atentos? |afectuosos? )?(?:saludos?|abrazos?|abraço)(?: cordial(?:es)?| a todos)?|atentamente|atenciosamente|cumprimentos|com os melhores cumprimentos|att"
    r"|(?:met )?(?:vriendelijke|hartelijke|beste|warme) groet(?:en|jes)?|groet(?:en|jes)?|mvg|hoogachtend|(?:cordiali |distinti |cari )?saluti|un caro saluto|cordialmente"
    r"|pozdrawiam(?: serdecznie)?|z (?:poważaniem|wyrazami szacunku|pozdrowieniami)|(?:med )?(?:vänliga?|bästa|venlig|vennlig|hjärtliga?) h[äi]l?s(?:ning(?:ar)?|en)?|hälsningar|(?:med )?venlige? hilsen|mvh|vh|hilsen"
    r"|terveisin|ystävällisin terveisin|с уважением|с наилучшими пожеланиями|з повагою|s pozdravem|s pozdravom|üdvözlettel|saygılarımla|cu stimă|με εκτίμηση"
    r"|此致|敬礼|此致敬礼|顺颂商祺|祝好|祝工作顺利|敬祝|よろしくお願い(?:いた)?します|宜しくお願い致します|以上|감사합니다|드림)[\s,.!;，。！~–-]*$",
    re.IGNORECASE,
)
THANKS = re.compile(r"^(?:many )?than|^감사|お願い", re.IGNORECASE)
CONTACT = re.compile(
    r"\+\d[\d ()/.\-]{6,}|\b\(?0\d[\d ()/.\-]{6,}\d|\b(?:tel|tél|phone|mobile?|mob|fax|handy|cell|office|direct|tlf|tfn)\b\.?\s?[:.]?\s?[+(\d]|(?:電話|电话|手机|TEL|携帯|전화)\s?[:：]?\s?[+\d]"
    r"|[\w.+-]{1,60}@[\w-]{1,60}\.\w|\bhttps?://|\bwww\.|\s[|•·]\s|\b\d{4,5}\s+[A-ZÀ-Þ][\w-]+$|〒\s?\d|\bDirect line\b",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\s[|•·]\s")  # what one row tells of somebody
THIS_MAIL = re.compile(
    r"\be-?mail|\bmessages?\b|\bcommunication\b|\battachments?\b|\bnachricht\b|\banhänge\b|\bcourriels?\b|\bmensajes?\b|\bcorreo\b|\bmensagem\b|\bmessaggio\b|berichte?n?\b|\bwiadomoś"
    r"|\bmeddeland|\bviesti|\bсообщени|\bzpráv|\bmesaj|邮件|郵件|メール|메일|이메일",
    re.IGNORECASE,
)
LEGAL = re.compile(
    r"confidential|privileged|solely|exclusively|ausschließlich|exclusiv|uniquement|uitsluitend|esclusiv|wyłącznie|intended|recipient|addressee|in error|delete|notify|disclos|liab|views expressed|dissemin|copying|unauthori|monitored|virus|sender"
    r"|vertraulich|adressat|irrtümlich|vernichte|lösche|empfänger|unbefugt|weitergabe|confidentiel|destinatair|par erreur|détrui|supprim|diffusion|confidencial|destinatari|por error|por engano|elimin|prohibid|proibid|privilegiad"
    r"|riservat|per errore|cancell|vietat|vertrouwelijk|geadresseerd|abusievelijk|ten onrechte|verwijder|bestemd|poufn|adresat|usuni|konfidentiell|fortrolig|luottamuksell|конфиденц|адресат|důvěrn|gizli|保密|仅限|僅限|机密|機密|秘密|误|誤|删除|削除|기밀|삭제",
    re.IGNORECASE,
)
IMPRINT = re.compile(
    r"geschäftsführ|amtsgericht|registergericht|handelsregister|\bHR[AB]\b|sitz der|ust-?id|steuernummer|vorstand|vereinsregister|registered (?:in|office|company|charity|number)|company (?:no|number|reg)|\bVAT\b|\bRCS\b|\bSIRET\b|\bKvK\b|partita iva|\bNIP\b|\bKRS\b|\bCIF\b|aviso legal",
    re.IGNORECASE,
)
ENVIRONMENT = re.compile(
    r"consider the environment|before printing|think before you print|umwelt.{0,40}(?:drucken|ausdruck)|pensez à l['’]environnement|n['’]imprimez|antes de imprimir|prima di stampare|milieu.{0,40}print|scanned (?:for|by)"
    r"|\b(?:virus\w*|viren)\b.{0,80}\b(?:avast|avg|eset|norton|kaspersky|mcafee|sophos)|\b(?:avast|avg|eset|norton|kaspersky|mcafee|sophos)\b.{0,80}\b(?:virus\w*|viren)\b",
    re.IGNORECASE,
)
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")  # signs that say as much as two letters
RULER = re.compile(r"^[-_=*─—~━∞☆★◇◆+#＝－\s]{5,}$|^(\S)\1{4,}$|^(\S\S)\2{3,}$")
PROSE_ENDS = re.compile(r"[.!?…。！？)]$")
NOTICE = re.compile(
    r"^\W*(?:disclaimer|haftungsausschluss|aviso legal|(?:confidentiality|legal|privacy) (?:notice|note|disclaimer)|vertraulichkeitshinweis)\W*$",
    re.IGNORECASE,
)
