// Leads Wagtail's preview panel to the site. What Wagtail changes in its panel makes the part about
// scrolling slower at worst.

const SCROLLED = "w-preview:set-scroll-position";
const ASKED = "w-preview:get-scroll-position";
// Milliseconds: how often the old frame is asked while a new one loads, and how long the new one
// may take to answer, with and without our knowing its place.
const ASK_AGAIN = 50;
const PATIENCE = 300;
const MOST_PATIENCE = 1500;

// The answer to what the panel sends holds the address of the draft on the site. The panel reads
// its data attribute right before it loads its frame.
document.addEventListener("w-preview:json", (event) => {
  const address = event.detail.data.render_url;
  if (address) {
    event.target.dataset.wPreviewRenderUrlValue = address;
  }
});

// The panel shows a new frame once it stands where the old one was scrolled to. Across origins it
// learns that by messages: the new frame asks it, it asks the old frame, the old one answers. It
// misses a question that comes too early, and then waits for ten seconds. So the old frame is asked
// ahead, and the new one is told; what that one says of its place then is what the panel waits for.
let place = null;
let asking = null;

const getShownFrame = () => document.getElementById("w-preview-iframe");
const getOrigin = (frame) => new URL(frame.src, location.href).origin;
const isOnSite = (frame) => Boolean(frame?.src) && getOrigin(frame) !== location.origin;
const isNew = (element) =>
  element instanceof HTMLIFrameElement &&
  element.dataset.wPreviewTarget === "iframe" &&
  element !== getShownFrame();

function tell(frame, message) {
  frame.contentWindow?.postMessage({ wagtail: message }, getOrigin(frame));
}

function ask() {
  const shown = getShownFrame();
  if (isOnSite(shown)) {
    tell(shown, { type: ASKED });
  }
}

function stopAsking() {
  clearInterval(asking);
}

function getPlace() {
  return place?.of === getShownFrame()?.contentWindow ? place.message : null;
}

function handOver(frame) {
  if (!isNew(frame) || !isOnSite(frame)) {
    return;
  }
  const known = getPlace();
  if (known) {
    tell(frame, known);
    tell(frame, { type: ASKED });
  }
  // A frame without a user bar, such as an error page, answers nothing.
  setTimeout(() => {
    if (frame.isConnected && isNew(frame)) {
      const start = { type: SCROLLED, x: 0, y: 0, origin: getOrigin(frame) };
      const wagtail = getPlace() ?? known ?? start;
      dispatchEvent(new MessageEvent("message", { data: { wagtail } }));
    }
  }, known ? PATIENCE : MOST_PATIENCE);
}

document.addEventListener("w-preview:update", ask);
document.addEventListener("w-preview:load", () => {
  stopAsking();
  ask();
  asking = setInterval(ask, ASK_AGAIN);
});
document.addEventListener("w-preview:loaded", stopAsking);

addEventListener("message", (event) => {
  const message = event.data?.wagtail;
  if (message?.type === SCROLLED && event.source) {
    place = { of: event.source, message };
  }
});

// A load does not bubble. The panel listens on the frame itself: a task later, it waits for us.
document.addEventListener("load", ({ target }) => {
  if (isNew(target)) {
    setTimeout(handOver, 0, target);
  }
}, true);
