// Wagtail checks the frame that is shown as soon as the checker in a new frame says that it is
// ready. A new frame from another origin is shown a moment later, once it has been scrolled to
// where the old one was; until then the old one would be checked. So the word is held back.
const READY = "w-userbar:axe-ready";
let isLoading = false;
let isHeld = false;

function show() {
  isLoading = false;
  if (isHeld) {
    isHeld = false;
    window.dispatchEvent(new MessageEvent("message", { data: { wagtail: { type: READY } } }));
  }
}

document.addEventListener("w-preview:load", () => {
  isLoading = true;
});
document.addEventListener("w-preview:loaded", show);
document.addEventListener("w-preview:updated", show);
window.addEventListener(
  "message",
  (event) => {
    if (isLoading && event.data?.wagtail?.type === READY) {
      event.stopImmediatePropagation();
      isHeld = true;
    }
  },
  { capture: true },
);
