// The live run page. The server's event stream says that something is new; what is new is fetched. Without a stream it is asked for
// every few seconds.
(() => {
  "use strict";
  const page = document.getElementById("run-page");
  if (!page) return;
  const base = page.dataset.base;
  const POLL = 3000;

  // Logs: appended piece by piece from a position that the server gave.
  const MOST_NODES = 40000;
  const logs = new Map();

  class Log {
    constructor(element) {
      this.element = element;
      this.name = element.dataset.log;
      this.text = element.querySelector("pre");
      this.follow = element.querySelector("[data-follow]");
      this.at = "";
      this.ended = false;
      this.busy = false;
      this.again = false;
      this.following = true;
      this.text.addEventListener("scroll", () => this.scrolled(), { passive: true });
      this.follow.addEventListener("click", () => this.setFollowing(!this.following));
      element.closest("details")?.addEventListener("toggle", () => this.pull());
    }

    visible() {
      return this.element.closest("details")?.open ?? true;
    }

    async pull() {
      if (this.ended || !this.visible()) return;
      if (this.busy) {
        this.again = true;
        return;
      }
      this.busy = true;
      try {
        do {
          this.again = false;
          await this.pullOnce();
        } while (this.again && !this.ended);
      } finally {
        this.busy = false;
      }
    }

    async pullOnce() {
      const answer = await fetch(`${base}/log/${this.name}?at=${encodeURIComponent(this.at)}`, { headers: { "HX-Request": "true" } });
      if (answer.status === 401) location.reload();
      if (!answer.ok) return;
      const piece = await answer.json();
      this.at = piece.at;
      this.ended = piece.ended;
      this.again ||= piece.more;
      if (piece.html) {
        this.text.insertAdjacentHTML("beforeend", piece.html);
        while (this.text.childNodes.length > MOST_NODES) this.text.firstChild.remove();
        if (this.following) this.toEnd();
      }
      this.element.dataset.ended = String(this.ended);
      this.follow.hidden = this.ended;
      const empty = this.text.childNodes.length === 0;
      this.element.querySelector("[data-empty]").hidden = !empty;
    }

    toEnd() {
      this.jumping = true;
      this.text.scrollTop = this.text.scrollHeight;
      requestAnimationFrame(() => { this.jumping = false; });
    }

    scrolled() {
      if (this.jumping) return;
      const away = this.text.scrollHeight - this.text.scrollTop - this.text.clientHeight;
      this.setFollowing(away < 24, true);
    }

    setFollowing(following, byScrolling) {
      if (this.following === following) return;
      this.following = following;
      this.follow.setAttribute("aria-pressed", String(following));
      this.follow.querySelector("span").textContent = following ? "Following" : "Follow";
      if (following && !byScrolling) this.toEnd();
    }
  }

  function findLogs() {
    for (const element of page.querySelectorAll("[data-log]")) {
      if (!logs.has(element.dataset.log)) {
        const log = new Log(element);
        logs.set(log.name, log);
        log.pull();
      }
    }
  }

  // Parts of the page: fetched together, swapped only where they changed.
  let refreshing = false;
  let refreshAgain = false;

  async function refresh() {
    if (refreshing) {
      refreshAgain = true;
      return;
    }
    refreshing = true;
    try {
      do {
        refreshAgain = false;
        await htmx.ajax("GET", `${base}/live`, { target: "#run-live", swap: "none" });
      } while (refreshAgain);
    } finally {
      refreshing = false;
    }
    findLogs();
    for (const log of logs.values()) log.pull();
    page.dataset.finished = document.getElementById("run-state")?.dataset.finished ?? page.dataset.finished;
    if (finished()) stop();
  }

  const finished = () => page.dataset.finished === "true";

  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const old = event.detail.target;
    const fresh = event.detail.fragment.querySelector(`#${CSS.escape(old.id)}`);
    if (fresh && old.dataset.version && old.dataset.version === fresh.dataset.version) {
      event.detail.shouldSwap = false;
      return;
    }
    held = old.contains(document.activeElement) ? old.id : held;
    const comment = old.querySelector("#comment");
    typed = comment ? comment.value : typed;
    openOnes = [...old.querySelectorAll("details[id][open]")].map((details) => details.id);
  });

  let held = "";
  let openOnes = [];
  let typed = "";
  document.addEventListener("htmx:oobAfterSwap", () => {
    for (const id of openOnes) document.getElementById(id)?.setAttribute("open", "");
    const comment = old.querySelector("#comment");
    typed = comment ? comment.value : typed;
    openOnes = [];
    const comment = document.getElementById("comment");
    if (comment && typed && !comment.value) comment.value = typed;
    typed = "";
    const state = document.getElementById("run-state");
    if (state) {
      terrafleet.say(state.dataset.say);
      document.title = state.dataset.title;
    }
    // Whoever stood on something that is gone now stands at the head of what came for it.
    if (held && (document.activeElement === document.body || !document.activeElement)) {
      const part = document.getElementById(held);
      const heading = (part?.closest("section") ?? part)?.querySelector("h2, h1");
      heading?.setAttribute("tabindex", "-1");
      heading?.focus({ preventScroll: true });
    }
    held = "";
  });

  // The stream, and polling where it does not hold.
  let stream = null;
  let timer = null;

  function poll(on) {
    clearInterval(timer);
    timer = on ? setInterval(refresh, POLL) : null;
    page.dataset.live = on ? "polling" : "stream";
  }

  function start() {
    stream = new EventSource(`${base}/events`);
    stream.addEventListener("open", () => poll(false));
    stream.addEventListener("run", refresh);
    for (const name of ["plan", "apply"]) {
      stream.addEventListener(name, () => logs.get(name)?.pull());
    }
    stream.addEventListener("error", () => {
      if (!finished()) poll(true);
      if (stream.readyState === EventSource.CLOSED && !finished()) setTimeout(() => { if (!finished()) start(); }, 10000);
    });
  }

  function stop() {
    stream?.close();
    poll(false);
    page.dataset.live = "over";
  }

  findLogs();
  if (!finished()) {
    start();
    document.addEventListener("visibilitychange", () => { if (!document.hidden && !finished()) refresh(); });
  }
})();
