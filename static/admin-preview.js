// Shows Markdown as its page will, below the field in which it is written. Without this script the link "Preview"
// shows what is saved.

const PAUSE = 500;

function languageOf(field) {
  const select = field.form.elements[field.name.replace(/body$/, "language")];
  return select ? select.value : "";
}

function follow(field) {
  if (field.dataset.previewed || field.disabled || field.name.includes("__prefix__")) return;
  field.dataset.previewed = "yes";
  const place = document.createElement("section");
  place.className = "markdown-preview";
  place.setAttribute("aria-label", field.dataset.previewTitle);
  const title = document.createElement("p");
  title.className = "quiet";
  title.textContent = field.dataset.previewTitle;
  const shown = document.createElement("div");
  place.append(title, shown);
  (field.closest(".flex-container") ?? field).after(place);
  let timer;
  let asked;

  async function show() {
    asked?.abort();
    asked = new AbortController();
    const form = new FormData();
    form.set("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
    form.set("body", field.value);
    form.set("language", languageOf(field));
    try {
      const answer = await fetch(field.dataset.preview, {
        method: "POST",
        body: form,
        redirect: "error",
        signal: asked.signal,
      });
      if (!answer.ok && answer.status !== 413) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      shown.replaceChildren(...page.body.childNodes);
    } catch (error) {
      if (error.name !== "AbortError") shown.textContent = field.dataset.previewFailed;
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  }

  field.addEventListener("input", soon);
  field.form.elements[field.name.replace(/body$/, "language")]?.addEventListener("change", soon);
  if (field.value) show();
}

function followAll(root) {
  root.querySelectorAll("textarea[data-preview]").forEach(follow);
}

followAll(document);
document.addEventListener("formset:added", (event) => followAll(event.target));
