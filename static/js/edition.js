// <form data-written="person:edition:part" data-autosave-url="…">: keeps what one writes in this browser at once and on the server after a
// pause, and brings it back after a lost connection. The form carries what the page showed (`shown`); the server answers with what it is to
// carry from then on, and refuses where somebody else has changed the same text. Without this file one presses Save.
(() => {
  const PREFIX = "written:";
  const PAUSE = 2500;
  const waiting = new WeakMap();
  const saving = new WeakMap();
  const formOf = (element) => element.closest?.("form[data-written]");
  const keyOf = (form) => PREFIX + form.dataset.written;
  const fields = (form) => [...form.elements].filter((field) => field.name && !["csrfmiddlewaretoken", "note"].includes(field.name));
  const words = (text) => new DOMParser().parseFromString(text, "text/html").body.textContent.replace(/\s+/g, "");

  function say(form, what, more = "") {
    const state = form.querySelector("[data-written-state]");
    if (state) state.textContent = `${state.dataset[what]} ${more}`.trim();
  }

  function store(form, is_saved) {
    try {
      if (is_saved) localStorage.removeItem(keyOf(form));
      else localStorage.setItem(keyOf(form), JSON.stringify(Object.fromEntries(fields(form).map((field) => [field.name, field.value]))));
    } catch {
      // A full or closed store: the server's copy remains.
    }
  }

  // One after the other: a second save must carry what the first one was answered.
  async function save(form) {
    if (saving.get(form)) return wait(form);
    saving.set(form, true);
    const sent = new FormData(form);
    try {
      const answer = await fetch(form.dataset.autosaveUrl, { method: "POST", body: sent });
      const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : { state: "offline" };
      if (said.state === "saved") {
        form.elements.shown.value = said.shown;
        if (fields(form).every((field) => field.name === "shown" || field.value === sent.get(field.name))) store(form, true);
      }
      say(form, said.state, said.at);
    } catch {
      say(form, "offline");
    }
    saving.set(form, false);
  }

  function wait(form) {
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => save(form), PAUSE));
  }

  // What is left in this browser was not saved: it is put back, with what its page showed, so that the server sees who wrote meanwhile.
  function bringBack(form, editor) {
    let left = null;
    try {
      left = JSON.parse(localStorage.getItem(keyOf(form)));
    } catch {
      return;
    }
    if (!left) return;
    const differs = fields(form).some((field) => field.name !== "shown" && field.name in left && words(left[field.name]) !== words(field.value));
    if (!differs) return store(form, true);
    for (const field of fields(form)) {
      if (!(field.name in left)) continue;
      if (field.name === "body" && editor) editor.commands.setContent(left.body, { emitUpdate: false });
      field.value = left[field.name];
    }
    wait(form);
  }

  function begin({ editor, textarea }) {
    const form = formOf(textarea);
    if (form) bringBack(form, editor);
  }

  document.querySelectorAll(".prose-editor .ProseMirror").forEach(({ editor, parentElement }) => {
    if (editor) begin({ editor, textarea: parentElement.closest(".prose-editor").querySelector("textarea") });
  });
  document.addEventListener("prose-editor:ready", ({ detail }) => begin(detail));
  document.querySelectorAll("form[data-written]").forEach((form) => {
    if (!form.elements.body && !form.querySelector("[role='alert']")) bringBack(form, null);
  });

  document.addEventListener("input", (event) => {
    const form = event.target.name !== "note" && formOf(event.target);
    if (!form) return;
    store(form, false);
    wait(form);
  });

  document.addEventListener("submit", (event) => {
    const form = formOf(event.target);
    if (form) clearTimeout(waiting.get(form));
  });
})();
