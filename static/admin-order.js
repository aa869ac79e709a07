// Lets the rows of an ordered list be dragged, or moved by buttons. It rewrites the numbers; saving them is the form's
// affair, and without this script they are written by hand.

const told = document.createElement("p");
told.className = "visually-hidden";
told.setAttribute("aria-live", "polite");
document.querySelector("#order_form").append(told);

const nameOf = (row) => row.querySelector("label").textContent.trim();

function renumber(list, moved) {
  [...list.children].forEach((row, index) => {
    row.querySelector("input").value = index + 1;
  });
  told.textContent = `${nameOf(moved)}: ${moved.querySelector("input").value}`;
}

function button(list, row, name, sign, move) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = sign;
  made.title = name;
  made.setAttribute("aria-label", `${name}: ${nameOf(row)}`);
  made.addEventListener("click", () => {
    move();
    renumber(list, row);
    made.focus();
  });
  return made;
}

function prepare(list) {
  let dragged;
  for (const row of list.children) {
    const up = button(list, row, list.dataset.up, "↑", () => row.previousElementSibling?.before(row));
    const down = button(list, row, list.dataset.down, "↓", () => row.nextElementSibling?.after(row));
    row.querySelector(".placed").append(up, down);
    // The label alone, so that the number beside it can be marked with the mouse.
    row.querySelector("label").draggable = true;
    row.addEventListener("dragstart", (event) => {
      dragged = row;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setDragImage(row, 0, 0);
      row.classList.add("dragged");
    });
    row.addEventListener("dragend", () => {
      row.classList.remove("dragged");
      dragged = undefined;
      renumber(list, row);
    });
    row.addEventListener("dragover", (event) => {
      if (!dragged || dragged === row) return;
      const box = row.getBoundingClientRect();
      row[event.clientY < box.top + box.height / 2 ? "before" : "after"](dragged);
    });
  }
  for (const name of ["dragover", "drop"]) {
    list.addEventListener(name, (event) => dragged && event.preventDefault());
  }
}

document.querySelectorAll("[data-order]").forEach(prepare);
