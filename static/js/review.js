// <form data-review-url="…">: keeps a review on the server while one writes. <a data-remark="part.block">: opens the form for a comment where
// one reads, with the words that are marked there. Without this file one presses Keep, and the link loads the page with the form in its place.
(() => {
  const PAUSE = 2500;
  const main = document.querySelector("form[data-review-url]");
  let timer = null;
  let is_dirty = false;
  let running = null;

  function say(what, more = "") {
    const state = main?.querySelector("[data-review-state]");
    if (state) state.textContent = `${state.dataset[what]} ${more}`.trim();
  }

  async function send() {
    is_dirty = false;
    try {
      const answer = await fetch(main.dataset.reviewUrl, { method: "POST", body: new FormData(main) });
      const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : { state: "offline" };
      if (said.state === "saved") main.elements.revision.value = said.revision;
      else is_dirty = true;
      say(said.state, said.at);
    } catch {
      is_dirty = true;
      say("offline");
    }
  }

  // One after the other: the second carries the revision that the first was answered.
  function save() {
    clearTimeout(timer);
    running = (running ?? Promise.resolve()).then(() => (is_dirty ? send() : null));
    return running;
  }

  document.addEventListener("input", (event) => {
    if (!main || event.target.form !== main) return;
    is_dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });

  // Another form of the page loads it anew: what is not kept yet is kept first.
  document.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (!main || event.target === main || !is_dirty) return;
    event.preventDefault();
    await save();
    event.target.submit();
  });

  function marked(block) {
    const selection = getSelection();
    const words = String(selection).trim();
    return words && block?.contains(selection.anchorNode) && block.contains(selection.focusNode) ? words.slice(0, 2000) : "";
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-remark]");
    const template = document.querySelector("template[data-remark-form]");
    if (!link || !template || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const [part, block] = link.dataset.remark.split(".");
    const place = link.closest(".below");
    if (place.querySelector("form[data-remark-form]")) return place.querySelector("textarea").focus();
    document.querySelectorAll("form[data-remark-form]").forEach((other) => other.elements.words.value || other.remove());
    const form = template.content.cloneNode(true).querySelector("form");
    const suffix = `-${block}`;
    form.querySelectorAll("[id]").forEach((one) => (one.id += suffix));
    form.querySelectorAll("label[for]").forEach((one) => (one.htmlFor += suffix));
    form.elements.part.value = part;
    form.elements.block.value = block;
    form.elements.quoted.value = marked(document.getElementById(block));
    const quoted = form.querySelector("[data-quoted]");
    if (form.elements.quoted.value) quoted.textContent = form.elements.quoted.value;
    else quoted.remove();
    place.append(form);
    form.elements.words.focus();
  });
})();
