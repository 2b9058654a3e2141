// Starts Wagtail's user bar once the draft is painted: its checks keep a page busy for longer than
// everything that comes before them. Until then, this answers for it in the editor's preview panel.
(() => {
  const { editor, scripts } = document.currentScript.dataset;
  // Milliseconds: for the panel to show what is painted; and in a closed panel nothing is.
  const SETTLING = 100;
  const PATIENCE = 1000;

  function tellEditor(message) {
    if (window.top !== window) {
      window.top.postMessage({ wagtail: { ...message, origin: location.origin } }, editor);
    }
  }

  function answer(event) {
    const message = event.source === window.top ? event.data?.wagtail : null;
    if (message?.type === "w-preview:get-scroll-position") {
      tellEditor({ type: "w-preview:set-scroll-position", x: scrollX, y: scrollY });
    } else if (message?.type === "w-preview:set-scroll-position") {
      scrollTo({ left: message.x, top: message.y, behavior: "instant" });
    }
  }

  let isStarted = false;
  function start() {
    if (isStarted) {
      return;
    }
    isStarted = true;
    for (const address of scripts.split(" ")) {
      const script = document.createElement("script");
      script.src = address;
      script.async = false;
      document.body.append(script);
    }
  }

  addEventListener("message", answer);
  customElements.whenDefined("wagtail-userbar").then(() => removeEventListener("message", answer));
  addEventListener("load", () => {
    tellEditor({ type: "w-preview:request-scroll" });
    // A frame that is not shown yet paints nothing; one in a closed panel never will.
    setTimeout(start, PATIENCE);
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(start, SETTLING)));
  });
})();
