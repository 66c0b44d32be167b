// <input data-people-url="/people/" data-people="one|several">: the beginning of a name offers who it may be. Arrow keys and Enter, Tab or a
// click choose, Escape closes; nobody is chosen before that. Without this file one types the full name.
(() => {
  const PAUSE = 150;
  let open = null; // { field, list, chosen }
  let asked = 0;
  let pause;
  const isField = (element) => element?.matches?.("input[data-people-url]");
  const begun = (field) => (field.dataset.people === "several" ? field.value.split(/[,;]/).at(-1) : field.value).trim();

  function prepare(field) {
    if (field.getAttribute("role")) return;
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
    const state = document.createElement("span");
    state.className = "visually-hidden";
    state.setAttribute("role", "status");
    field.after(state);
  }

  function say(field, number) {
    field.parentElement.querySelector("[role='status']").textContent = number ? `${field.dataset.peopleFound} ${number}` : "";
  }

  function close() {
    if (!open) return;
    open.list.remove();
    open.field.setAttribute("aria-expanded", "false");
    for (const name of ["aria-controls", "aria-activedescendant"]) open.field.removeAttribute(name);
    say(open.field, 0);
    open = null;
  }

  function choose(number) {
    const { list, field } = open;
    open.chosen = (number + list.children.length) % list.children.length;
    [...list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === open.chosen)));
    field.setAttribute("aria-activedescendant", list.children[open.chosen].id);
    list.children[open.chosen].scrollIntoView({ block: "nearest" });
  }

  function take(one) {
    const { field } = open;
    if (field.dataset.people === "several") {
      const before = field.value.split(/[,;]/).slice(0, -1).map((name) => name.trim()).filter(Boolean);
      field.value = `${[...before, one.dataset.write].join(", ")}, `;
    } else field.value = one.dataset.write;
    close();
    field.focus();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function lineOf({ name, note, write }, number, list) {
    const one = document.createElement("li");
    one.className = "people-picker__one";
    one.id = `${list.id}_${number}`;
    one.dataset.write = write;
    one.setAttribute("role", "option");
    one.setAttribute("aria-selected", "false");
    const beside = document.createElement("span");
    beside.className = "people-picker__note";
    beside.textContent = note;
    one.append(name, ...(note ? [" ", beside] : []));
    return one;
  }

  function show(field, people) {
    close();
    const list = document.createElement("ul");
    list.className = "people-picker";
    list.id = `${field.id}_people`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.labels[0]?.textContent.trim() ?? field.name);
    list.append(...people.map((person, number) => lineOf(person, number, list)));
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (event) => take(event.target.closest("li")));
    field.after(list);
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", "true");
    say(field, people.length);
    open = { field, list, chosen: -1 };
  }

  async function look(field) {
    const typed = begun(field);
    const turn = ++asked;
    if (typed.length < 2) return close();
    const address = new URL(field.dataset.peopleUrl, location.href);
    address.searchParams.set("q", typed);
    const answer = await fetch(address).catch(() => null);
    if (turn !== asked || !answer?.ok) return;
    const { people } = await answer.json();
    if (turn !== asked || document.activeElement !== field) return;
    if (people.length && !people.some(({ write }) => write === typed)) show(field, people);
    else close();
  }

  document.querySelectorAll("input[data-people-url]").forEach(prepare);

  document.addEventListener("input", ({ target }) => {
    if (!isField(target)) return;
    prepare(target);
    clearTimeout(pause);
    pause = setTimeout(() => look(target), PAUSE);
  });

  document.addEventListener("focusout", ({ target }) => {
    if (isField(target)) asked += 1;
    if (open?.field === target) close();
  });

  document.addEventListener("keydown", (event) => {
    if (!open || event.target !== open.field) return;
    const { chosen, list } = open;
    const acts = { ArrowDown: () => choose(chosen + 1), ArrowUp: () => choose(chosen < 0 ? -1 : chosen - 1), Escape: close };
    if (chosen >= 0) acts.Enter = acts.Tab = () => take(list.children[chosen]);
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  });
})();
