/**
 * Opens the search box as a dialog: from the header, and with Ctrl-K or Command-K.
 * Without this script the header leads to the search page, or has the form itself.
 */
const dialog = document.querySelector(".search-dialog");
const link = document.querySelector(".search-opener");

function open() {
  // The browser notes what has the focus now, and gives it back.
  if (!dialog.open) dialog.showModal();
  const input = dialog.querySelector("input");
  input.focus();
  input.select();
}

/** Puts a button in the place of the link, which led to another page. */
function addButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.setAttribute("aria-haspopup", "dialog");
  const shortcut = document.createElement("kbd");
  shortcut.textContent = /Mac|iP/.test(navigator.platform) ? "⌘K" : "Ctrl K";
  button.append(...link.childNodes, shortcut);
  button.addEventListener("click", open);
  const hadFocus = document.activeElement === link;
  link.replaceWith(button);
  if (hadFocus) button.focus();
}

function handleKey(event) {
  const isHeld = event.ctrlKey !== event.metaKey && !event.altKey && !event.shiftKey;
  if (!isHeld || event.key?.toLowerCase() !== "k") return;
  event.preventDefault();
  open();
}

if (dialog.showModal) {
  addButton();
  addEventListener("keydown", handleKey);
  // Whoever comes back from a guide finds the page, not the dialog over it.
  addEventListener("pagehide", () => dialog.close());
}
