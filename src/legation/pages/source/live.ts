// What changed while the page was open? One line to /live; each message carries a panel's new fragment.
//
// Every panel on the page is an element with data-panel. A beat comes every few seconds; when beats stop, the page
// says since when it may be old, because a quiet screen and a dead screen must not look alike.

const SILENT_MS = 12_000; // two beats of five seconds and some patience

interface Fragment {
  readonly panel: string;
  readonly html: string;
}

function swap(message: Fragment, prepare: (root: HTMLElement) => void): void {
  const place = document.querySelector<HTMLElement>(`[data-panel="${CSS.escape(message.panel)}"]`);
  if (!place) return;
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  if (focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement) return; // never under a writing hand
  const key = focused?.getAttribute("href") ?? focused?.id;
  place.innerHTML = message.html;
  prepare(place);
  if (key) {
    const same = [...place.querySelectorAll<HTMLElement>("a[href], [id]")];
    same.find((element) => element.getAttribute("href") === key || element.id === key)?.focus();
  }
}

function sayLost(since: Date | null): void {
  const notice = document.querySelector<HTMLElement>("#line-lost");
  if (!notice) return;
  notice.hidden = since === null;
  const time = notice.querySelector("time");
  if (since && time) time.textContent = since.toISOString().slice(11, 16) + " UTC";
}

export function startLive(prepare: (root: HTMLElement) => void): void {
  const panels = [...document.querySelectorAll<HTMLElement>("[data-panel]")].map((place) => place.dataset["panel"] ?? "");
  if (!document.body.dataset["live"]) return;
  const query = new URLSearchParams(panels.map((name) => ["panel", name]));
  const line = new EventSource(`${document.body.dataset["live"]}?${query.toString()}`);
  let heard = new Date();
  const hear = (): void => {
    heard = new Date();
    sayLost(null);
  };
  line.addEventListener("open", hear);
  line.addEventListener("beat", (event: MessageEvent<string>) => {
    hear();
    const clock = document.querySelector("#as-of");
    if (clock && event.data && clock.textContent !== event.data) clock.textContent = event.data;
  });
  line.addEventListener("panel", (event: MessageEvent<string>) => {
    hear();
    swap(JSON.parse(event.data) as Fragment, prepare);
  });
  line.addEventListener("end", () => {
    line.close();
    window.location.reload();
  });
  window.setInterval(() => {
    if (Date.now() - heard.getTime() > SILENT_MS) sayLost(heard);
  }, 1000);
  window.addEventListener("pagehide", () => line.close());
}
