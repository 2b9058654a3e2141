/**
 * Marks the part of the page that is being read in the list of contents.
 * Without this script the list works just the same, unmarked.
 */
const links = new Map();
for (const link of document.querySelectorAll(".contents__list a")) {
  const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (part) links.set(part, link);
}

const visible = new Set();

function mark() {
  const reading = [...links.keys()].find((part) => visible.has(part));
  for (const [part, link] of links) {
    if (part === reading) link.setAttribute("aria-current", "true");
    else if (reading) link.removeAttribute("aria-current");
  }
}

// The upper third of the window is where the eye is.
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) visible.add(target);
      else visible.delete(target);
    }
    mark();
  },
  { rootMargin: "0px 0px -66% 0px" },
);
for (const part of links.keys()) observer.observe(part);

// On a narrow screen the list folds away again once a part was chosen.
document.querySelector(".contents__list")?.addEventListener("click", (event) => {
  if (event.target.closest("a")) event.currentTarget.closest("details").open = false;
});
