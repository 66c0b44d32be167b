// <a data-copy="word">: puts its address, or the words of the element whose id data-copy-words names, on the clipboard and shows the
// word in place of its label for a moment. Without this file, and where the clipboard is closed, it leads to the address.
const SHOWN_FOR = 2500;

function say(link) {
  const label = link.lastChild;
  const before = label.textContent;
  const status = document.querySelector("[data-said]");
  label.textContent = link.dataset.copy;
  if (status) status.textContent = link.dataset.copy;
  setTimeout(() => {
    label.textContent = before;
    if (status) status.textContent = "";
  }, SHOWN_FOR);
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-copy]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(document.getElementById(link.dataset.copyWords)?.textContent ?? link.href);
  } catch {
    window.location.assign(link.href);
    return;
  }
  if (link.lastChild.textContent !== link.dataset.copy) say(link);
});
