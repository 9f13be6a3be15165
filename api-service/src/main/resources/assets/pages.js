// What every page does beyond HTML. Everything works without it, only less comfortably.
(() => {
  "use strict";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);

  function showTheme() {
    const button = document.querySelector("[data-theme-toggle]");
    if (!button) return;
    button.hidden = false;
    button.setAttribute("aria-pressed", String(isDark()));
    button.title = isDark() ? "Switch to light" : "Switch to dark";
  }

  function toggleTheme() {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("terrafleet-theme", root.dataset.theme);
    } catch {
      // Not kept: the next page asks the system again.
    }
    showTheme();
  }

  // Times come as absolute UTC; here they become relative, with the local time on hover.
  const steps = [[60, "second", 1], [3600, "minute", 60], [86400, "hour", 3600], [2592000, "day", 86400], [Infinity, "month", 2592000]];
  const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  const absolute = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "long" });
  // The server's clock is the one that counts; pages say when they were made.
  const skew = Date.now() - Number(document.body?.dataset.now ?? Date.now());
  const now = () => Date.now() - skew;

  function ago(at) {
    const seconds = Math.round((at - now()) / 1000);
    if (Math.abs(seconds) < 5) return "just now";
    const [, unit, size] = steps.find(([limit]) => Math.abs(seconds) < limit);
    return relative.format(Math.trunc(seconds / size), unit);
  }

  function duration(milliseconds) {
    const seconds = Math.max(0, milliseconds / 1000);
    if (seconds < 60) return `${Math.floor(seconds)} s`;
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
    return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  }

  function tick() {
    for (const element of document.querySelectorAll("time[data-ago]")) {
      const at = Date.parse(element.dateTime);
      const text = ago(at);
      if (element.textContent !== text) element.textContent = text;
      if (!element.title) element.title = absolute.format(at);
    }
    for (const element of document.querySelectorAll("[data-since]")) {
      const text = duration(now() - Number(element.dataset.since));
      if (element.textContent !== text) element.textContent = text;
    }
  }

  async function copy(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.dataset.done = "";
      say("Copied");
    } catch {
      say("The browser does not allow copying");
    }
  }

  function say(text) {
    const region = document.getElementById("said");
    if (region && text && region.textContent !== text) region.textContent = text;
  }

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("[data-theme-toggle]")) toggleTheme();
    const copier = target?.closest("[data-copy]");
    if (copier) copy(copier);
    const folder = target?.closest("[data-fold]");
    if (folder) {
      const open = folder.dataset.fold === "open";
      for (const details of document.querySelectorAll(`${folder.dataset.target} > details`)) details.open = open;
    }
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = document.querySelector("input[type=search]");
      if (search) {
        event.preventDefault();
        search.focus();
      }
    }
  });

  dark.addEventListener("change", showTheme);
  document.addEventListener("htmx:afterSettle", tick);
  showTheme();
  tick();
  setInterval(tick, 1000);
  window.terrafleet = { say };
})();
