// How is the house walked through without a mouse? "/" searches, j and k walk rows, Enter opens, "?" lists the keys.

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-row]")].filter((row) => row.offsetParent !== null);
}

function step(by: number): void {
  const all = rows();
  if (all.length === 0) return;
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(all.length - 1, Math.max(0, here === -1 ? 0 : here + by))];
  if (!next) return;
  const link = next.querySelector<HTMLElement>("a[href], button");
  (link ?? next).focus();
  next.scrollIntoView({ block: "nearest" });
}

const keys: Record<string, () => void> = {
  "/": () => document.querySelector<HTMLInputElement>("#search")?.focus(),
  j: () => step(1),
  k: () => step(-1),
  "?": () => document.querySelector<HTMLDialogElement>("#keys")?.showModal(),
};

export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && typing(event.target)) (event.target as HTMLElement).blur();
    const action = typing(event.target) ? undefined : keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
