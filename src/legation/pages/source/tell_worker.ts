// The worker of one page: without a line it hands out the kept copy, and what that is made of. Nothing else passes it.
import { flush, KEPT } from "./tell_queue";

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
const worker = globalThis as unknown as {
  location: Location;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(name: "install" | "activate" | "sync", heard: (event: Lasting) => void): void;
  addEventListener(name: "fetch", heard: (event: Asked) => void): void;
};

const PAGE = new URL("./", worker.location.href).pathname;
const BUILT = "/static/built/";

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("sync", (event) => event.waitUntil(flush(`${PAGE}queue/`)));

async function kept(path: string): Promise<Response | undefined> {
  return (await caches.open(KEPT)).match(path);
}

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (lost) {
    const copy = await kept(PAGE);
    if (copy) return copy;
    throw lost;
  }
}

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.mode === "navigate" && request.method === "GET" && path === PAGE) {
    event.respondWith(page(request));
  } else if (path.startsWith(BUILT)) {
    event.respondWith(kept(request.url).then((copy) => copy ?? fetch(request)));
  }
});
