// Rows of the server's HTML, put in place without disturbing those that stay: focus, open menus and folds survive.
"use strict";

const keyOf = (row) => row.dataset.ts || row.id;

// Gives the last row that is new, if any.
function settle(box, markup) {
  const fresh = document.createElement("template");
  fresh.innerHTML = markup;
  const kept = new Map([...box.children].map((row) => [keyOf(row), row]));
  let added = null;
  const rows = [...fresh.content.children].map((row) => {
    const old = kept.get(keyOf(row));
    if (old && old.dataset.markup === row.outerHTML) return old;
    row.dataset.markup = row.outerHTML;
    if (!old) added = row;
    reopen(row);
    return row;
  });
  place(box, rows);
  return added;
}

// What a person opened or closed stays so when its message is drawn again, here and in its thread.
const folds = new Map();
// Folds that have a name go by it, as others may come and go before them.
function foldKey(fold, row) {
  const around = fold.parentElement.closest("details");
  const name = fold.dataset.fold || [...row.querySelectorAll("details")].indexOf(fold);
  return `${around && row.contains(around) ? foldKey(around, row) : keyOf(row)}/${name}`;
}

function reopen(row) {
  for (const fold of row.querySelectorAll("details")) {
    const key = foldKey(fold, row);
    if (folds.has(key)) fold.open = folds.get(key);
    // A fold that is drawn open toggles, too, and nobody opened it.
    let known = fold.open;
    fold.addEventListener("toggle", () => {
      if (fold.open !== known) folds.set(key, known = fold.open);
    });
  }
}

// Only what is new or different is touched; focus in a row that changed goes to its successor.
function place(box, rows) {
  const successors = new Map(rows.map((row) => [keyOf(row), row]));
  for (const old of [...box.children]) {
    const row = successors.get(keyOf(old));
    if (row === old) continue;
    const focused = old.contains(document.activeElement) && document.activeElement;
    if (!row) { old.remove(); continue; }
    old.replaceWith(row);
    if (focused) (focused.dataset.action && row.querySelector(`[data-action="${CSS.escape(focused.dataset.action)}"]`) || row).focus();
  }
  rows.forEach((row, i) => { if (box.children[i] !== row) box.insertBefore(row, box.children[i] || null); });
}
