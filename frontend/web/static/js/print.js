/** Unfolds what is folded while the page is printed, so that paper shows the answers too. */
const unfolded = new Set();

addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("main details:not([open])")) {
    details.open = true;
    unfolded.add(details);
  }
});

addEventListener("afterprint", () => {
  for (const details of unfolded) details.open = false;
  unfolded.clear();
});
