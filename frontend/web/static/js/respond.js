/**
 * Opens the form for a response where its link stands, and sends it without leaving the page.
 * The form and all of its words come from the site: without this script, or when something fails,
 * the link leads to the same form on a page of its own.
 */
const responses = document.getElementById("responses");
// Milliseconds after which the reader hears that nothing came back.
const PATIENCE = 20000;
const TYPED = ["name", "email", "text"];

// The link that was followed, and what stands below it now.
let opener;
let part;
// What was typed last, so that closing a form or opening another loses nothing.
const typed = {};

/** The part of the page that the site answers with; undefined where that is something else. */
async function fetchPart(address, options) {
  const url = new URL(address, location.href);
  url.searchParams.set("part", "form");
  const answer = await fetch(url, { ...options, signal: AbortSignal.timeout(PATIENCE) });
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  return template.content.querySelector("[data-part]") ?? undefined;
}

function note() {
  const form = part?.querySelector("form");
  for (const name of form ? TYPED : []) typed[name] = form.elements[name].value;
}

function show(next) {
  if (part?.isConnected) part.replaceWith(next);
  else opener.closest("p").after(next);
  part = next;
  (part.querySelector("[data-focus]") ?? part).focus();
}

async function open(link) {
  if (link.ariaBusy) return;
  link.ariaBusy = "true";
  try {
    const next = await fetchPart(link.href).finally(note);
    if (!next) throw new Error();
    for (const name of TYPED) next.querySelector("form").elements[name].value = typed[name] ?? "";
    part?.remove();
    opener = link;
    show(next);
  } catch {
    // Whoever has begun to write elsewhere keeps that.
    if (part?.isConnected && typed.text) part.querySelector("textarea").focus();
    else location.assign(link.href);
  } finally {
    link.ariaBusy = null;
  }
}

function close() {
  note();
  part.remove();
  opener.focus();
}

async function send(form) {
  const button = form.querySelector("[data-sending]");
  const failed = form.querySelector("[role=alert]");
  if (button.ariaDisabled) return;
  note();
  const body = new FormData(form);
  const words = button.textContent;
  button.ariaDisabled = "true";
  button.textContent = button.dataset.sending;
  failed.hidden = true;
  // What is typed now would not be sent.
  for (const name of TYPED) form.elements[name].readOnly = true;
  const next = await fetchPart(form.action, { method: "POST", body }).catch(() => undefined);
  if (next) {
    if ("sent" in next.dataset) typed.text = "";
    show(next);
    return;
  }
  for (const name of TYPED) form.elements[name].readOnly = false;
  button.ariaDisabled = null;
  button.textContent = words;
  failed.hidden = false;
}

responses.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if ("cancel" in link.dataset) {
    event.preventDefault();
    close();
  } else if (link.pathname.startsWith("/responses/")) {
    event.preventDefault();
    open(link);
  }
});

responses.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target);
});
