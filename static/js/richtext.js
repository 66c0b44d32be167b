// A <textarea data-richtext="HTML"> holds plain text for those without scripts. Before the editor takes it over, put the HTML in its
// place and say so in the field beside it. A page that the browser restored holds the HTML already.
const formatOf = (textarea) => textarea.form?.elements.namedItem(`${textarea.name}-format`);

function handOver(textarea) {
  const format = formatOf(textarea);
  if (!format || format.value === "html") return;
  textarea.value = textarea.dataset.richtext;
  format.value = "html";
}

document.querySelectorAll("textarea[data-richtext]").forEach((textarea) => {
  if (!textarea.id.includes("__prefix__")) handOver(textarea);
});

// What htmx puts into the page after it was read has its editors started here: the package looks only once.
document.addEventListener("htmx:load", async ({ target }) => {
  const areas = [...target.querySelectorAll("textarea[data-richtext]")].filter((textarea) => !textarea.closest(".prose-editor"));
  if (!areas.length || document.readyState !== "complete") return;
  areas.forEach(handOver);
  const { createEditor } = await import("django-prose-editor/configurable");
  areas.forEach((textarea) => createEditor(textarea));
});

// The admin adds rows to a formset: take those over before the editor, which listens on the document itself.
document.addEventListener("formset:added", (event) => event.target.querySelectorAll("textarea[data-richtext]").forEach(handOver), true);

// The editor's surface takes over the label and the hints of its text area.
document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const surface = editor.view.dom;
  const label = textarea.labels?.[0];
  surface.setAttribute("role", "textbox");
  surface.setAttribute("aria-multiline", "true");
  if (label) {
    label.id ||= `${textarea.id}_label`;
    surface.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => editor.commands.focus());
  }
  const hints = textarea.getAttribute("aria-describedby");
  if (hints) surface.setAttribute("aria-describedby", hints);
});
