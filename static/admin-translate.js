// Whoever rewrites a part most likely made it say what the source says now: the mark for that is set, unless somebody
// set or took it by hand.

for (const part of document.querySelectorAll("#translate_form .part")) {
  const same = part.querySelector("[name$=-same]");
  let byHand = false;
  same.addEventListener("change", () => (byHand = true));
  part.querySelectorAll(".own :is(input, textarea)").forEach((field) =>
    field.addEventListener("input", () => (same.checked ||= !byHand)),
  );
}
