// Keys on a conversation: j and k go from post to post, n to the first new one, r to the answer, ? shows them. They rest while one types,
// beside Ctrl, Alt and Meta, and where their reader has switched them off: <dialog id="shortcuts"> has the switch, [data-shortcuts] opens it.
const dialog = document.getElementById("shortcuts");
const opener = document.querySelector("[data-shortcuts]");
const box = dialog?.querySelector("[data-shortcuts-switch]");
const KEPT = "shortcuts";

function remembered() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

let areOn = remembered();
const isTyping = (element) => element.closest?.("input, textarea, select, [contenteditable=true], [role=textbox]");
const posts = () => [...document.querySelectorAll("[data-post]")];

function step(by) {
  const all = posts();
  const here = all.findIndex((post) => post.contains(document.activeElement));
  const inSight = all.findIndex((post) => post.getBoundingClientRect().bottom > 80);
  const start = here >= 0 ? here + by : inSight;
  go(all[Math.min(Math.max(start, 0), all.length - 1)]);
}

function go(post) {
  if (!post) return;
  post.focus({ preventScroll: true });
  post.scrollIntoView({ block: "start" });
}

function answer() {
  const field = document.querySelector("#answer [role=textbox]") ?? document.querySelector("#answer textarea");
  field?.focus();
  document.getElementById("answer")?.scrollIntoView({ block: "center" });
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  n: () => go(document.getElementById("new")?.nextElementSibling),
  r: answer,
  "?": () => dialog.showModal(),
};

if (dialog && opener) {
  opener.hidden = false;
  box.checked = areOn;
  opener.addEventListener("click", () => dialog.showModal());
  box.addEventListener("change", () => {
    areOn = box.checked;
    try {
      localStorage.setItem(KEPT, areOn ? "on" : "off");
    } catch {
      // It holds for this page.
    }
  });
  document.addEventListener("keydown", (event) => {
    const act = KEYS[event.key];
    if (!act || !areOn || dialog.open || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    event.preventDefault();
    act();
  });
}
