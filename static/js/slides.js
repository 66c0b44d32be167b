// The arrow keys turn the screens. Without it, the links do.
addEventListener("keydown", (event) => {
  const way = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev" }[event.key];
  if (way && !event.target.closest("input, textarea, select, [tabindex]")) document.querySelector(`a[rel=${way}]`)?.click();
});
