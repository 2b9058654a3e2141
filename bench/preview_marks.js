// Notes when each step of a preview's refresh happens. Runs in every window before its own scripts.
(() => {
  const afterTwoFrames = (act) => requestAnimationFrame(() => requestAnimationFrame(act));
  const isMessage = (event, name) => Boolean(event.data) && name in event.data;

  if (window !== window.top) {
    // The preview itself says when it has drawn what it was told to show.
    addEventListener("message", (event) => {
      if (isMessage(event, "benchShown")) {
        afterTwoFrames(() => event.source.postMessage({ benchDrawn: event.data.benchShown }, "*"));
      }
    });
    return;
  }

  const isNewFrame = (element) =>
    element instanceof HTMLIFrameElement && element.matches("[data-w-preview-target]:not([id])");
  const bench = { round: 0, marks: {}, painted: null };
  window.bench = bench;
  const note = (name) => { bench.marks[name] ??= performance.now(); };
  const isOver = () => ["loaded", "editorDrawn", "frameDrawn"].every((name) => name in bench.marks);
  const finish = () => {
    if (isOver()) {
      bench.resolve({ ...bench.marks, scroll: bench.scroll });
    }
  };

  bench.start = () => {
    bench.round += 1;
    bench.marks = {};
    bench.painted = new Promise((resolve) => { bench.resolve = resolve; });
  };
  for (const name of ["update", "json", "load"]) {
    document.addEventListener(`w-preview:${name}`, () => note(name), true);
  }
  document.addEventListener("load", (event) => {
    if (isNewFrame(event.target)) {
      note("frame");
    }
  }, true);
  document.addEventListener("w-preview:loaded", () => {
    note("loaded");
    const frame = document.getElementById("w-preview-iframe");
    frame.contentWindow.postMessage({ benchShown: bench.round }, "*");
    afterTwoFrames(() => { note("editorDrawn"); finish(); });
  }, true);
  addEventListener("message", (event) => {
    if (isMessage(event, "benchDrawn") && event.data.benchDrawn === bench.round) {
      note("frameDrawn");
      finish();
    }
  });
})();
