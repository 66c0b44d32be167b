// <form data-pair-answers>: keeps what a pair writes on the server after a pause. Without this file the form has its own button for that.
(() => {
  const PAUSE = 2500;
  const waiting = new WeakMap();

  function say(form, what) {
    const state = form.querySelector("[data-pair-state]");
    if (state) state.textContent = what ? state.dataset[what] : "";
  }

  async function save(form) {
    const data = new FormData(form);
    data.set("autosave", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body: data });
      if (!answer.ok) return say(form, "offline");
      const { revisions, conflicts } = await answer.json();
      for (const [number, revision] of Object.entries(revisions)) form.elements[`revision_${number}`].value = revision;
      say(form, conflicts.length ? "conflict" : "saved");
    } catch {
      say(form, "offline");
    }
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-pair-answers]");
    if (!form) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => save(form), PAUSE));
  });

  document.addEventListener("submit", (event) => clearTimeout(waiting.get(event.target)));
})();
