// Buttons, menus and what they ask before a press is sent.
"use strict";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!event.target.closest(".menu")) shut();
  if (!event.target.closest(".shortcuts")) unpoint();
  if (!button) return;
  const row = button.closest("article");
  if (button.matches(".replies, .about")) {
    page.thread = row.dataset.thread;
    await show();
    $("thread").querySelector("input").focus();
  } else if (button.dataset.forward) await forward(button);
  else if (button.dataset.action && row) await press(button, row, {});
  else if ("more" in button.dataset) more(button);
  else if (button.dataset.shortcut) await point(button, row);
  else if (button.parentElement.matches(".menu")) open(button.parentElement);
});

async function press(control, row, more) {
  const action = control.dataset.action;
  const asks = control.dataset.confirm;
  if (asks && !(await agreed(JSON.parse(asks)))) { back(control, row); return; }
  if (asks) back(control, row);
  control.classList.add("busy");
  const confirmed = asks ? { confirmed: true } : {};
  const answer = await send("/press", { channel: page.channel, ts: row.dataset.ts, action, ...more, ...confirmed });
  control.classList.remove("busy");
  said(answer.error ? `That did not work: ${answer.error}` : "");
  await show();
}

// The shortcuts of the app, in the menu of a message.
function more(button) {
  const opened = button.getAttribute("aria-expanded") === "true";
  unpoint();
  button.setAttribute("aria-expanded", String(!opened));
  button.nextElementSibling.hidden = opened;
}

function unpoint() {
  const opener = document.querySelector(".shortcuts [aria-expanded=true]");
  if (!opener) return;
  opener.setAttribute("aria-expanded", "false");
  opener.nextElementSibling.hidden = true;
}

document.addEventListener("keydown", (event) => {
  const box = event.key === "Escape" && event.target.closest(".shortcuts");
  if (!box) return;
  unpoint();
  box.querySelector("button").focus();
});

async function point(button, row) {
  unpoint();
  const answer = await send("/shortcut", { channel: page.channel, ts: row.dataset.ts, shortcut: button.dataset.shortcut });
  said(answer.error ? `That did not work: ${answer.error}` : "");
  await show();
}

// Asks, and says whether the person agreed; Escape and everything but the one button is a no.
function agreed(words) {
  const dialog = $("confirm");
  $("confirm-title").innerHTML = words.title;
  $("confirm-text").innerHTML = words.text;
  $("deny").innerHTML = words.deny;
  $("agree").innerHTML = words.confirm;
  $("agree").className = words.style;
  dialog.returnValue = "";
  dialog.showModal();
  $("agree").focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "agree"), { once: true });
  });
}

// Focus goes back to the control, or to its successor where the message has changed meanwhile.
function back(control, row) {
  const [ts, action] = [row, control].map((each) => CSS.escape(each.dataset.ts || each.dataset.action));
  const box = control.isConnected ? control : document.querySelector(`article[data-ts="${ts}"] [data-action="${action}"]`);
  (box && (box.matches("button") ? box : box.querySelector("button")) || $("text")).focus();
}

// Tab stays within the dialog; of itself the browser also lets it out to its own bars.
$("confirm").addEventListener("keydown", (event) => {
  const [first, last] = [$("deny"), $("agree")];
  if (event.key !== "Tab" || document.activeElement !== (event.shiftKey ? first : last)) return;
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
});

function shut() {
  const popup = document.querySelector(".menu .popup");
  if (!popup) return;
  popup.parentElement.querySelector("button").setAttribute("aria-expanded", "false");
  popup.remove();
}

const element = (tag, attributes, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

// The rows of a list: options, those of a group together under its label.
function rows(entries, pick) {
  const made = [];
  let list = null;
  entries.forEach((entry, i) => {
    const option = element("li", { role: "option", id: `option-${i}`, "data-value": entry.value }, entry.text);
    option.onmousedown = (event) => { event.preventDefault(); pick(entry.value); };
    if (!entry.group) { made.push(option); return; }
    if (!i || entries[i - 1].group !== entry.group) {
      const label = element("span", { id: `group-${i}`, class: "group" }, entry.group);
      list = element("ul", { role: "group", "aria-labelledby": label.id });
      made.push(element("li", { role: "none" }, label, list));
    }
    list.append(option);
  });
  return made.length ? made : [element("li", { role: "option", "aria-disabled": "true" }, "No results")];
}

// Above its menu where there is room for a long list, else below, and within the width of the messages.
function fit(popup, menu, box) {
  const [around, own, outer] = [menu, popup, box].map((each) => each.getBoundingClientRect());
  popup.classList.toggle("below", around.top - outer.top < 300);
  popup.style.left = `${Math.min(0, outer.right - own.right - 20)}px`;
}

// A menu: a field to type into over a list; of a typeahead the server has the list.
function open(menu) {
  const again = menu.querySelector(".popup");
  shut();
  if (again) return;
  const popup = document.createElement("div");
  popup.className = "popup";
  popup.append(menu.querySelector("template").content.cloneNode(true));
  menu.append(popup);
  menu.querySelector("button").setAttribute("aria-expanded", "true");
  const [field, box] = [popup.querySelector("input"), popup.querySelector("ul")];
  box.id = "options";
  field.setAttribute("aria-controls", box.id);
  const all = [...box.children].map((o) => ({ value: o.dataset.value, text: o.textContent, group: o.dataset.group }));
  const row = menu.closest("article");
  const options = () => [...box.querySelectorAll("[data-value]")];
  let at = -1;
  const pick = (value) => {
    const words = options().find((o) => o.dataset.value === value).textContent;
    shut();
    menu.querySelector("button").focus();
    if (row) press(menu, row, { option: value });
    else { menu.dataset.value = value; menu.querySelector("button").textContent = words; }
  };
  const fillList = (entries) => {
    at = -1;
    field.removeAttribute("aria-activedescendant");
    box.replaceChildren(...rows(entries, pick));
    box.scrollTop = 0;
    popup.scrollIntoView({ block: "nearest" });
  };
  const narrow = async () => {
    const typed = field.value;
    if ("remote" in menu.dataset) {
      const about = row ? { channel: page.channel, ts: row.dataset.ts } : {};
      const found = await ask("/suggest", { ...about, action: menu.dataset.action, text: typed });
      if (field.value === typed) fillList(found);
    } else fillList(all.filter((o) => o.text.toLowerCase().includes(typed.toLowerCase())));
  };
  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => {
    const found = options();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!found.length) return;
      const down = event.key === "ArrowDown";
      at = at < 0 && !down ? found.length - 1 : (at + (down ? 1 : -1) + found.length) % found.length;
      found.forEach((o, n) => o.setAttribute("aria-selected", String(n === at)));
      found[at].scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", found[at].id);
    } else if (event.key === "Enter") { if (found.length) pick(found[Math.max(at, 0)].dataset.value); }
    else if (event.key === "Escape") { shut(); menu.querySelector("button").focus(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener("blur", () => setTimeout(() => { if (!popup.contains(document.activeElement)) popup.isConnected && shut(); }, 150));
  if (row) fit(popup, menu, row.parentElement);
  narrow();
  field.focus();
}
