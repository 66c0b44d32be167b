// In a form with data-people-url: "@" and the beginning of a name in the editor offers who can be named. Arrow keys and Enter, Tab or a click
// choose, Escape closes. Without this file one types the full name.
(() => {
  const CALL = /(?:^|[^\w@./])@([\p{L}\p{M}][\p{L}\p{M}'’. -]{0,40})$/u;
  let open = null; // { editor, list, call, chosen }
  let asked = 0;

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function callOf(editor) {
    const { $from, empty } = editor.state.selection;
    return empty ? $from.parent.textBetween(0, $from.parentOffset, " ", " ").match(CALL)?.[1] : undefined;
  }

  function close() {
    if (!open) return;
    open.list.remove();
    for (const name of ["aria-controls", "aria-activedescendant", "aria-expanded"]) open.editor.view.dom.removeAttribute(name);
    open = null;
  }

  function choose(number) {
    open.chosen = number;
    [...open.list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === number)));
    open.editor.view.dom.setAttribute("aria-activedescendant", open.list.children[number].id);
  }

  function take(number) {
    const { editor, call, list } = open;
    const to = editor.state.selection.from;
    editor.chain().focus().insertContentAt({ from: to - call.length, to }, `${list.children[number].textContent} `).run();
    close();
  }

  function show(editor, textarea, call, people) {
    close();
    const list = document.createElement("ul");
    list.className = "people-picker";
    list.id = `${textarea.id}_people`;
    list.setAttribute("role", "listbox");
    list.append(
      ...people.map(({ name }, number) => {
        const one = document.createElement("li");
        one.className = "people-picker__one";
        one.id = `${list.id}_${number}`;
        one.setAttribute("role", "option");
        one.textContent = name;
        return one;
      }),
    );
    list.setAttribute("aria-label", "@");
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      take([...list.children].indexOf(event.target.closest("li")));
    });
    editor.view.dom.closest(".prose-editor").after(list);
    editor.view.dom.setAttribute("aria-controls", list.id);
    open = { editor, list, call, chosen: 0 };
    choose(0);
  }

  // Race: the server answers later than one writes on, so that Enter could choose somebody who was offered for fewer letters.
  function narrow(editor) {
    if (open?.editor !== editor) return;
    const call = callOf(editor);
    if (call === open.call) return;
    if (!call?.startsWith(open.call)) return close();
    [...open.list.children].forEach((one) => plain(one.textContent).includes(plain(call)) || one.remove());
    if (!open.list.children.length) return close();
    open.call = call;
    choose(0);
  }

  async function look(editor, textarea, address) {
    const call = callOf(editor);
    if (!call) return close();
    const turn = ++asked;
    const answer = await fetch(`${address}?q=${encodeURIComponent(call)}`).catch(() => null);
    if (turn !== asked || !answer?.ok) return;
    const { people } = await answer.json();
    if (turn !== asked || call !== callOf(editor)) return;
    if (people.length && !people.some(({ name }) => name === call.trim())) show(editor, textarea, call, people);
    else close();
  }

  function begin({ editor, textarea }) {
    const address = textarea.form?.dataset.peopleUrl;
    if (!address) return;
    let pause;
    editor.on("update", () => {
      clearTimeout(pause);
      pause = setTimeout(() => look(editor, textarea, address), 150);
    });
    editor.on("selectionUpdate", () => narrow(editor));
    editor.on("blur", close);
  }

  // An editor may be there before this file is read, or come with what htmx puts into the page.
  document.querySelectorAll(".prose-editor .ProseMirror").forEach(({ editor, parentElement }) => {
    if (editor) begin({ editor, textarea: parentElement.closest(".prose-editor").querySelector("textarea") });
  });
  document.addEventListener("prose-editor:ready", ({ detail }) => begin(detail));

  document.addEventListener(
    "keydown",
    (event) => {
      if (!open || !open.editor.view.dom.contains(event.target)) return;
      const last = open.list.children.length - 1;
      const acts = {
        ArrowDown: () => choose(open.chosen === last ? 0 : open.chosen + 1),
        ArrowUp: () => choose(open.chosen === 0 ? last : open.chosen - 1),
        Enter: () => take(open.chosen),
        Tab: () => take(open.chosen),
        Escape: close,
      };
      if (!acts[event.key]) return;
      event.preventDefault();
      event.stopPropagation();
      acts[event.key]();
    },
    true,
  );
})();
