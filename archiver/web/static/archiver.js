// Optional comforts: every page works without this file. Keys can be switched off (WCAG 2.1.4).
"use strict";
(() => {
  const remembered = "archiver-keys";
  const store = {
    get: () => { try { return localStorage.getItem(remembered) !== "off"; } catch { return true; } },
    set: (on) => { try { localStorage.setItem(remembered, on ? "on" : "off"); } catch { /* private mode */ } },
  };
  let on = store.get();

  const row = document.querySelector(".av-keys");
  const button = document.querySelector(".av-keys-switch");
  const say = () => {
    button.setAttribute("aria-pressed", String(on));
    button.textContent = "Shortcut keys: " + (on ? "on" : "off");
  };
  if (row && button) {
    row.hidden = false;
    say();
    button.addEventListener("click", () => { on = !on; store.set(on); say(); });
  }

  const marks = () => [...document.querySelectorAll("a.av-mark")];
  const step = (by) => {
    const all = marks();
    if (!all.length) return;
    const at = all.indexOf(document.activeElement);
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  };
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "/") { event.preventDefault(); document.getElementById("av-q").focus(); }
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });

  for (const copy of document.querySelectorAll(".av-copy")) {
    if (!navigator.clipboard) break;
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent);
      copy.textContent = "Copied";
    });
  }

  // A link to a folded reading opens what holds it.
  const open = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target && target.closest("details");
    if (fold) { fold.open = true; target.scrollIntoView({ block: "center" }); }
  };
  addEventListener("hashchange", open);
  open();
})();
