// Where does an element get its figures? From the JSON script tag it names, or from an address.

export async function figures<T>(element: HTMLElement): Promise<T> {
  const address = element.getAttribute("src");
  if (address) {
    const answer = await fetch(address, { headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    return (await answer.json()) as T;
  }
  const script = document.getElementById(element.getAttribute("data") ?? "");
  return JSON.parse(script?.textContent ?? "null") as T;
}

export const ink = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function part<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  content: string | Node[] = "",
  attributes: Record<string, string> = {},
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (typeof content === "string") element.textContent = content;
  else element.append(...content);
  return element;
}
