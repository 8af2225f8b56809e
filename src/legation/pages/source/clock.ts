// How long until someone must have acted? <time data-until> counts down and says when the limit has passed.
//
// The server gives both ends (data-until, data-now), so a wrong clock in the browser cannot lengthen a deadline;
// the time in between is measured on the monotonic clock. data-held stops it: a replay's clock moves by whole days.

const URGENT_S = 15 * 60; // below this the figure turns red: less than a quarter of an hour is now
const SOON_S = 4 * 3600; // below this it turns amber: within the half watch

interface Countdown {
  readonly seconds: number;
  readonly since: number;
}

const started = new WeakMap<Element, Countdown>();

export function remaining(seconds: number): string {
  const sign = seconds < 0 ? "−" : "";
  const whole = Math.floor(Math.abs(seconds));
  const two = (value: number): string => String(value).padStart(2, "0");
  if (whole < 3600) return `${sign}${Math.floor(whole / 60)}:${two(whole % 60)}`;
  if (whole < 48 * 3600) return `${sign}${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))}`;
  return `${sign}${Math.floor(whole / 86400)} d`;
}

function show(clock: HTMLElement): void {
  const until = clock.dataset["until"];
  const now = clock.dataset["now"];
  if (!until || !now) return;
  let start = started.get(clock);
  if (!start) {
    start = { seconds: (Date.parse(until) - Date.parse(now)) / 1000, since: performance.now() };
    started.set(clock, start);
  }
  const passed = clock.dataset["held"] === undefined ? (performance.now() - start.since) / 1000 : 0;
  const left = start.seconds - passed;
  const text = remaining(left);
  if (clock.textContent !== text) clock.textContent = text;
  clock.classList.toggle("need", left < URGENT_S);
  clock.classList.toggle("soon", left >= URGENT_S && left < SOON_S);
}

export function startClocks(): void {
  const all = (): void => document.querySelectorAll<HTMLElement>("time[data-until]").forEach(show);
  all();
  window.setInterval(all, 1000);
}
