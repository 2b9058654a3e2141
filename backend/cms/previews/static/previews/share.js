// "Copy link" beside the address of a shared draft. Where the browser refuses, the address is shown
// and selected instead. A list that is searched is replaced, so the clicks are heard above it.
document.documentElement.classList.add("copies-links");

async function copy(link) {
  const address = link.querySelector("[data-draft-link-address]");
  const said = link.querySelector("[data-draft-link-said]");
  said.textContent = "";
  try {
    await navigator.clipboard.writeText(address.value);
    said.textContent = "Copied";
  } catch {
    link.classList.add("draft-link--shown");
    address.focus();
    address.select();
    said.textContent = "Your browser does not let us copy. Copy the selected address yourself.";
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-draft-link-copy]");
  if (button) {
    copy(button.closest("[data-draft-link]"));
  }
});

// To leave the search field would fetch the list anew, and take away what was said.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-draft-link-copy]")) {
    event.preventDefault();
  }
});
