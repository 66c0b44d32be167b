"""The words of the demo's stories. Everybody named here is invented; the quotations are from books that anybody can look up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """A piece of news: how many days ago it went out; none for a draft, a negative number for one that is to go out."""

    title: str
    lead: str
    body: str
    days_ago: float | None
    authors: tuple[str, ...] = ()
    drawn: str = ""  # what the drawing above it shows


NEWS = [
    Piece(
        "What nineteen boards did with bad news",
        "We asked ambassadors for the last time a figure disappointed their board. The answers were franker than we had hoped.",
        "<p>Nineteen people wrote to us. In eleven boardrooms the first question was whose fault it was. In five it was whether the "
        "figure could be right. In three somebody asked what the families had said.</p>"
        "<h2>What the three had in common</h2>"
        "<ul><li>The board had seen the same figure before, in better times, and knew what it was made of.</li>"
        "<li>Whoever brought it was not the person whose programme it judged.</li>"
        "<li>There was a date for looking at it again, and the date was kept.</li></ul>"
        "<p>None of this needs money. Two of the three are small organisations with boards that meet in a kitchen.</p>"
        "<blockquote><p>We used to rehearse the good news and improvise the bad. Now it is the other way round.</p></blockquote>",
        67,
        ("Ngozi Adeyemi-Clarke", "Priya Raghunathan"),
    ),
    Piece(
        "One afternoon, one question",
        "Our gatherings get shorter. From now on each has a single question, and an hour in which nobody presents anything.",
        "<p>Members told us the same thing in different words: the breaks are the best part. So we took the hint. The next gatherings "
        "begin with one person's open question, twenty minutes of it, and then small groups that try to be of use.</p>"
        "<p>The first question comes from Bremerhaven: <em>how do you stop a programme that everybody likes?</em></p>"
        "<p>You need not prepare. You should be willing to say what went wrong with you.</p>",
        41,
        ("Annegret Wolkenstein",),
        "Three rowing boats on a calm sea, drawn in a few flat colours",
    ),
    Piece(
        "A new sentence in our norms",
        "It is short, it was argued over for six weeks, and it says what happens to words that were meant for this room.",
        "<p>The sentence reads: <strong>what is said here stays here until the one who said it agrees to the wording in which it "
        "leaves.</strong></p>"
        "<p>It was always how we meant it. But twice last year a good remark turned up in a slide deck, with a name under it, and the "
        "person learned of it from a colleague. Nobody had acted in bad faith. Nobody had asked, either.</p>"
        '<p>You find it on the page about <a href="/norms/">our norms</a>, third from the top.</p>',
        23,
        ("Soledad Arriagada-Pincheira",),
    ),
    Piece(
        "Three questions that families answer gladly",
        "A clinic, a kitchen and a job centre compared their surveys and kept what people did not mind being asked.",
        "<p>Each brought the form it was using: fourteen, thirty-one and eighty-eight questions. They sat down with people who had "
        "filled them in and asked which ones they would have asked themselves.</p>"
        "<ol><li>Did what happened today help with what you came for?</li>"
        "<li>Was there a moment when you felt talked down to?</li>"
        "<li>What should we stop doing?</li></ol>"
        "<p>The third one fills half the page. Xiomara reads the answers aloud on Mondays, before the numbers.</p>",
        9,
        ("Xiomara Villalobos Ugarte", "Suleyman Karahodžić", "Jarek Sikorka"),
        "A table with three cups and one sheet of paper, drawn in a few flat colours",
    ),
    Piece(
        "Ask a statistician: Wednesdays are open",
        "Yevhenia Kovalchuk-Sinclair keeps an hour free each Wednesday for anybody here with a figure that looks wrong.",
        "<p>No question is too small. Last week's were: how many answers are enough, what to do with the two people who always give a "
        "nine, and whether a pie chart can lie. (It can.)</p>"
        "<p>Write to her from her profile. Bring the figure as it is, not as it will look in the report.</p>",
        2,
        ("Yevhenia Kovalchuk-Sinclair",),
    ),
    Piece(
        "Places in the spring learning circle",
        "Eight people, four evenings, one hard decision each. Applications open on the day this goes out.",
        "<p>A learning circle is not a course. You bring a decision that you have been putting off, and seven people who owe you "
        "nothing ask you about it.</p><p>We look for people who have not been in one before.</p>",
        -3,
        ("Wilhelmina Oduya-Strand",),
    ),
    Piece(
        "What we heard in the listening round",
        "Forty short calls with members, and the four things that came up in more than half of them.",
        "<p>Still to be written: the numbers are in, the quotes are out for consent.</p>",
        None,
    ),
]


@dataclass(frozen=True)
class Quote:
    """Words from a book, and the days from today on which a page shows them."""

    text: str
    author: str
    source: str
    page: str = "home"
    first: int | None = None
    last: int | None = None


QUOTATIONS = [
    Quote("The growing good of the world is partly dependent on unhistoric acts.", "George Eliot", "Middlemarch, Finale, 1872"),
    Quote(
        "If a man will begin with certainties, he shall end in doubts; but if he will be content to begin with doubts, "
        "he shall end in certainties.",
        "Francis Bacon",
        "The Advancement of Learning, Book I, 1605",
        last=60,
    ),
    Quote(
        "Nothing will ever be attempted, if all possible objections must be first overcome.",
        "Samuel Johnson",
        "Rasselas, chapter 6, 1759",
        "about",
    ),
    Quote(
        "Ignorance more frequently begets confidence than does knowledge.",
        "Charles Darwin",
        "The Descent of Man, Introduction, 1871",
        "community",
        first=-40,
    ),
    Quote("It is never too late to give up our prejudices.", "Henry David Thoreau", "Walden, “Economy”, 1854", first=-90, last=-8),
    Quote(
        "Reading maketh a full man; conference a ready man; and writing an exact man.",
        "Francis Bacon",
        "Essays, “Of Studies”, 1625",
        "about",
        first=20,
        last=50,
    ),
]


@dataclass(frozen=True)
class Words:
    """What somebody says of the community, and how far it has come."""

    person: str
    text: str
    state: str
    attribution: str = "full"
    role: str = ""


TESTIMONIALS = [
    Words(
        "Thaddeus Brightmoor",
        "I brought a chart I was proud of. Somebody asked what the tallest bar would look like if we counted the people who left. "
        "We count them now.",
        "published",
        role="runs a food programme in Cleveland",
    ),
    Words(
        "Henriette Dampierre-Koné",
        "It is the one place where a funder may say “I do not know” and be believed.",
        "published",
        "first",
    ),
    Words(
        "Chidinma Obiora-Wells",
        "Nobody here sells me anything. They tell me what it cost them.",
        "published",
        "none",
    ),
    Words(
        "Ngozi Adeyemi-Clarke",
        "In my second year I stopped asking which indicator to use and started asking whom it would help to know.",
        "asked",
        role="Chief executive, Riverside Family Centres",
    ),
    Words(
        "Tomasz Wierzbicki",
        "My grantees say I have become easier to tell the truth to. I take that as a result.",
        "offered",
        role="Programme director",
    ),
]

DECK_TITLE = "Where to begin: five small habits"
SLIDES = [
    ("Where to begin", "Five small habits of organisations that learn from their own results", ""),
    (
        "1. Ask fewer questions",
        "A question stays only if somebody can say what they would do differently after each answer.",
        "8 of 31",
    ),
    ("2. Ask sooner", "The day after beats the year after, even if the sample is small.", "1 day"),
    ("3. Read the answers aloud", "Ten minutes at the start of a meeting, before any figure is shown.", "10 min"),
    ("4. Count those who left", "A success rate among those who stayed is a story about staying.", "all"),
    ("5. Say what you changed", "People answer again when they have seen that it mattered.", "1 board"),
]
DECK_TEXT = (
    "<h2>Slide 1: Where to begin</h2><p>Five small habits of organisations that learn from their own results.</p>"
    "<h2>Slide 2: Ask fewer questions</h2><p>A question stays only if somebody can say what they would do differently after each "
    "answer. The large figure says: 8 of 31. So many questions were left when one of our members went through its survey.</p>"
    "<h2>Slide 3: Ask sooner</h2><p>The day after beats the year after, even if the sample is small. The large figure says: 1 day.</p>"
    "<h2>Slide 4: Read the answers aloud</h2><p>Ten minutes at the start of a meeting, before any figure is shown.</p>"
    "<h2>Slide 5: Count those who left</h2><p>A success rate among those who stayed is a story about staying. The large word says: "
    "all.</p>"
    "<h2>Slide 6: Say what you changed</h2><p>People answer again when they have seen that it mattered: one sheet on one notice board "
    "is enough.</p>"
)
DECK_COVER = "The first slide: the words “Where to begin” in large letters over three flat waves"


@dataclass(frozen=True)
class Helper:
    """Somebody of the support team, what they show on the page about it, and how their portrait is drawn."""

    name: str
    email: str
    role: str
    slug: str
    text: str
    portrait: str
    shows: tuple[str, ...] = ("name", "text", "photo")


TEAM = [
    Helper(
        "Marguerite Osei",
        "marguerite@tidemark.example",
        "Community manager",
        "community-manager",
        "I open the door, introduce people who ought to know each other, and answer most of the letters. If you have not heard from us "
        "in three days, it is my fault.",
        "deep headwrap",
    ),
    Helper(
        "Idris Vantongeren",
        "idris@tidemark.example",
        "Knowledge manager",
        "knowledge-manager",
        "What is learned here tends to evaporate. I sit at the edge of conversations with a notebook and ask, afterwards, whether I may "
        "write it down.",
        "brown short glasses beard",
    ),
    Helper(
        "Paloma Achterberg",
        "paloma@tidemark.example",
        "Events and technology",
        "events",
        "I make the calls work, mute the dog, and help people who have never used any of this. No question about buttons is too simple.",
        "light bob red",
    ),
]

SUPPORTERS = [
    (
        "Fairwater Endowment",
        "https://fairwater.example/",
        "Pays for the support team for three years, and has asked for one report in return: what did not work.",
        "waves",
    ),
    (
        "The Lantern Co-operative",
        "https://lantern.example/",
        "Lends us its rooms, its kettle and, in November, its choir.",
        "lantern",
    ),
]
