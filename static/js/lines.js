// <textarea data-lines data-line="12" wrap="off">: its lines are numbered beside it, and the one that is wrong is marked. Without this file
// one counts.
document.querySelectorAll("textarea[data-lines]").forEach((field) => {
  const frame = document.createElement("div");
  const numbers = document.createElement("pre");
  frame.className = "lines";
  numbers.className = "lines__numbers";
  numbers.setAttribute("aria-hidden", "true");
  field.before(frame);
  frame.append(numbers, field);

  const scroll = () => { numbers.scrollTop = field.scrollTop; };
  function count() {
    numbers.textContent = field.value.split("\n").map((_, line) => line + 1).join("\n");
    scroll();
  }

  function mark(number) {
    const lines = field.value.split("\n");
    const begin = lines.slice(0, number - 1).reduce((length, line) => length + line.length + 1, 0);
    field.focus({ preventScroll: true });
    field.setSelectionRange(begin, begin + (lines[number - 1] ?? "").length);
    field.scrollTop = (number - 4) * parseFloat(getComputedStyle(field).lineHeight);
  }

  field.addEventListener("input", count);
  field.addEventListener("scroll", scroll);
  count();
  if (field.dataset.line) mark(Number(field.dataset.line));
});
