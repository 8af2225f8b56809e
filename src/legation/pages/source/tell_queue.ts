// What waits on this telephone? Envelopes sealed to the node, in order, which this telephone itself cannot open again.
const DATABASE = "legation-tell";
const FORM = "legation.tell/1";
export const KEPT = "legation-tell-1"; // the cache with the page and what it is made of

export interface Owner {
  owner: string;
  phone: string;
  box: string;
  expires_ms: number;
  key: CryptoKey; // signs; not extractable
}
interface Envelope {
  phone: string;
  command: string;
  claimed_ms: number;
  base: number;
  box: string;
  sealed: string;
  signature: string;
}
export interface Flushed {
  sent: number;
  held: number;
  waiting: Waiting;
}
export interface Waiting {
  count: number;
  since_ms: number;
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("queue", { autoIncrement: true });
      asked.result.createObjectStore("owner");
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error("no store"));
  });
}

async function inStore<T>(
  name: "queue" | "owner",
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((resolve, reject) => {
      const work = database.transaction(name, mode, { durability: "strict" });
      const asked = ask(work.objectStore(name));
      work.oncomplete = () => resolve(asked.result);
      work.onerror = work.onabort = () => reject(work.error ?? new Error("not stored"));
    });
  } finally {
    database.close();
  }
}

export const owner = (): Promise<Owner | undefined> => inStore("owner", "readonly", (store) => store.get("own"));
export const own = (value: Owner): Promise<unknown> => inStore("owner", "readwrite", (store) => store.put(value, "own"));

const text = new TextEncoder();
const base64 = (bytes: ArrayBuffer | Uint8Array): string => {
  const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  let said = "";
  for (let at = 0; at < view.length; at += 8192) said += String.fromCharCode(...view.subarray(at, at + 8192));
  return btoa(said);
};
const bytes = (said: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(said), (one) => one.charCodeAt(0));

function joined(...parts: (ArrayBuffer | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const views = parts.map((part) => (part instanceof Uint8Array ? part : new Uint8Array(part)));
  const whole = new Uint8Array(views.reduce((sum, view) => sum + view.length, 0));
  let at = 0;
  for (const view of views) {
    whole.set(view, at);
    at += view.length;
  }
  return whole;
}

const CURVE = { name: "ECDH", namedCurve: "P-256" };

export async function signingKey(): Promise<{ key: CryptoKey; publicKey: string }> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  return { key: pair.privateKey, publicKey: base64(await crypto.subtle.exportKey("spki", pair.publicKey)) };
}

// The key that sealed it is forgotten here and now: from this line on only the node can read the report.
async function sealed(to: Owner, command: string, claimed_ms: number, plain: Uint8Array<ArrayBuffer>): Promise<Envelope> {
  const header = text.encode(`${FORM}\n${to.phone}\n${command}\n${claimed_ms}\n0\n`);
  const once = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const box = await crypto.subtle.exportKey("spki", once.publicKey);
  const node = await crypto.subtle.importKey("spki", bytes(to.box), CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: node }, once.privateKey, 256);
  const secret = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: header };
  const key = await crypto.subtle.deriveKey(derivation, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: new Uint8Array(12), additionalData: header }, key, plain);
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, to.key, joined(header, box, closed));
  return {
    phone: to.phone, command, claimed_ms, base: 0,
    box: base64(box), sealed: base64(closed), signature: base64(signature),
  };
}

export async function keep(to: Owner, report: Record<string, unknown>, photograph: Uint8Array): Promise<void> {
  const command = crypto.randomUUID().replaceAll("-", "");
  const inside = text.encode(JSON.stringify(report));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, inside.length);
  const envelope = await sealed(to, command, Date.now(), joined(length, inside, photograph));
  await inStore("queue", "readwrite", (store) => store.add(envelope));
}

export async function waiting(): Promise<Waiting> {
  const rows: Envelope[] = await inStore("queue", "readonly", (store) => store.getAll());
  return { count: rows.length, since_ms: Math.min(...rows.map((row) => row.claimed_ms), Date.now()) };
}

// One at a time and in order, by whoever holds the lock: page or worker. What the node has taken is forgotten here.
export function flush(address: string): Promise<Flushed> {
  return navigator.locks.request(DATABASE, async () => {
    const done = { sent: 0, held: 0 };
    let denied = false;
    for (const number of await inStore("queue", "readonly", (store) => store.getAllKeys())) {
      const envelope: Envelope = await inStore("queue", "readonly", (store) => store.get(number));
      const answer = await posted(address, envelope);
      if (answer === null) break; // no line: the rest waits behind it
      if (answer === undefined) continue; // not taken: it stays, and stays counted
      done[answer.state === "held" ? "held" : "sent"] += 1;
      denied ||= answer.wipe;
      await inStore("queue", "readwrite", (store) => store.delete(number));
    }
    const left = await waiting();
    if (denied && !left.count) await wipe();
    return { ...done, waiting: left };
  });
}

async function posted(
  address: string,
  envelope: Envelope,
): Promise<{ state: string; wipe: boolean } | null | undefined> {
  try {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(address, { method: "POST", body: JSON.stringify(envelope), headers });
    if (answer.status >= 500) return null;
    return answer.ok ? ((await answer.json()) as { state: string; wipe: boolean }) : undefined;
  } catch {
    return null;
  }
}

// The telephone is on the deny-list: keys, page and worker go. The queue is empty by then.
export async function wipe(): Promise<void> {
  await new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(DATABASE);
    asked.onsuccess = asked.onerror = asked.onblocked = resolve;
  });
  await caches.delete(KEPT);
  for (const worker of (await globalThis.navigator.serviceWorker?.getRegistrations?.()) ?? []) await worker.unregister();
}
