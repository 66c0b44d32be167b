// <details class="menu">: Escape or a click elsewhere closes an open menu, and Escape gives the focus back to its button.
// Without this script a menu closes the way it opens.
function close(menu, keepsFocus) {
  menu.open = false;
  if (keepsFocus) menu.querySelector("summary").focus();
}

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) close(menu, menu.contains(document.activeElement));
});

document.addEventListener("click", (event) => {
  document.querySelectorAll("details.menu[open]").forEach((menu) => menu.contains(event.target) || close(menu, false));
});
