// <form class="composer" data-draft="person:thread">, or "person:new…" where a conversation begins: keeps what one writes in this browser at
// once and on the server after a pause, brings it back after a lost connection, puts quotations where one writes, and shows a preview
// below. Without this file the form does all but the keeping, which Preview does.
(() => {
  const PREFIX = "draft:";
  const PAUSE = 2500;
  const KEPT = 30 * 24 * 3600 * 1000;
  const BESIDE = ["subject", "also", "space", "kind"]; // what a form with which a conversation begins has beside its words
  const editors = new WeakMap();
  const waiting = new WeakMap();
  const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.replace(/\s+/g, "");
  const keyOf = (form) => PREFIX + form.dataset.draft;
  const formOf = (element) => element.closest?.("form[data-draft]");

  function stored(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function store(key, value) {
    try {
      if (value) localStorage.setItem(key, JSON.stringify(value));
      else localStorage.removeItem(key);
    } catch {
      // A full or closed store: the server's copy remains.
    }
  }

  function say(form, what) {
    const state = form.querySelector("[data-draft-state]");
    if (state) state.textContent = what ? state.dataset[what] : "";
  }

  async function save(form) {
    const data = new FormData();
    for (const name of ["csrfmiddlewaretoken", "body", "body-format", "to", ...BESIDE]) {
      if (form.elements[name]) data.set(name, form.elements[name].value);
    }
    try {
      const answer = await fetch(form.dataset.draftUrl, { method: "POST", body: data });
      say(form, answer.ok ? "saved" : "offline");
    } catch {
      say(form, "offline");
    }
  }

  function keep(form) {
    const own = { body: form.elements.body.value, answers: form.elements.answers?.value, at: Date.now() };
    for (const name of BESIDE) own[name] = form.elements[name]?.value;
    store(keyOf(form), plain(own.body) || own.subject ? own : null);
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => save(form), PAUSE));
  }

  // What stands on the page as a post has been sent; what somebody else left in this browser is none of ours.
  function tidy(form) {
    const person = PREFIX + form.dataset.draft.split(":")[0] + ":";
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
      if (!key.startsWith(person) || Date.now() - (stored(key)?.at ?? 0) > KEPT) store(key, null);
    }
    const said = [...document.querySelectorAll(".post__body")].map((body) => body.textContent.replace(/\s+/g, ""));
    for (const key of Object.keys(localStorage).filter((name) => name === keyOf(form) || name.startsWith(`${person}new`))) {
      const words = plain(stored(key)?.body ?? "");
      if (words && said.includes(words)) store(key, null);
    }
  }

  // What the address asks for stays as it asks.
  function putBeside(form, own) {
    const asked = new URLSearchParams(location.search);
    for (const name of BESIDE) if (form.elements[name] && own[name] && !asked.has(name)) form.elements[name].value = own[name];
  }

  function insert(editor, html) {
    editor.chain().insertContentAt(editor.state.doc.content.size, html).focus("end").run();
  }

  function begin({ editor, textarea }) {
    const form = formOf(textarea);
    if (!form) return;
    editors.set(form, editor);
    tidy(form);
    const own = stored(keyOf(form));
    if (!own || new URLSearchParams(location.search).has("quote")) return;
    if (form.elements.answers) form.elements.answers.value ||= own.answers ?? "";
    putBeside(form, own);
    if (plain(own.body) && plain(own.body) !== plain(textarea.value)) {
      editor.commands.setContent(own.body, { emitUpdate: true });
      keep(form);
    }
  }

  // An editor may be there before this file is read, or come with what htmx puts into the page.
  document.querySelectorAll(".prose-editor .ProseMirror").forEach(({ editor, parentElement }) => {
    if (editor) begin({ editor, textarea: parentElement.closest(".prose-editor").querySelector("textarea") });
  });
  document.addEventListener("prose-editor:ready", ({ detail }) => begin(detail));

  document.addEventListener("input", (event) => {
    const form = ["body", ...BESIDE].includes(event.target.name) && formOf(event.target);
    if (form) keep(form);
  });

  document.addEventListener("submit", (event) => {
    const form = formOf(event.target);
    if (!form || event.submitter?.hasAttribute("data-preview")) return;
    clearTimeout(waiting.get(form));
    if (event.submitter?.hasAttribute("data-draft-drop")) store(keyOf(form), null);
  });

  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href$='/quote/']");
    const form = link && document.querySelector("form[data-draft]");
    const editor = form && editors.get(form);
    if (!editor || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const marked = getSelection();
    const inPost = marked.anchorNode && link.closest("article")?.contains(marked.anchorNode);
    const address = new URL(link.href);
    if (inPost && String(marked).trim()) address.searchParams.set("words", String(marked).slice(0, 1500));
    const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) return;
    form.elements.answers.value = address.pathname.match(/posts\/(\d+)/)[1];
    insert(editor, await answer.text());
    form.scrollIntoView({ block: "center" });
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-preview]");
    const place = button?.form.querySelector("[data-preview-place]");
    if (!place) return;
    event.preventDefault();
    const data = new FormData();
    for (const name of ["csrfmiddlewaretoken", "body", "body-format", "thread", "to", ...BESIDE]) {
      if (button.form.elements[name]) data.set(name, button.form.elements[name].value);
    }
    const answer = await fetch(button.formAction, { method: "POST", body: data, headers: { "HX-Request": "true" } });
    if (answer.ok) place.innerHTML = await answer.text();
  });
})();
