// The page that tells: it registers this telephone, finds the place, makes the picture small, seals, keeps and sends.
import { flush, keep, KEPT, own, owner, signingKey, waiting, type Flushed, type Owner, type Waiting } from "./tell_queue";

const form = document.querySelector<HTMLFormElement>("#tell")!;
const state = document.querySelector<HTMLElement>("#state")!;
const here = document.querySelector<HTMLButtonElement>("#here")!;
const words = state.dataset as Record<string, string>;
const field = (name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement;
const SIDE_PX_MAX = 1600; // as the node keeps it
const AGAIN_MS = 10_000;
const RENEW_MS = 3 * 86_400_000; // before it expires

const usable = Boolean(globalThis.crypto?.subtle && globalThis.indexedDB && navigator.serviceWorker && navigator.locks);
let known: Owner | undefined;

// --- the telephone

async function registered(): Promise<Owner | undefined> {
  const before = await owner();
  const me = words["owner"];
  if (!me) return before; // the kept copy, without a line: whoever registered it
  if (before?.owner === me && before.expires_ms > Date.now() + RENEW_MS) return before;
  const { key, publicKey } = await signingKey();
  const body = new URLSearchParams({ public_key: publicKey, csrfmiddlewaretoken: field("csrfmiddlewaretoken").value });
  const answer = await fetch(words["phones"]!, { method: "POST", body });
  if (!answer.ok) return undefined;
  const found: Owner = { owner: me, key, ...((await answer.json()) as Omit<Owner, "owner" | "key">) };
  await own(found);
  return found;
}

async function keepPage(): Promise<void> {
  if (!words["owner"]) return;
  await navigator.serviceWorker.register(words["worker"]!); // no module: those are fetched without a session
  const page = await fetch(`${location.pathname}?kept=1`);
  if (!page.ok || page.redirected) return;
  const cache = await caches.open(KEPT);
  const parts = document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>("link[rel=stylesheet], script[src]");
  const wanted = [...parts].map((one) => ("href" in one ? one.href : one.src));
  for (const old of await cache.keys()) if (!wanted.includes(old.url)) await cache.delete(old);
  await cache.addAll(wanted);
  await cache.put(location.pathname, page);
}

// --- what the person sees

function told(left: Waiting): void {
  state.classList.toggle("kept", left.count > 0);
  if (!left.count) return;
  const since = new Date(left.since_ms).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const said = words[left.count === 1 ? "kept" : "keptMany"]!;
  state.textContent = said.replace("{n}", String(left.count)).replace("{t}", since);
}

function shown(done: Flushed): void {
  if (done.waiting.count) return told(done.waiting);
  state.classList.remove("kept");
  if (!done.sent && !done.held) return;
  state.classList.add("sent");
  state.textContent = words[done.held ? "held" : "sent"]!;
}

async function send(): Promise<void> {
  shown(await flush(words["queue"]!));
}

// --- the report

async function small(file: File | undefined): Promise<Uint8Array> {
  if (!file?.size) return new Uint8Array();
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, SIDE_PX_MAX / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
  canvas.getContext("2d")!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 });
  return new Uint8Array(await blob.arrayBuffer());
}

const degrees = (name: string): number | null => (field(name).value ? Number(field(name).value) : null);

async function report(to: Owner): Promise<void> {
  const said = {
    told: field("told").value,
    mission: field("mission").value,
    minutes_ago: Number(field("minutes_ago").value),
    text: field("text").value,
    place: field("place").value,
    latitude: degrees("latitude"),
    longitude: degrees("longitude"),
    radius_m: degrees("radius_m"),
  };
  await keep(to, said, await small(field("photograph").files?.[0]));
  form.reset();
  nowhere();
  photographSaid();
}

form.addEventListener("submit", (event) => {
  const to = known;
  if (!to) return; // this browser cannot keep it: the form goes as forms go
  event.preventDefault();
  state.classList.remove("sent");
  state.textContent = words["sending"]!;
  report(to)
    .then(send)
    .catch(() => form.submit()); // a picture that cannot be drawn, a store that is full: the plain way
});

// --- where, and the picture

function nowhere(): void {
  for (const name of ["latitude", "longitude", "radius_m"]) field(name).value = "";
  here.setAttribute("aria-pressed", "false");
}

here.hidden = !navigator.geolocation;
here.addEventListener("click", () => {
  if (here.getAttribute("aria-pressed") === "true") return nowhere();
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      field("latitude").value = coords.latitude.toFixed(5);
      field("longitude").value = coords.longitude.toFixed(5);
      field("radius_m").value = String(Math.round(coords.accuracy));
      here.setAttribute("aria-pressed", "true");
      state.textContent = `${here.dataset["found"]} ${Math.round(coords.accuracy)} m`;
    },
    () => (state.textContent = here.dataset["refused"] ?? ""),
    { enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000 },
  );
});

const photographLabel = document.querySelector<HTMLElement>("#photograph-said")!;
const unchosen = photographLabel.textContent;
function photographSaid(): void {
  photographLabel.textContent = field("photograph").files?.length ? (photographLabel.dataset["chosen"] ?? "") : unchosen;
}
field("photograph").addEventListener("change", photographSaid);

// --- from now on

async function begin(): Promise<void> {
  known = await registered().catch(owner);
  form.dataset["ready"] = known ? "kept" : "plain";
  await keepPage().catch(() => undefined); // without a kept page it still sends
  form.dataset["page"] = "kept";
  await send();
  setInterval(() => void waiting().then((left) => (left.count ? send() : undefined)), AGAIN_MS);
  addEventListener("online", () => void send());
}
if (usable) void begin();
else form.dataset["ready"] = "plain";
