"""Small texts, one a habit of mail programs or a trap: the line above a quotation in more languages, heads of quoted mails, last lines.

Where the messages of the corpus are whole mails, these are the one line that matters, with the same few words around it.
"""
# ruff: noqa: RUF001 - full-width signs are what Chinese and Japanese programs write

from __future__ import annotations

from dataclasses import dataclass

PERSON = "Maya Okafor via Tidemark"
ADDRESS = "reply+k3jq7x2m4tvnz5bd@mail.tidemark.example"
NAMED = f"{PERSON} <{ADDRESS}>"
MARKED = "> Tidemark\n>\n> Maya Okafor in “Harbour and coast”:\n>\n> Shall we compare notes?\n"
BARE = "Tidemark\n\nMaya Okafor in “Harbour and coast”:\n\nShall we compare notes?\n"
WORDS = "I will come on Friday, and I bring my brother."


@dataclass(frozen=True)
class Shape:
    """A text, and what is new in it: all of it unless said."""

    text: str
    new: str | None = None
    subject: str = "Re: Notes"
    kind: str = "plain"


ATTRIBUTIONS = {
    "Gmail, Chinese afternoon": f"{NAMED} 于2026年11月9日周一 下午5:05写道：",
    "Gmail of 2014": f"2026-11-16 10:00 GMT+01:00 {NAMED}:",
    "Gmail, Danish": f"Den man. 16. nov. 2026 kl. 10.00 skrev {NAMED}:",
    "Gmail, Finnish": f"ma 16. marrask. 2026 klo 10.00 {NAMED} kirjoitti:",
    "Gmail, Czech": f"po 16. 11. 2026 v 10:00 odesílatel {NAMED} napsal:",
    "Gmail, Turkish": f"{NAMED}, 16 Kas 2026 Pzt, 10:00 tarihinde şunu yazdı:",
    "Gmail, Russian": f"пн, 16 нояб. 2026 г. в 10:00, {NAMED}:",
    "Gmail, Arabic": f"في الاثنين، 16 نوفمبر 2026 في 10:00 ص تمت كتابة ما يلي بواسطة {NAMED}:",
    "Gmail, Hebrew": f"\u202bבתאריך יום ב׳, 16 בנוב׳ 2026 ב-10:00 מאת \u202a{PERSON}\u202c\u200f <\u202a{ADDRESS}\u202c\u200f>:\u202c",
    "a language that nobody taught us": f"Ar Llun, 16 Tach 2026 am 10:00, ysgrifennodd {NAMED}:",
    "Gmail breaks before the address": f"On Mon, Nov 16, 2026 at 10:00 AM {PERSON} <\n{ADDRESS}> wrote:",
    "Gmail breaks before the address, Spanish": f"El lun, 16 nov 2026 a las 10:00, {PERSON} (<\n{ADDRESS}>) escribió:",
    "Gmail breaks before the address, Dutch": f"Op ma 16 nov 2026 om 10:00 schreef {PERSON} <\n{ADDRESS}>:",
    "Gmail breaks before the address, Chinese": f"{PERSON} <\n{ADDRESS}> 于2026年11月16日周一 10:00写道：",
    "Gmail breaks before the address, Japanese": f"2026年11月16日(月) 10:00 {PERSON} <\n{ADDRESS}>:",
    "Gmail breaks behind the address": f"man. 16. nov. 2026 kl. 10:00 skrev {PERSON} <{ADDRESS}\n>:",
    "Horde, German": f"Zitat von {NAMED}:",
    "only a name": f"{PERSON} wrote:",
    "only an address": "maya@tidemark.example wrote:",
    "Apple Mail, Polish": f"Wiadomość napisana przez {NAMED} w dniu 16.11.2026, o godz. 10:00:",
    "Thunderbird, Korean": f"26. 11. 16. 10:00에 {PERSON} 이(가) 쓴 글:",
    "a day without a time": f"Am Montag, dem 16. November 2026, schrieb {PERSON}:",
    "name first, German": f"{PERSON} schrieb am 16.11.2026 um 10:00:",
}
HEADS = {
    "Outlook, Spanish": f"-----Mensaje original-----\nDe: {NAMED} \nEnviado el: lunes, 16 de noviembre de 2026 10:00\nPara: Rosa\nAsunto: Notas",
    "Outlook, German": f"-----Ursprüngliche Nachricht-----\nVon: {PERSON} [mailto:{ADDRESS}] \nGesendet: Montag, 16. November 2026 10:00\nAn: Otto\nBetreff: Notizen",
    "Outlook, French": f"-----Message d'origine-----\nDe : {NAMED}\nEnvoyé : lundi 16 novembre 2026 10:00\nÀ : Yves\nObjet : Notes",
    "Outlook, Dutch": f"-----Oorspronkelijk bericht-----\nVan: {NAMED}\nVerzonden: maandag 16 november 2026 10:00\nAan: Daan\nOnderwerp: Notities",
    "Outlook, Japanese": f"-----元のメッセージ-----\n差出人: {NAMED}\n送信日時: 2026年11月16日 10:00\n宛先: 佐藤\n件名: メモ",
    "Outlook, Chinese": f"-----邮件原件-----\n发件人: {NAMED}\n发送时间: 2026年11月16日 10:00\n收件人: 陈\n主题: 笔记",
    "Outlook, Norwegian": f"Fra: {NAMED}\nSendt: mandag 16. november 2026 10:00\nTil: Marit\nEmne: Notater",
    "Outlook, Finnish": f"Lähettäjä: {NAMED}\nLähetetty: maanantai 16. marraskuuta 2026 10.00\nVastaanottaja: Kaisa\nAihe: Muistiot",
    "Outlook, Arabic": f"\u200fمن: {NAMED}\n\u200fتم الإرسال: 16/11/2026 10:00\n\u200fإلى: ليلى\n\u200fالموضوع: ملاحظات",
    "Outlook, Hebrew": f"\u200fמאת: {NAMED}\n\u200fנשלח: 16/11/2026 10:00\n\u200fאל: דנה\n\u200fנושא: הערות",
    "GroupWise": f">>> {NAMED} 16.11.2026 10:00 >>>",
    "GroupWise without an address": '>>> "Maya Okafor" 11/16/2026 10:00 AM >>>',
    "Open-Xchange, German": f"{NAMED} hat am 16.11.2026 10:00 CET geschrieben:",
    "Gmail, Catalan": f"Missatge de {NAMED} del dia dl., 16 de nov. 2026 a les 10:00:",
    "Outlook, Brazilian": f"De: {NAMED}\nEnviada em: segunda-feira, 16 de novembro de 2026 10:00\nPara: Ned\nAssunto: Notas",
    "a telephone, Chinese": f"-------- 原始信息 --------\n由： {NAMED}\n日期： 2026/11/16 10:00 (GMT+08:00)\n收件人： 陈\n主题： 笔记",
    "a row that nobody taught us": f"From: {NAMED}\nClassification: open to all\nDate: 16 November 2026 10:00\nSubject: Notes",
    "eM Client, Dutch": f"------ Origineel bericht ------\nVan: {NAMED}\nAan: Daan\nVerzonden: 16-11-2026 10:00:15\nOnderwerp: Notities",
    "a ruler with words that nobody taught us": f"----- Neges wreiddiol -----\nFrom: {NAMED}\nDate: 16 November 2026 10:00\nSubject: Nodiadau",
    "without accents and in asterisks": f"** De : {NAMED} **\n** Envoye : lundi 16 novembre 2026 10:00 **\n** A : Yves **\n** Objet : Notes **",
    "Samsung, all in one row": f"-------- Ursprüngliche Nachricht --------Von: {NAMED} Datum: 16.11.26  10:00  (GMT+01:00) An: Otto Betreff: Notizen",
    "an answer to a forward": f"From: {NAMED}\nSent: Monday, November 16, 2026 10:00 AM\nTo: Ned\nSubject: FW: Notes",
}
LAST_LINES = [
    "Sent from my Samsung Galaxy smartphone.",
    "Sent from my mobile device",
    "Sent from Outlook for iOS",
    "Get Outlook for Android",
    "Sent with Shortwave",
    "Von meinem Mobiltelefon gesendet",
    "Von meinem iPad gesendet",
    "Gesendet mit der GMX Mail App",
    "Gesendet von Outlook für iOS",
    "Envoyé depuis mon appareil Galaxy",
    "Envoyé de mon iPad",
    "Envoyé à partir de Outlook pour Android",
    "Télécharger Outlook pour Android",
    "Enviado desde Outlook para Android",
    "Enviado desde mi iPad",
    "Verzonden vanaf mijn Galaxy",
    "Verstuurd vanaf mijn iPhone",
    "Download Outlook voor iOS",
    "发自我的小米手机",
    "发自我的华为手机",
    "从 iPhone 发送",
    "iPadから送信",
    "Outlook for Androidを入手",
    "Odesláno z iPhonu",
    "取得 iOS 版 Outlook",
    "Yahoo Mail: Search, Organize, Conquer",
    "This email has been checked for viruses by Avast antivirus software.\nwww.avast.com",
    "Diese E-Mail wurde von Avast-Antivirussoftware auf Viren geprüft.",
    "L'absence de virus dans ce courrier électronique a été vérifiée par le logiciel antivirus Avast.",
    "Please consider the environment before printing this e-mail.",
    "CONFIDENTIALITY NOTICE: the contents of this email are intended solely for the addressee.",
    "This message contains confidential information and is intended only for the individual named.",
    "Ce message et toutes les pièces jointes sont confidentiels et établis à l'intention exclusive de leurs destinataires.",
    "AVISO LEGAL: Este mensaje y sus archivos adjuntos van dirigidos exclusivamente a su destinatario y pueden ser confidenciales.",
    "Dit bericht is uitsluitend bestemd voor de geadresseerde en kan vertrouwelijke informatie bevatten.",
    "本邮件及其附件含有保密信息，仅限于发送给上面地址中列出的个人或群组。",
    "このメールには機密情報が含まれている場合があります。誤って受信された場合は、直ちに削除してください。",
]
SIGNATURES = {
    "English": "Kind regards\nMaya Okafor\nDirector | Harbour Fund\nmaya@harbour.example | +44 20 7946 0001",
    "with an address": "Best\nMaya Okafor, PhD\nHarbour Fund, 12 Quay Street, Bristol BS1 4XX\nharbourfund.example",
    "in one row": "Thanks!\n\nMaya Okafor | Harbour Fund | maya@harbour.example | +44 20 7946 0001",
    "two languages": "Mit freundlichen Grüßen / Kind regards\n\nKarla Tietjen\nHafenfonds eG\nTelefon: +49 4931 555 0111",
    "German": "Mit freundlichen Grüßen\n\ni. A. Otto Blaschke\nDeichverband Nord\nTelefon: 04931 555-0",
    "French": "Bien à vous,\nYves Kermarrec\nPhare des Aigrettes\nPort. : 06 55 01 23 45\nwww.phare.example",
    "Spanish": "Saludos cordiales,\nRosa Ibarra\nHuertos del Río\nMóvil: 600 555 014",
    "Dutch": "Hartelijke groet,\nDaan Hoekstra\nWadden & Wind\nT 0515 555 014",
    "Chinese": "祝好\n陈雨桐\n海棠社区 | 项目经理\n手机：138-0555-0101\n邮箱：yutong@haitang.example",
}
HEAD_ROWS = f"<b>From:</b> {PERSON} &lt;{ADDRESS}&gt;<br><b>Sent:</b> Monday, November 16, 2026 10:00 AM<br><b>To:</b> Ned<br><b>Subject:</b> Notes"
OUTLOOK_HEAD = f'<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p>{HEAD_ROWS}</p></div>'
WARNING = '<p><span style="color:red">CAUTION: this mail came from outside the organisation.</span></p>'
WARNINGS = [
    "[EXTERNAL] This message was sent from outside of your organization. Please do not click links or open attachments.",
    "CAUTION: This email originated from outside the Estuary Board. Do not click on links.",
    "ACHTUNG: Diese E-Mail stammt von außerhalb des Deichverbands. Bitte keine Links anklicken und keine Anhänge öffnen.",
    "Attention : ce courriel provient de l'extérieur. Ne cliquez sur aucun lien.",
    "ATENCIÓN: este correo procede de fuera de la organización. No haga clic en enlaces ni abra adjuntos.",
    "LET OP: dit bericht komt van buiten de organisatie. Open geen bijlagen.",
    "【外部メール】このメールは社外から届きました。リンクや添付ファイルにご注意ください。",
    "【外部邮件】此邮件来自外部，请勿点击链接或打开附件。",
]
COLOURED = {
    "answers between": Shape(
        f'<p>Answers in blue.</p>{OUTLOOK_HEAD}<p>Friday?</p><p style="color:#1f497d">Yes.</p><p>By boat?</p><p style="color:#1f497d">No.</p><p>Maya</p>',
        "Answers in blue.\n> Friday?\nYes.\n> By boat?\nNo.",
        kind="html",
    ),
    "highlighted answers": Shape(
        f'<p>{WORDS}</p>{OUTLOOK_HEAD}<p>Friday?</p><p><span style="background:yellow;mso-highlight:yellow">Yes.</span></p><p>Maya</p>',
        f"{WORDS}\n> Friday?\nYes.",
        kind="html",
    ),
    "answers in red among what is marked": Shape(
        f'<div>Mine in red.</div><blockquote type="cite"><div>On Nov 16, 2026, at 10:00 AM, {PERSON} &lt;{ADDRESS}&gt; wrote:</div>'
        '<div>Friday?</div><div><font color="#ff2600">Yes.</font></div><div>Maya</div></blockquote>',
        "Mine in red.\n> Friday?\nYes.",
        kind="html",
    ),
    "a warning in what is quoted": Shape(f"<p>{WORDS}</p>{OUTLOOK_HEAD}{WARNING}<p>Friday?</p>", WORDS, kind="html"),
    "a name in what is quoted": Shape(
        f'<p>{WORDS}</p>{OUTLOOK_HEAD}<p>Friday?</p><p style="color:#0070C0">Maya Okafor</p><p>Harbour Fund</p>', WORDS, kind="html"
    ),
    "a signature that its program names": Shape(
        f"<div>{WORDS}</div><signature><div>Maya Okafor</div><div>Harbour Fund</div></signature>", WORDS, kind="html"
    ),
    "a forwarded mail within what wraps quotations": Shape(
        f'<p>{WORDS}</p><div id="mail-editor-reference-message-container">{OUTLOOK_HEAD}<p>Friday?</p></div>',
        f"{WORDS}\nFrom: {NAMED}\nSent: Monday, November 16, 2026 10:00 AM\nTo: Ned\nSubject: Notes\nFriday?",
        subject="FW: Notes",
        kind="html",
    ),
}
FORWARDED_ROWS = (
    "From: Harbour <h@x.example>\nSent: Monday, November 16, 2026 10:00 AM\nTo: Ned\nSubject: Gauge\n\nThe gauge rises."
)
FORWARDED = f"For you all.\n\n{FORWARDED_ROWS}"
TRAPS = {
    "contacts": Shape(
        "Here are the numbers for the weekend:\n\nMarit Solheim, +47 555 01 234\nSven Åkerblom, +46 555 01 23\nthe hut: www.hut.example\n\nCall Sven first."
    ),
    "a contact at the end": Shape("You asked whom to call. It is:\n\nMarit Solheim\nFjordhuset\n+47 555 01 234"),
    "hours of a week": Shape(
        "Opening hours for the week:\nFrom: Monday 9:00\nTo: Friday 17:00\nSubject: to weather.\n\nAnybody who wants a key, tell me."
    ),
    "times of trains": Shape("Who comes along?\n\nVon: Bremen, Gleis 3\nAn: Husum, 14:22\nDatum: 27.11.2026\n\nI have biscuits."),
    "from where to where": Shape("Date: 28.11.2026, 10:00\nFrom: the church\nTo: the slip\n\nBring boots."),
    "somebody's words, told": Shape("When I asked, she wrote:\n\n> No.\n\nThat was all. What shall we do?"),
    "somebody's words, with a day": Shape(
        "I am cross.\n\nHere is what the council wrote on 16 November 2026 at 10:00:\n\n“We will see.”\n\nI call that a maybe."
    ),
    "what was written down": Shape(
        "On 12 November 2026 at 19:30 we met at Judith's and wrote down:\n\n> No dogs on the slip.\n\nAnything missing?",
        subject="Minutes",
    ),
    "a warning of one's own": Shape(
        "Attention, all of you: the outside door sticks, and the new lock clicks twice before it opens.\n\nMind your fingers."
    ),
    "a quotation in what says nowhere that it answers": Shape(
        f"{WORDS}\n\nOn 16/11/26 10:00, {PERSON} wrote:\n{MARKED}", WORDS, subject="Notes"
    ),
    "thanks": Shape("Thanks"),
    "one sign": Shape("👍"),
    "only a sign-off": Shape("Best regards,\nMaya"),
    "a postscript": Shape("Count me in.\n\nThanks,\nNed\n\nPS. Bring the rope."),
    "two dashes as a ruler": Shape(
        "First the good news: the roof holds.\n\n--\n\nNow the bad news: the cellar does not. We pumped all night, and the pump is tired, "
        "and so are we. Come and see for yourselves before you vote.\n\n--\n\nThird, there is soup."
    ),
    "a number within": Shape("Please ring me on +44 20 7946 0123 before noon, or write to ned@slipway.example."),
    "ends with wrote": Shape("This is what my grandmother wrote:"),
    "regards in a sentence": Shape(
        "Kind regards to everybody at the harbour from all of us. The children ask for you.\n\nWe kept your hat."
    ),
    "confidential words": Shape(
        "This is confidential: the mayor will resign on Friday. Please do not forward it before then.\n\nWe need three people on Saturday."
    ),
    "sent from in a sentence": Shape("Sent from the harbour office this morning: forty letters. Twelve came back already."),
    "sent from at the end": Shape("Here are the minutes.\n\nSent from my desk, which is so much easier than standing in the rain."),
    "dashes as bullets": Shape("What we need:\n- rope\n- a ladder\n- two people who are not afraid\n\nWhat we have:\n- soup"),
    "a passage of one's own, HTML": Shape(
        '<div dir="ltr"><div>In the charter we say:</div><blockquote style="margin:0 0 0 40px;border:none;padding:0"><div>We listen '
        "before we speak.</div></blockquote><div>I would put it first.</div></div>",
        "In the charter we say:\n> We listen before we speak.\nI would put it first.",
        kind="html",
    ),
    "words right above the line of a telephone": Shape(f"{WORDS}\nAz iPhone-omról küldve", WORDS),
    "words above the line of a telephone in two rows": Shape(f"{WORDS[:-1]}\nVon meinem iPhone\ngesendet", WORDS[:-1]),
    "a signature above a forwarded mail": Shape(
        f"{WORDS}\n\n-- \nMaya Okafor\nHarbour Fund\n\n{FORWARDED_ROWS}", f"{WORDS}\n\n{FORWARDED_ROWS}", subject="Fwd: Gauge"
    ),
    "the line of a telephone above a forwarded mail": Shape(
        f"{WORDS}\n\nSent from my iPhone\n\nBegin forwarded message:\n\n{FORWARDED_ROWS}",
        f"{WORDS}\n\nBegin forwarded message:\n\n{FORWARDED_ROWS}",
        subject="Fwd: Gauge",
    ),
    "a forwarded mail of Orange": Shape(
        f"{WORDS}\n\n> Message du 16/11/26 10:00\n> De : Yves <yves@phare.example>\n> A : maya@harbour.example\n> Objet : Cale\n>\n> La cale est libre.",
        subject="TR : Cale",
    ),
    "a card below a name that was typed": Shape(
        f"{WORDS}\n\nBest,\nMaya\n\nMaya Okafor\nHarbour Fund\n+44 20 7946 0001", f"{WORDS}\n\nBest,\nMaya"
    ),
    "going on below one's own name": Shape(
        f"{WORDS}\n\nBest wishes,\n\nTom\n\nBut now that I think of it, my brother may have the boat on Friday, and then we would\n"
        "come by road and be there late in the afternoon.\n\nShall I bring the charts all the same?"
    ),
    "a motto below one's own name": Shape(
        f"{WORDS}\n\nBest wishes,\n\nTom Reed\nHarbour master\n\nWe keep the lamps lit and the ropes dry.\n\ntom@reed.example",
        WORDS,
    ),
    "words that begin like an attribution": Shape(
        f"{WORDS}\nIl y a encore un bateau\nLe lun. 16 nov. 2026, 10:00, {PERSON} a écrit :\n{MARKED}",
        f"{WORDS}\nIl y a encore un bateau",
    ),
    "a name that begins like an attribution": Shape(
        f"{WORDS}\n\nOn Monday, 16 November 2026 at 10:00,\nLe Phare <{ADDRESS}> wrote:\n{MARKED}", WORDS
    ),
    "an invitation that looks like a head": Shape(
        "Come and see the boat!\n\nWhere: the harbour\nWhen: 16.11.2026, 10:00\nAsk: maya@tidemark.example"
    ),
    "a rule of one's own, HTML": Shape(
        "<p>First: the roof.</p><hr><p>Second: the raffle.</p>", "First: the roof.\nSecond: the raffle.", kind="html"
    ),
    "bold words like a head, HTML": Shape(
        "<p><b>From:</b> the office<br><b>To:</b> the harbour</p><p>That is how her letters began.</p>",
        "From: the office\nTo: the harbour\nThat is how her letters began.",
        kind="html",
    ),
}
SHAPES = {
    **{f"attribution: {name}": Shape(f"{WORDS}\n\n{line}\n\n{MARKED}", WORDS) for name, line in ATTRIBUTIONS.items()},
    **{f"head: {name}": Shape(f"{WORDS}\n\n{head}\n\n{BARE}", WORDS) for name, head in HEADS.items()},
    **{f"last line: {line[:40]}": Shape(f"{WORDS}\n\n{line}", WORDS) for line in LAST_LINES},
    **{
        f"last line, quoted: {line[:40]}": Shape(f"{WORDS}\n\n{line}\n\nOn Mon, 16 Nov 2026, 10:00 {NAMED} wrote:\n{MARKED}", WORDS)
        for line in LAST_LINES
    },
    **{f"warning: {line[:30]}": Shape(f"{line}\n\n{WORDS}\n\nMaya", f"{WORDS}\n\nMaya") for line in WARNINGS},
    **{f"HTML: {name}": shape for name, shape in COLOURED.items()},
    **{f"signature: {name}": Shape(f"{WORDS}\n\n{lines}", WORDS) for name, lines in SIGNATURES.items()},
    **{
        f"forward: {mark}": Shape(FORWARDED, subject=f"{mark} Gauge")
        for mark in ("Fwd:", "FW:", "RV:", "TR:", "WG:", "Doorst:", "转发:", "轉寄:", "転送:", "I:", "ENC:")
    },
    **{f"trap: {name}": shape for name, shape in TRAPS.items()},
}
