/* Shows the site's own rendering of a block as soon as the site answers. */

const site = document.getElementById("site");
const summary = document.getElementById("summary");

try {
  // A frame reports no error when its server is away; an opaque request does.
  await fetch(site.dataset.address, { mode: "no-cors", credentials: "omit" });
  site.src = site.dataset.address;
  site.hidden = false;
  summary.hidden = true;
} catch {
  // The summary stays.
}
