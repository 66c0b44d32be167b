// Keeps the answers of a principle while one goes. Without it, the buttons keep them.
const form = document.querySelector("form[data-autosave]");
const said = form?.querySelector("[role=status]");
let timer, running = Promise.resolve();

async function keep() {
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form) });
    said.textContent = answer.ok ? said.dataset.kept : said.dataset.lost;
  } catch {
    said.textContent = said.dataset.lost;
  }
}

// One after the other: an earlier state must not arrive after a later one.
function soon(wait) {
  clearTimeout(timer);
  timer = setTimeout(() => { running = running.then(keep); }, wait);
}

form?.addEventListener("change", () => soon(150));
form?.addEventListener("input", (event) => { if (event.target.matches("textarea")) soon(1200); });
