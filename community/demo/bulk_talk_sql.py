"""The statements of `bulk_talk`: posts are written where they stay, so that hundreds of thousands never pass through Python.

What looks thrown is a hash of the row's own numbers: the same community each time.
"""

from __future__ import annotations

from collections.abc import Iterable

from foundation.search.words import CONFIGURATION

PARAGRAPHS = f"""
CREATE TEMPORARY TABLE bulk_paragraph ON COMMIT DROP AS
SELECT row_number() OVER () AS pk, rich, plain, to_tsvector('{CONFIGURATION}', plain) AS words
FROM unnest(%(rich)s::text[], %(plain)s::text[]) AS given (rich, plain);
CREATE UNIQUE INDEX ON bulk_paragraph (pk);
ANALYZE bulk_paragraph;
"""  # noqa: S608  a name of ours
LABELS = """
CREATE TEMPORARY TABLE bulk_labels ON COMMIT DROP AS
SELECT a.user_id AS person, (
  SELECT coalesce(jsonb_agg(own.name), '[]'::jsonb) FROM (
    SELECT l.name FROM ambassadors_ambassador_role_labels r JOIN foundation_rolelabel l ON l.id = r.rolelabel_id
    WHERE r.ambassador_id = a.id AND a.role_labels_audience <> 'staff' ORDER BY l.position, l.name LIMIT %(most)s
  ) own) AS labels
FROM ambassadors_ambassador a;
CREATE UNIQUE INDEX ON bulk_labels (person);
ANALYZE bulk_labels;
"""
SEATS = """
CREATE TEMPORARY TABLE bulk_seat AS
SELECT thread, person, posts, row_number() OVER (PARTITION BY thread ORDER BY place) AS seat, count(*) OVER (PARTITION BY thread) AS seats
FROM unnest(%(threads)s::bigint[], %(people)s::bigint[], %(posts)s::integer[]) WITH ORDINALITY AS given (thread, person, posts, place);
CREATE UNIQUE INDEX ON bulk_seat (thread, seat);
ANALYZE bulk_seat;
"""
WRITTEN = ("thread_id", "number", "author_id", "body", "labels", "posted_at", "told_at")
# Who speaks, and with which one to three paragraphs. The first post is the first one's.
POSTS = """
CREATE TEMPORARY TABLE bulk_post AS
SELECT nextval(pg_get_serial_sequence('discussions_post', 'id')) AS pk, t.id AS thread, t.space_id AS space, t.subject, n.number,
  s.person AS author, t.started_at + (t.last_post_at - t.started_at) * ((n.number - 1) / greatest(t.last_number - 1, 1)::float) AS posted_at,
  1 + {dice_1} %% %(paragraphs)s AS first, CASE WHEN {dice_2} %% 3 > 0 THEN 1 + {dice_3} %% %(paragraphs)s END AS second,
  CASE WHEN {dice_2} %% 3 > 1 THEN 1 + {dice_4} %% %(paragraphs)s END AS third
FROM (SELECT DISTINCT thread, seats FROM bulk_seat) b JOIN discussions_thread t ON t.id = b.thread
CROSS JOIN LATERAL generate_series(1, t.last_number) AS n (number)
JOIN bulk_seat s ON s.thread = t.id AND s.seat = CASE WHEN n.number = 1 THEN 1 ELSE 1 + {dice_5} %% b.seats END;
ANALYZE bulk_post;
INSERT INTO discussions_post (id, {written})
SELECT p.pk, p.thread, p.number, p.author, concat(a.rich, b.rich, c.rich), coalesce(l.labels, '[]'::jsonb), p.posted_at, p.posted_at{values}
FROM bulk_post p LEFT JOIN bulk_labels l ON l.person = p.author
JOIN bulk_paragraph a ON a.pk = p.first LEFT JOIN bulk_paragraph b ON b.pk = p.second LEFT JOIN bulk_paragraph c ON c.pk = p.third
ORDER BY p.thread, p.number;
"""
ENTRIES = """
INSERT INTO foundation_searchentry (kind, target_type_id, target_id, audience, author_id, title, names, lead, text, url, at, is_stale, vector)
SELECT 'post', %(type)s, p.pk::text, k.audience, p.author, p.subject, '', '', concat_ws(E'\\n\\n', a.plain, b.plain, c.plain),
  '/discussions/posts/' || p.pk || '/', p.posted_at, false, setweight(a.words || coalesce(b.words, '') || coalesce(c.words, ''), 'C')
FROM bulk_post p
JOIN bulk_paragraph a ON a.pk = p.first LEFT JOIN bulk_paragraph b ON b.pk = p.second LEFT JOIN bulk_paragraph c ON c.pk = p.third
CROSS JOIN LATERAL (
  SELECT 'space:' || p.space AS audience WHERE p.space IS NOT NULL
  UNION ALL SELECT 'person:' || s.person FROM bulk_seat s WHERE s.thread = p.thread AND p.space IS NULL
) k
"""
# In two of three questions somebody's answer has helped.
HELPED = """
UPDATE discussions_thread t SET helped_id = p.pk FROM bulk_post p
WHERE p.thread = t.id AND t.kind = 'question' AND t.id % 3 > 0 AND p.number = 2
"""
MARKS = """
INSERT INTO discussions_readmark (thread_id, person_id, number, read_at)
SELECT s.thread, s.person, greatest(1, s.posts - s.seat * 3 % 7), t.last_post_at
FROM bulk_seat s JOIN discussions_thread t ON t.id = s.thread JOIN ambassadors_user u ON u.id = s.person AND u.remembers_reading
WHERE t.last_post_at > now() - interval '1 year'
ON CONFLICT DO NOTHING
"""
FOLLOWS = """
INSERT INTO discussions_follow (thread_id, person_id, level, since)
SELECT s.thread, s.person, 'every reply', t.started_at FROM bulk_seat s JOIN discussions_thread t ON t.id = s.thread AND t.space_id IS NOT NULL
WHERE s.seat <= 8
ON CONFLICT DO NOTHING
"""
AWAY = "DROP TABLE bulk_post; DROP TABLE bulk_seat"


def posts_of_seats(others: Iterable[str]) -> str:
    """The statement that writes the posts, with the defaults of further columns as parameters of their names."""
    names = list(others)
    dice = {f"dice_{n}": f"(hashint8extended(t.id * 1000003 + n.number, {n}) & 1073741823)" for n in range(1, 6)}
    return POSTS.format(written=", ".join([*WRITTEN, *names]), values="".join(f", %({name})s" for name in names), **dice)
