// The page's hands and eyes: it puts the server's HTML in place, and sends what is typed and pressed.
"use strict";

const $ = (id) => document.getElementById(id);
const page = { channel: document.body.dataset.channel, thread: "", version: -1, view: null, closed: null, hash: null, clock: null,
  asked: 0, shown: 0 };
const command = document.body.dataset.command;

// What is seen

async function show() {
  const number = page.asked += 1;
  const seen = await ask("/view", { channel: page.channel, thread: page.thread }).catch(() => null);
  // What comes behind a later answer shows what was before.
  if (!seen || number < page.shown) return;
  page.shown = number;
  if (seen.error) {
    if (page.channel !== document.body.dataset.channel) go(document.body.dataset.channel);
    return;
  }
  page.version = seen.version;
  $("title").textContent = seen.title;
  $("title").classList.toggle("direct", seen.channels.some((c) => c.direct && c.id === page.channel));
  document.title = `${seen.title} · local workspace`;
  $("topic").textContent = seen.topic;
  clock(seen.clock);
  $("text").placeholder = `Message ${seen.title}, or type ${command}`;
  fill($("messages"), seen.messages);
  fill($("replies"), seen.thread);
  $("thread").hidden = !page.thread;
  list(seen.channels);
  modal(seen.view);
}

// Puts messages in place; a new one is scrolled to where the last one was in sight.
function fill(box, markup) {
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  const added = settle(box, markup);
  if (added && atEnd) added.scrollIntoView({ block: added.offsetHeight > box.clientHeight ? "start" : "end" });
}

function list(channels) {
  const read = JSON.parse(localStorage.getItem("read") || "{}");
  const here = channels.find((c) => c.id === page.channel);
  if (here && !document.hidden) read[page.channel] = here.latest;
  localStorage.setItem("read", JSON.stringify(read));
  for (const [box, direct] of [[$("channels"), false], [$("directs"), true]]) {
    const wanted = channels.filter((c) => c.direct === direct);
    if (box.children.length !== wanted.length) {
      box.replaceChildren(...wanted.map((c) => {
        const row = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.dataset.id = c.id;
        button.onclick = () => go(c.id);
        row.append(button);
        return row;
      }));
    }
    wanted.forEach((c, i) => {
      const button = box.children[i].firstChild;
      const unread = c.id !== page.channel && c.latest > (read[c.id] || "");
      button.textContent = `${direct ? "" : "# "}${c.title}`;
      button.classList.toggle("unread", unread);
      button.setAttribute("aria-label", `${c.title}${unread ? ", unread" : ""}`);
      if (c.id === page.channel) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    });
  }
}

function modal(view) {
  // What was asked for before it was closed still has it.
  if (view && view.id === page.closed) return;
  const dialog = $("view");
  const body = dialog.querySelector(".view-body");
  const fresh = view && (page.view !== view.id || page.hash !== view.hash);
  page.view = view && view.id;
  page.hash = view && view.hash;
  if (!view) {
    if (dialog.open) dialog.close();
    return;
  }
  if (fresh) {
    $("view-title").textContent = view.title;
    body.innerHTML = view.body;
    dialog.querySelector(".view-foot").hidden = !view.submit;
    $("submit").textContent = view.submit;
    $("cancel").textContent = view.close;
    $("trouble").textContent = "";
  }
  faults(view.errors);
  if (!dialog.open) dialog.showModal();
  if (fresh) (body.querySelector(CONTROLS) || $("unview")).focus();
}

const CONTROLS = ".field input, .field select, .field textarea, .field .menu > button";
const fields = () => [...$("form").querySelectorAll(".field")].map((box) => ({
  box, block: box.dataset.block, control: box.querySelector(CONTROLS), menu: box.querySelector(".menu"),
}));

// What is wrong, beside the fields.
function faults(errors) {
  for (const { box, block, control } of fields()) {
    const words = box.querySelector(".error");
    words.hidden = !errors[block];
    if (words.textContent !== (errors[block] || "")) words.textContent = errors[block] || "";
    if (errors[block]) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}

$("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const values = Object.fromEntries(fields().map(({ block, control, menu }) => [block, menu ? menu.dataset.value : control.value]));
  $("submit").disabled = true;
  const answer = await send("/submit", { values });
  $("submit").disabled = false;
  $("trouble").textContent = answer.error ? `That did not work: ${answer.error}` : "";
  await show();
  const wrong = $("form").querySelector("[aria-invalid=true]");
  if (wrong) wrong.focus();
});

// The clock: it goes on by itself between two answers of the server.
function clock(found) {
  $("clock").hidden = !found;
  page.clock = found && { ahead: found.now * 1000 - Date.now(), zone: found.zone || undefined };
  tick();
}

function tick() {
  if (!page.clock) return;
  const at = new Date(Date.now() + page.clock.ahead);
  const shown = new Intl.DateTimeFormat("en-GB", {
    weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
    timeZoneName: "short", timeZone: page.clock.zone,
  }).format(at);
  if ($("now").textContent !== shown) $("now").textContent = shown;
  $("now").dateTime = at.toISOString();
}
setInterval(tick, 1000);

async function forward(button) {
  button.disabled = true;
  const answer = await send("/clock", { seconds: Number(button.dataset.forward) });
  button.disabled = false;
  button.focus();
  if (answer.error) { said(answer.error); return; }
  clock(answer);
  said(`It is now ${$("now").textContent}`);
}

function go(channel) {
  Object.assign(page, { channel, thread: "" });
  $("messages").replaceChildren();
  document.body.classList.remove("menu");
  $("menu").setAttribute("aria-expanded", "false");
  show().then(() => { $("messages").scrollTop = $("messages").scrollHeight; });
  $("text").focus();
}

const said = (words) => { $("status").textContent = words; };

const hinted = () => { localStorage.setItem("hinted", "1"); $("hint").hidden = true; };

// What is typed

function composer(form, thread) {
  const field = form.querySelector("input");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value;
    if (!text.trim()) return;
    field.value = "";
    complete([]);
    if (text.startsWith(command)) hinted();
    const answer = await send("/say", { text, channel: page.channel, thread: thread() });
    if (answer.error) { said(answer.error); field.value = text; }
    await show();
    const box = thread() ? $("replies") : $("messages");
    if (box.lastElementChild) {
      box.lastElementChild.scrollIntoView({ block: box.lastElementChild.offsetHeight > box.clientHeight ? "start" : "end" });
    }
  });
}
composer(document.querySelector("main form"), () => "");
composer(document.querySelector("aside form"), () => page.thread);

let offered = [];
let chosen = -1;

function complete(found) {
  offered = found;
  chosen = -1;
  const box = $("completions");
  box.hidden = !found.length;
  $("text").setAttribute("aria-expanded", String(!!found.length));
  $("text").removeAttribute("aria-activedescendant");
  box.replaceChildren(...found.map((entry, i) => {
    const row = document.createElement("li");
    row.id = `completion-${i}`;
    row.setAttribute("role", "option");
    const text = document.createElement("b");
    const description = document.createElement("span");
    text.textContent = entry.text;
    description.textContent = entry.description;
    row.append(text, description);
    row.onmousedown = (event) => { event.preventDefault(); take(i); };
    return row;
  }));
}

function choose(i) {
  const rows = [...$("completions").children];
  chosen = (i + rows.length) % rows.length;
  rows.forEach((row, n) => row.setAttribute("aria-selected", String(n === chosen)));
  rows[chosen].scrollIntoView({ block: "nearest" });
  $("text").setAttribute("aria-activedescendant", rows[chosen].id);
}

function take(i) {
  $("text").value = offered[i].text;
  complete([]);
  $("text").focus();
}

$("text").addEventListener("input", async () => {
  const text = $("text").value;
  if (text.startsWith("/") && command.startsWith(text)) {
    complete([{ text: command, description: "Source-cited excerpts from reviewed briefs" }]);
  } else if (text.startsWith(`${command} `)) {
    const found = await ask("/complete", { text: text.slice(command.length + 1) });
    if ($("text").value === text) complete(found.filter((entry) => entry.text !== text));
  } else complete([]);
});
$("text").addEventListener("keydown", (event) => {
  if (!offered.length) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(chosen < 0 ? (event.key === "ArrowDown" ? 0 : -1) : chosen + (event.key === "ArrowDown" ? 1 : -1));
  else if (event.key === "Tab" || (event.key === "Enter" && chosen >= 0)) take(Math.max(chosen, 0));
  else if (event.key === "Escape") complete([]);
  else return;
  event.preventDefault();
});
$("text").addEventListener("blur", () => complete([]));

$("unthread").onclick = () => { page.thread = ""; show(); $("text").focus(); };
$("unview").onclick = $("cancel").onclick = () => $("view").close();
$("view").addEventListener("close", () => {
  if (!page.view) return;
  page.closed = page.view;
  page.view = null;
  send("/close", { view: page.closed });
});
$("menu").onclick = () => {
  const opened = document.body.classList.toggle("menu");
  $("menu").setAttribute("aria-expanded", String(opened));
};
$("hint").hidden = !!localStorage.getItem("hinted");
$("hide").onclick = () => { hinted(); $("text").focus(); };

// What changes

listen((version) => { if (version !== page.version) show(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) show(); });
$("text").focus();
