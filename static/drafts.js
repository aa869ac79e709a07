// Keeps what somebody writes on their own device, only if they ask for it, and only until it is sent. The form works
// without this file. One draft for each address; never the mail address, nor what the server put into the form.
const key = `draft ${location.pathname}${location.search}`;
const form = document.querySelector("form[data-draft]");

if (document.querySelector("[data-draft-sent]")) localStorage.removeItem(key);

if (form) {
  const choice = form.querySelector("[data-draft-choice]");
  const keep = choice.querySelector("input");
  const fields = [...form.elements].filter(
    (field) => field.name && !["hidden", "submit", "email"].includes(field.type) && field.tabIndex !== -1,
  );

  const save = () => {
    if (!keep.checked) return localStorage.removeItem(key);
    const written = fields.filter((field) => field.type !== "radio" || field.checked);
    localStorage.setItem(key, JSON.stringify(written.map((field) => [field.name, field.value])));
  };

  const restore = (draft) => {
    for (const [name, value] of JSON.parse(draft)) {
      for (const field of fields.filter((each) => each.name === name)) {
        if (field.type === "radio") field.checked = field.value === value;
        else field.value = value;
        if (value && field.closest("details")) field.closest("details").open = true;
      }
    }
  };

  const draft = localStorage.getItem(key);
  choice.hidden = false;
  keep.checked = draft !== null;
  // What came back from the server is newer than the draft.
  if (draft !== null && form.dataset.draft === "empty") restore(draft);
  form.addEventListener("input", save);
}
