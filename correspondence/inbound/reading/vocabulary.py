"""How the line above a quotation is written in many languages, and the head of the mail that is answered."""

from __future__ import annotations

import re

ADDRESS = re.compile(r"[\w.+-]{1,80}@[\w-]{1,63}\.[\w.-]{1,80}")
IN_BRACKETS = re.compile(r"[<(\[＜（] ?[^<>()\[\]\s]{0,100}@[^<>()\[\]\s]{1,100} ?[>)\]＞）]|<mailto:")
TIME = re.compile(r"\d{1,2}\s?[:.h時시点點]\s?\d{2}(?!\d)|\d{1,2}\s?(?:[ap]\.?\s?m\b|Uhr|時|시)", re.IGNORECASE)
DAY = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|(?:19|20)\d\d\s?[年년./-]|\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]"
)
VERB = re.compile(
    r"^(?:Quoting|Zitat von|Citando|Citeren|Citation de|Missatge de)\b|\bwrote\b|\bwrites\b|\b(?:ge)?schr(?:ieb|eibt|ieben)\b|\bschreef\b|\bgeschreven\b|\bécri(?:t|vait|vit)\b|\ba ecrit\b|\bescri(?:bió|be|vió|biste)\b"
    r"|\bha scritto\b|\bscri(?:sse|ve|veva)\b|\bescreveu\b|\bva escriure\b|\bnapisał\(?a?\)?|\bnapisan[ae] przez\b|\bnapsal\(?a?\)?|\bnapísal|\bpisze\b|\bskr(?:ev|eiv|iver)\b"
    r"|\bkirjoitti\b|\bírta\b|\ba scris\b|\bşunları yazdı\b|\byazdı\b|\bέγραψε|\bпише[тш]?\b|\bнаписал[аи]?\b|\bписал|\bнаписа[вл]|\bje napisa|\bnapisao"
    r"|写道|寫道|写到|寫到|来信|來信|書きました|さんは|のメール|からのメール|님이|작성|쓴 글|wrote|viết|menulis|เขียน|كتب|כתב",
    re.IGNORECASE,
)
DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # which way a text is written, between words of two scripts
ENDS = re.compile(r"[:：]\s*$|-{2,}\s*$|^\d{4}[/-]\d{1,2}[/-]\d{1,2} .{0,200}<\S{1,100}@\S{1,100}>$")
# How an attribution begins that is broken over several rows.
BEGINS = re.compile(
    r"^(?:-{2,}\s*)?(?:On|Am|Le|El|Op|Il|Em|No dia|W dniu|Dnia|Dne|Dňa|Den|På|La data|În|Στις|В|Вы|Ngày|Pada|Tarihinde|于|於|在|Quoting|Zitat|Citando|Citeren)\b[ .]"
    r"|^[在于於]\s?\d|^\d{1,4}[.\s/年년-]|^\w{2,12}\.?,\s*\w{0,10}\.?\s*\d|^\S[^:：]{0,80}[<(][\w.+-]+@",
)
SENTENCE_ENDS = re.compile(r"(?<![\d\W])[.]$|[!?…。！？]$")
FLATTENED = re.compile(r"^(.{20,300}?[:：]) {2,}\S")
# "-------- Original Message -------- From: …", all in one row.
RULED_AND_MORE = re.compile(r"^([-_=*─—~]{4,} ?[^-_=*]{4,40}[-_=*─—~]{4,})\s*\S")
# "------ Origineel bericht ------", whatever it says.
RULED_WORDS = re.compile(r"^[-_=*─—~]{3,}\s?[^-_=*─—~\d\W][^_=*─—~]{2,50}[-_=*─—~]{3,}$")
# GroupWise: ">>> Maya Okafor <maya@tidemark.example> 16/11/2026 10:00 >>>".
ANGLED = re.compile(r"^>>> ?(\S.{3,300}?) ?>>>$")
ENDS_IN_BRACKET = re.compile(r"[>)\]＞）]\s*[:：]$")

ORIGINAL = re.compile(
    r"original\s+message|ursprüngliche|originalnachricht|message d['’]origine|message d'origine|mensaje original|mensagem original|messaggio originale"
    r"|oorspronkelijk|originele bericht|oryginalna|ursprungligt|originalmeddelande|opprinnelig|oprindelig|alkuperäinen|исходное|původní|eredeti"
    r"|özgün|原始邮件|原始郵件|邮件原件|郵件原件|原邮件|原郵件|元のメッセージ|original email|original mail|reply message|reply to message|원본|original-nachricht|mesaj original",
    re.IGNORECASE,
)
FORWARD = re.compile(
    r"forward|fwd msg|weitergeleitet|weiterleitung|transf[ée]r|réexpédi|reenviad|rv:|doorgestuurd|inoltrat|encaminhad|przekazan|przesłan|vidarebefordra|vidaresen"
    r"|videresend|välitetty|edelleenlähetetty|пересыл|переслан|iletil|továbbított|přeposlan|转发|轉寄|轉發|転送|전달",
    re.IGNORECASE,
)
RULED = re.compile(r"^[-_=*─—~]{2,}|[-_=*─—~]{2,}$|[:：]$")
RULER = re.compile(r"^[-_=*─—~━·.\s]{5,}$")
LABELLED = re.compile(r"^[*|_\s]{0,4}([^\W\d_][^:：|\t<>@]{0,24}?)[*_\s]{0,3}(?:[:：]\s?[*_]{0,2}|\s?\|\s?|\t)\s*(.{0,400})")
WRITER = {
    *(
        "from",
        "von",
        "de",
        "da",
        "van",
        "od",
        "från",
        "fra",
        "lähettäjä",
        "от",
        "від",
        "kimden",
        "feladó",
        "από",
        "expéditeur",
        "absender",
        "sender",
        "afzender",
        "remitente",
        "mittente",
    ),
    *(
        "发件人",
        "由",
        "寄件人",
        "寄件者",
        "差出人",
        "送信者",
        "보낸 사람",
        "보낸사람",
        "發件人",
        "из",
        "gönderen",
        "od kogo",
        "nadawca",
        "avsender",
        "afsender",
        "pengirim",
        "từ",
    ),
    *("من", "از", "מאת", "dari", "šalje", "saatja", "nuo", "expediteur", "de la"),
}
SENT = {
    *(
        "sent",
        "date",
        "gesendet",
        "datum",
        "envoyé",
        "envoyé le",
        "date d'envoi",
        "enviado",
        "enviado el",
        "enviado em",
        "enviada em",
        "enviada",
        "fecha",
        "data",
        "inviato",
        "verzonden",
        "wysłano",
        "skickat",
    ),
    *(
        "sendt",
        "dato",
        "päiväys",
        "päivämäärä",
        "lähetetty",
        "отправлено",
        "дата",
        "надіслано",
        "odesláno",
        "odoslané",
        "tarih",
        "gönderildi",
        "elküldve",
        "ημερομηνία",
        "sent at",
        "sent on",
        "gesendet am",
    ),
    *(
        "发送时间",
        "时间",
        "日期",
        "送信日時",
        "日時",
        "傳送日期",
        "寄件日期",
        "傳送時間",
        "发送日期",
        "보낸 날짜",
        "날짜",
        "發送時間",
        "dátum",
        "trimis",
        "fecha de envío",
        "received",
        "скорочено",
    ),
    *(
        "تم الإرسال",
        "تاريخ الإرسال",
        "التاريخ",
        "تاریخ",
        "ارسال",
        "נשלח",
        "תאריך",
        "dikirim",
        "tanggal",
        "poslano",
        "saadetud",
        "išsiųsta",
    ),
    *("envoye", "envoye le", "envoyé à", "odeslano", "wyslano", "изпратено", "gonderildi", "enviat", "a trimis"),
}
SUBJECT = {
    *(
        "subject",
        "betreff",
        "objet",
        "asunto",
        "assunto",
        "oggetto",
        "onderwerp",
        "temat",
        "ämne",
        "emne",
        "aihe",
        "тема",
        "předmět",
        "predmet",
        "konu",
        "tárgy",
        "θέμα",
        "subiect",
        "betr.",
        "betr",
    ),
    *("主题", "主旨", "件名", "제목", "主題", "标题", "perihal", "chủ đề", "assumpte"),
    *("الموضوع", "موضوع", "נושא", "subjek", "zadeva", "teema", "tema", "относно", "amne", "předmět zprávy"),
}
OTHERS = {
    *(
        "to",
        "cc",
        "bcc",
        "reply-to",
        "an",
        "à",
        "a",
        "para",
        "per",
        "aan",
        "do",
        "dw",
        "till",
        "til",
        "kopi",
        "kopie",
        "vastaanottaja",
        "кому",
        "копия",
        "komu",
        "kime",
        "címzett",
        "προς",
        "către",
        "copia",
    ),
    *(
        "收件人",
        "抄送",
        "宛先",
        "받는 사람",
        "받는사람",
        "副本",
        "收件者",
        "attachments",
        "anlagen",
        "importance",
        "priority",
        "pièces jointes",
        "organization",
        "mailing list",
        "参照",
        "참조",
        "kópia",
        "copie à",
        "empfänger",
        "destinatario",
        "destinataire",
    ),
    *("إلى", "الى", "نسخة", "به", "אל", "עותק", "kepada", "prima", "adressaat", "kam", "до", "per a"),
}
LABELS = WRITER | SENT | SUBJECT | OTHERS
