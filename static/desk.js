// Keys for the moderators' queue and a comment's page. They go to a decision, and never take one.

const keys = document.getElementById("keys");
const links = [...document.querySelectorAll("#result_list tbody .field-first_words a")];

function isTyping(target) {
  return target.isContentEditable || target.matches("input:not([type=submit], [type=radio], [type=checkbox]), textarea, select");
}

function move(step) {
  const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step;
  links[next]?.focus();
}

function go(key) {
  const place = document.querySelector(`[data-key="${key}"]`);
  if (!place) return false;
  if (key === "j" || key === "k") {
    place.click();
    return true;
  }
  const first = place.matches("a") ? place : place.querySelector("input:not([type=hidden])");
  first.focus();
  first.scrollIntoView({ block: "center" });
  return true;
}

if (keys) keys.hidden = false;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  if (event.key === "?" && keys) {
    keys.open = !keys.open;
    if (keys.open) keys.querySelector("summary").focus();
  } else if (links.length && (event.key === "j" || event.key === "k")) {
    move(event.key === "j" ? 1 : -1);
  } else if (!"jkares".includes(event.key) || !go(event.key)) {
    return;
  }
  event.preventDefault();
});
