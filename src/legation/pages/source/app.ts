// What runs on every page? Fragments, the live line, countdowns, keys; maps and charts load only where there are some.
import htmx from "htmx.org";
import { startClocks } from "./clock";
import { startKeys } from "./keyboard";
import { startLive } from "./live";

const heavy: Record<string, () => Promise<unknown>> = {
  "legation-map": () => import("./map"),
  "legation-chart": () => import("./chart"),
};

function loadElements(root: ParentNode): void {
  for (const [name, load] of Object.entries(heavy)) {
    if (!customElements.get(name) && root.querySelector(name)) void load();
  }
}

// What scrolls sideways can be scrolled by keyboard only if it can be focused.
function focusable(root: ParentNode): void {
  for (const box of root.querySelectorAll<HTMLElement>(".scroll")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }
}

function prepare(root: HTMLElement): void {
  focusable(root);
  htmx.process(root);
  loadElements(root);
}

loadElements(document);
focusable(document);
startClocks();
startKeys();
startLive(prepare);
document.addEventListener("htmx:after:swap", () => loadElements(document));
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field instanceof HTMLSelectElement && field.dataset["submit"] !== undefined) field.form?.requestSubmit();
});
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-print]") : null;
  if (button) window.print();
});
// Signing out makes this browser forget what it kept: what still waits to be reported is sent first.
const LEAVING_MS = 3_000;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.action.endsWith("/sign-in/out/") || !navigator.serviceWorker) return;
  event.preventDefault();
  const late = new Promise((resolve) => setTimeout(resolve, LEAVING_MS));
  const sent = import("./tell_queue").then((queue) => queue.flush("/intelligence/tell/queue/"));
  void Promise.race([sent.catch(() => undefined), late]).then(() => form.submit());
});
// A fragment that came over the live line is drawn once for many readers and carries no token: it is added here.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const token = document.body.dataset["csrf"];
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || !token) return;
    if (form.querySelector("[name=csrfmiddlewaretoken]")) return;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "csrfmiddlewaretoken", value: token });
    form.append(field);
  },
  true,
);
