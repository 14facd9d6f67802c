// The page of a preview: it puts the server's HTML in place after every save.
"use strict";

const $ = (id) => document.getElementById(id);
let version = -1;

async function show() {
  const seen = await ask("/view", {}).catch(() => null);
  // What comes behind a later answer shows what was before.
  if (!seen || seen.error || seen.version < version) return;
  version = seen.version;
  for (const [id, markup] of Object.entries(seen.parts)) settle($(id), markup);
  $("unchanged").hidden = !$("quiet").children.length;
  $("trouble").hidden = !seen.trouble;
  $("trouble").textContent = seen.trouble || "";
  if ($("live").textContent !== seen.words) $("live").textContent = seen.words;
  const now = new Date();
  $("shown").dateTime = now.toISOString();
  $("shown").textContent = now.toLocaleTimeString("en-GB");
  document.body.classList.toggle("lost", !!seen.trouble);
  document.title = `${seen.words} · Preview · briefbot`;
}

// What an unchanged brief says is drawn when somebody opens it.
document.addEventListener("toggle", async (event) => {
  const fold = event.target;
  if (!fold.open || !fold.matches(".quiet") || fold.dataset.asked) return;
  fold.dataset.asked = "yes";
  const answer = await ask("/brief", { slug: fold.dataset.slug }).catch(() => ({}));
  if (answer.inside) fold.querySelector(".inside").innerHTML = answer.inside;
  else delete fold.dataset.asked;
}, true);

// A card that is led to is where the keyboard goes on; one that a link names is there only now.
function follow() {
  const card = location.hash && document.getElementById(location.hash.slice(1));
  if (card && card.matches(".brief")) card.focus({ preventScroll: true });
}
addEventListener("hashchange", follow);

listen(
  (current) => { if (current !== version) show(); },
  () => {
    document.body.classList.add("lost");
    $("live").textContent = "The preview has ended. Start it again: briefbot preview";
  },
);
