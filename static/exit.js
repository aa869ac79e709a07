// Leaving in a hurry. The Exit link works without this file; with it, the page left behind is also replaced in the
// tab's history, and the Escape key pressed three times within two seconds leaves too.
const link = document.querySelector("a[data-exit]");

if (link) {
  const leave = () => {
    // What stays on a slow line until the other site answers must not be this page.
    document.documentElement.hidden = true;
    document.title = "";
    location.replace(link.href);
  };

  for (const element of document.querySelectorAll("[data-exit]")) {
    element.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
  }

  let presses = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    const now = Date.now();
    presses = [...presses.filter((time) => now - time < 2000), now];
    if (presses.length === 3) leave();
  });

  // Coming back from the browser's page cache would otherwise show an empty page.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
