// <form data-written="person:edition:part" data-autosave-url="…">: keeps what one writes in this browser at once and on the server after a
// pause, and brings it back after a lost connection. The form carries what the page showed (`shown`); the server answers with what it is to
// carry from then on, and refuses where somebody else has changed the same text. `press` names a press of Save, and the address to which
// the server leads names it again (`?kept=`): only then nothing is left to bring back. Without this file one presses Save.
(() => {
  const PREFIX = "written:";
  const PAUSE = 2500;
  const AGAIN = 15000;
  const KEPT = 30 * 24 * 3600 * 1000;
  const NOT_KEPT = ["csrfmiddlewaretoken", "note", "press"];
  const editors = new WeakMap();
  const waiting = new WeakMap();
  const saving = new WeakMap();
  const kept = new URLSearchParams(location.search).get("kept");
  const formOf = (element) => element.closest?.("form[data-written]");
  const forms = () => [...document.querySelectorAll("form[data-written]")];
  const keyOf = (form) => PREFIX + form.dataset.written;
  const fields = (form) => [...form.elements].filter((field) => field.name && !NOT_KEPT.includes(field.name));
  const words = (text) => new DOMParser().parseFromString(text, "text/html").body.textContent.replace(/\s+/g, "");

  function say(form, what, more = "") {
    const state = form.querySelector("[data-written-state]");
    if (state) state.textContent = `${state.dataset[what]} ${more}`.trim();
  }

  function stored(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function store(form, is_saved) {
    const said = Object.fromEntries(fields(form).map((field) => [field.name, field.value]));
    try {
      if (is_saved) localStorage.removeItem(keyOf(form));
      else localStorage.setItem(keyOf(form), JSON.stringify({ said, press: form.elements.press.value, at: Date.now() }));
    } catch {
      // A full or closed store: the server's copy remains.
    }
  }

  // What somebody else left in this browser is none of ours, and what is old is over.
  function tidy(form) {
    const own = PREFIX + form.dataset.written.split(":")[0] + ":";
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
      if (!key.startsWith(own) || Date.now() - (stored(key)?.at ?? 0) > KEPT) localStorage.removeItem(key);
    }
  }

  // One after the other: a second save must carry what the first one was answered.
  async function save(form) {
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    if (saving.get(form)) return wait(form);
    saving.set(form, true);
    const sent = new FormData(form);
    try {
      const answer = await fetch(form.dataset.autosaveUrl, { method: "POST", body: sent });
      const is_ours = answer.headers.get("Content-Type")?.includes("json");
      const said = is_ours ? await answer.json() : { state: answer.redirected || answer.status === 403 ? "away" : "offline" };
      if (said.state === "saved") {
        form.elements.shown.value = said.shown;
        store(form, fields(form).every((field) => field.name === "shown" || field.value === sent.get(field.name)));
      }
      if (said.state === "offline") wait(form, AGAIN);
      say(form, said.state, said.at);
    } catch {
      say(form, "offline");
      wait(form, AGAIN);
    }
    saving.set(form, false);
  }

  function wait(form, pause = PAUSE) {
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => save(form), pause));
  }

  // What is left in this browser was not saved: it is put back, with what its page showed, so that the server sees who wrote meanwhile.
  function bringBack(form, editor) {
    tidy(form);
    const left = stored(keyOf(form));
    if ("writtenUnsaved" in form.dataset) return store(form, false);
    if (!left) return;
    const differs = fields(form).some(({ name, value }) => name !== "shown" && name in left.said && words(left.said[name]) !== words(value));
    if (!differs || (kept && left.press === kept)) return store(form, true);
    for (const field of fields(form)) {
      if (!(field.name in left.said)) continue;
      if (field.name === "body" && editor) editor.commands.setContent(left.said.body, { emitUpdate: false });
      field.value = left.said[field.name];
    }
    say(form, "back");
    wait(form);
  }

  function begin({ editor, textarea }) {
    const form = formOf(textarea);
    if (!form) return;
    editors.set(form, editor);
    form.querySelectorAll("[data-footnote]").forEach((button) => (button.hidden = false));
    bringBack(form, editor);
  }

  function addFootnote(editor) {
    const taken = [...editor.getText().matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1]));
    const marker = `[^${Math.max(0, ...taken) + 1}]`;
    // Race: the editor's own `focus` waits for the next frame, and what is typed until then would go to the button.
    editor.view.focus();
    editor.chain().insertContent(marker).run();
    const note = { type: "paragraph", content: [{ type: "text", text: `${marker}: ` }] };
    editor.chain().insertContentAt(editor.state.doc.content.size, note).focus("end").run();
  }

  document.querySelectorAll(".prose-editor .ProseMirror").forEach(({ editor, parentElement }) => {
    if (editor) begin({ editor, textarea: parentElement.closest(".prose-editor").querySelector("textarea") });
  });
  document.addEventListener("prose-editor:ready", ({ detail }) => begin(detail));
  forms().forEach((form) => form.elements.body || bringBack(form, null));
  if (kept) history.replaceState(null, "", location.pathname);

  document.addEventListener("input", (event) => {
    const form = !NOT_KEPT.includes(event.target.name) && formOf(event.target);
    if (!form) return;
    store(form, false);
    wait(form);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-footnote]");
    if (button) addFootnote(editors.get(button.form));
  });

  document.addEventListener("submit", (event) => {
    const form = formOf(event.target);
    if (!form) return;
    clearTimeout(waiting.get(form));
    form.elements.press.value = Math.random().toString(36).slice(2);
    if (stored(keyOf(form))) store(form, false);
  });

  // Whoever looks away may not come back, and what could not be sent goes soon after it can.
  document.addEventListener("visibilitychange", () => document.hidden && forms().forEach((form) => waiting.has(form) && save(form)));
  addEventListener("online", () => forms().forEach((form) => waiting.has(form) && wait(form)));
})();
