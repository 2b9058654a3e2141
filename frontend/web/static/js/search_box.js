/**
 * Suggests names while somebody types into a search form: an editable combobox with a listbox.
 * The form stays a form: without this script, or when no suggestion comes, it works just the same,
 * and Enter sends it unless an option was chosen with the arrow keys.
 * Pattern: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
const ADDRESS = "/search/suggestions/";
// Milliseconds without a key before the site is asked.
const PAUSE = 150;

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function say(count) {
  if (count === 0) return "No suggestions. Press Enter to search.";
  return count === 1 ? "1 suggestion" : `${count} suggestions`;
}

/** Writes a text that comes in pieces, of which every second one was typed. */
function write(pieces, element) {
  pieces.forEach((piece, index) => {
    const part = document.createElement(index % 2 ? "mark" : "span");
    part.textContent = piece;
    element.append(part);
  });
  return element;
}

function buildOption({ path, name, note }, id) {
  const option = document.createElement("li");
  set(option, { id, role: "option", "aria-selected": "false", class: "search-form__option" });
  option.dataset.path = path;
  write(name, option);
  if (note.length) {
    const reason = set(document.createElement("span"), { class: "search-form__note" });
    // The comma is for those who hear it.
    option.append(", ", write(note, reason));
  }
  return option;
}

function addSuggestions(form) {
  const input = form.elements.q;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let chosen = -1;
  // What the list answers, which is not always what is in the box by now.
  let answered;
  let timer;
  let asking;

  function choose(index) {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = index;
    const option = list.children[chosen];
    if (!option) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function setOpen(isOpen) {
    // Also whoever opens it again hears how many there are.
    if (isOpen && list.hidden) status.textContent = say(list.children.length);
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", isOpen);
    if (isOpen) return;
    choose(-1);
    status.textContent = "";
  }

  /** What is asked for now, or would be soon, is not wanted any more. */
  function stop() {
    clearTimeout(timer);
    asking?.abort();
  }

  function close() {
    stop();
    setOpen(false);
  }

  /** The suggestions, or null when there is no way to tell. */
  async function fetchSuggestions(query, signal) {
    try {
      const answer = await fetch(`${ADDRESS}?${new URLSearchParams({ q: query })}`, { signal });
      return answer.ok ? (await answer.json()).suggestions : null;
    } catch {
      return null;
    }
  }

  async function ask() {
    const query = input.value.trim();
    const { signal } = (asking = new AbortController());
    const found = query ? await fetchSuggestions(query, signal) : null;
    // A newer question has been asked, or the reader has chosen.
    if (signal.aborted) return;
    answered = query;
    choose(-1);
    list.replaceChildren(
      ...(found ?? []).map((each, index) => buildOption(each, `${list.id}-${index}`)),
    );
    setOpen(list.children.length > 0);
    if (found) status.textContent = say(found.length);
  }

  function move(step) {
    // What somebody chooses from does not change any more.
    stop();
    setOpen(true);
    // One place more than there are options: back in what was typed.
    const places = list.children.length + 1;
    choose(((chosen + 1 + step + places) % places) - 1);
  }

  function follow(option, isApart) {
    if (!option) return;
    if (isApart) open(option.dataset.path, "_blank", "noopener");
    else location.assign(option.dataset.path);
  }

  /** As a link would: with Ctrl, with Command and with the middle button in a tab of its own. */
  function handleClick({ target, button, ctrlKey, metaKey }) {
    if (button < 2) follow(target.closest("[data-path]"), button === 1 || ctrlKey || metaKey);
  }

  function handleKey(event) {
    const { key } = event;
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step && list.children.length && input.value.trim() === answered) {
      event.preventDefault();
      move(step);
    } else if (key === "Enter" && chosen >= 0) {
      event.preventDefault();
      follow(list.children[chosen]);
    } else if (key === "Escape") {
      // The next one is for the dialog.
      if (!list.hidden) event.preventDefault();
      close();
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(key)) {
      choose(-1);
    }
  }

  function handleInput() {
    stop();
    choose(-1);
    timer = setTimeout(ask, PAUSE);
  }

  // A combobox may not be of the type "search".
  set(input, { type: "text", role: "combobox", "aria-autocomplete": "list" });
  set(list, {
    id: `${input.id}-suggestions`,
    role: "listbox",
    "aria-label": "Suggestions",
    class: "search-form__list",
  });
  input.setAttribute("aria-controls", list.id);
  set(status, { role: "status", class: "visually-hidden" });
  setOpen(false);
  form.append(list, status);

  input.addEventListener("keydown", handleKey);
  input.addEventListener("input", handleInput);
  form.addEventListener("submit", close);
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (!form.contains(relatedTarget)) close();
  });
  // A press on an option leaves the focus and the list where they are.
  list.addEventListener("pointerdown", stop);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  // Nor does the middle button paste into the box.
  list.addEventListener("mouseup", (event) => event.preventDefault());
  list.addEventListener("click", handleClick);
  list.addEventListener("auxclick", handleClick);
  // Whoever comes back finds the words that the page answers, whatever was typed after that.
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    close();
    form.reset();
  });
}

document.querySelectorAll(".search-form").forEach(addSuggestions);
