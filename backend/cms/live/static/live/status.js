// After a publication: asks how it stands on the public site, until that is certain.
// The words come from the CMS; without this script the message says where to look.

const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 2000;
const GROWTH = 1.4;
const GIVE_UP_AFTER = 30_000;
const MOST_FAILURES = 3;
const TONES = { waiting: "info", live: "success", unconfirmed: "warning" };

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function fetchVerdict(address) {
  const response = await fetch(address, {
    headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
    signal: AbortSignal.timeout(5000),
  });
  if (!response.ok) throw new Error(`The CMS answered ${response.status}`);
  return response.json();
}

function show(element, { state, text, advice }) {
  const box = element.closest("li");
  const words = [text, advice].filter(Boolean).join(" ");
  const place = element.querySelector("[data-live-text]");
  // The same words again would be read out again.
  if (place.textContent !== words) place.textContent = words;
  element.dataset.liveState = state;
  element.querySelector("[data-live-link]").hidden = state !== "unconfirmed";
  if (!box) return;
  box.classList.remove(...Object.values(TONES));
  box.classList.add(TONES[state]);
  const name = state === "waiting" ? "info-circle" : TONES[state];
  box.querySelector(".messages-icon use")?.setAttribute("href", `#icon-${name}`);
}

async function watch(element) {
  const { liveStatus, liveChecking, liveUnanswered } = element.dataset;
  const until = Date.now() + GIVE_UP_AFTER;
  let failures = 0;
  show(element, { state: "waiting", text: liveChecking });
  for (let wait = FIRST_PAUSE; Date.now() < until; wait = Math.min(wait * GROWTH, LONGEST_PAUSE)) {
    await pause(wait);
    try {
      const verdict = await fetchVerdict(liveStatus);
      failures = 0;
      show(element, verdict);
      if (verdict.is_final) return;
    } catch {
      // A moment without the network is not the end; the last sentence says so if it is.
      failures += 1;
      if (failures >= MOST_FAILURES) break;
    }
  }
  if (element.dataset.liveState !== "live") {
    show(element, { state: "unconfirmed", text: liveUnanswered });
  }
}

for (const element of document.querySelectorAll("[data-live-status]")) watch(element);
