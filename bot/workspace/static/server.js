// What the page asks of the server, each time with the token of this run.
"use strict";

const { token } = document.body.dataset;
const own = { "X-Page-Token": token };

const ask = (path, parameters) => fetch(`${path}?${new URLSearchParams(parameters)}`, { headers: own }).then((r) => r.json());
const send = (path, body) =>
  fetch(path, { method: "POST", headers: { ...own, "Content-Type": "application/json" }, body: JSON.stringify(body) })
    .then((r) => r.json())
    .catch(() => ({ error: "the server does not answer" }));

// Tells of the version, at once and after every change; and when nothing is heard for now.
function listen(heard, lost = () => {}) {
  const changes = new EventSource(`/changes?${new URLSearchParams({ token })}`);
  changes.onmessage = (event) => heard(Number(event.data));
  // Closed, and not only cut off, by the answer of a later run, whose page has another token.
  changes.onerror = () => { if (changes.readyState === EventSource.CLOSED) location.reload(); else lost(); };
}
