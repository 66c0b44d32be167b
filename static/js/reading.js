// <form data-read> on a conversation: the posts that were on the screen for two seconds count as read. Only there for who lets that be
// remembered; without this file its button says so.
const form = document.querySelector("form[data-read]");
const PAUSE = 2000;
let newest = 0;
let sent = 0;
let timer;

async function send() {
  if (newest <= sent) return;
  const number = newest;
  const data = new FormData(form);
  data.set("number", String(number));
  try {
    await fetch(form.action, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" }, keepalive: true });
    sent = Math.max(sent, number);
  } catch {
    // The next post on the screen says it again.
  }
}

function look(entries) {
  if (document.hidden) return;
  for (const { target, intersectionRatio, intersectionRect } of entries) {
    const isSeen = intersectionRatio >= 0.5 || intersectionRect.height >= window.innerHeight / 2;
    if (isSeen) newest = Math.max(newest, Number(target.dataset.post));
  }
  clearTimeout(timer);
  timer = setTimeout(send, PAUSE);
}

if (form) {
  const observer = new IntersectionObserver(look, { threshold: [0.1, 0.25, 0.5, 0.75, 1] });
  const watch = (part) => part.querySelectorAll("[data-post]").forEach((post) => observer.observe(post));
  watch(document);
  document.addEventListener("htmx:load", ({ detail }) => detail.elt !== document.body && watch(detail.elt));
}

// More posts were put into the page: go on at the nearest of them.
document.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (!elt.classList?.contains("posts")) return;
  const posts = elt.querySelectorAll("[data-post]");
  const isEarlier = elt.previousElementSibling?.id === "posts-earlier";
  posts[isEarlier ? posts.length - 1 : 0]?.focus({ preventScroll: !isEarlier });
});
