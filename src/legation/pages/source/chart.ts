// How did it go, and where may it go? <legation-chart> draws counts of the past and the fan of the forecast.
//
// Figures: {history: [[epoch_s, count], ...], forecast: [[epoch_s, middle, low, high], ...], unit, labels}. The same
// figures stand in a table below, for readers and for paper.
import Plot from "uplot";
import { figures, ink, part } from "./data";

interface Figures {
  readonly history: [number, number][];
  readonly forecast: [number, number, number, number][];
  readonly labels: { history: string; forecast: string; low: string; high: string; when: string; table: string };
}

const HEIGHT = 168;

function columns(given: Figures): Plot.AlignedData {
  const last = given.history.at(-1);
  const fan: [number, number, number, number][] = last
    ? [[last[0], last[1], last[1], last[1]], ...given.forecast]
    : given.forecast;
  const past = given.history.slice(0, -1);
  const none = past.map(() => null);
  return [
    [...past.map((point) => point[0]), ...fan.map((point) => point[0])],
    [...past.map((point) => point[1]), last ? last[1] : null, ...given.forecast.map(() => null)],
    [...none, ...fan.map((point) => point[1])],
    [...none, ...fan.map((point) => point[2])],
    [...none, ...fan.map((point) => point[3])],
  ] as Plot.AlignedData;
}

class LegationChart extends HTMLElement {
  private plot: Plot | undefined;
  private watcher: ResizeObserver | undefined;

  connectedCallback(): void {
    if (this.plot) return;
    const frame = part("div", "", { class: "chart-frame", "aria-hidden": "true" });
    this.append(frame);
    void figures<Figures>(this).then((given) => {
      if (!given) return;
      this.draw(frame, given);
      this.append(this.table(given));
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
        this.plot?.destroy();
        this.draw(frame, given);
      });
    });
  }

  disconnectedCallback(): void {
    this.watcher?.disconnect();
    this.plot?.destroy();
    this.plot = undefined;
  }

  private draw(frame: HTMLElement, given: Figures): void {
    const axis: Plot.Axis = {
      stroke: ink("--ink-3"),
      font: '11px "Noto Sans", sans-serif',
      grid: { stroke: ink("--line-2"), width: 1 },
      ticks: { show: false },
    };
    const line = (stroke: string, width: number): Plot.Series => ({ stroke, width, points: { show: false } });
    const now = given.history.at(-1)?.[0];
    this.plot = new Plot(
      {
        width: Math.max(frame.clientWidth, 200),
        height: HEIGHT,
        legend: { show: false },
        cursor: { show: false },
        scales: { y: { range: (_plot, _low, high) => [0, Math.max(1, (high || 0) * 1.1)] } },
        axes: [{ ...axis, size: 38 }, { ...axis, size: 38 }],
        series: [{}, line(ink("--ink-2"), 1.6), line(ink("--accent"), 1.8), line("transparent", 0), line("transparent", 0)],
        bands: [{ series: [4, 3], fill: ink("--fan") }],
        hooks: {
          draw: [
            (plot) => {
              if (now === undefined) return;
              const x = Math.round(plot.valToPos(now, "x", true));
              plot.ctx.fillStyle = ink("--line");
              plot.ctx.fillRect(x, plot.bbox.top, devicePixelRatio, plot.bbox.height);
            },
          ],
        },
      },
      columns(given),
      frame,
    );
    this.watcher ??= new ResizeObserver(() => {
      if (frame.clientWidth > 0) this.plot?.setSize({ width: frame.clientWidth, height: HEIGHT });
    });
    this.watcher.observe(frame);
  }

  private table(given: Figures): HTMLElement {
    const day = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);
    const number = (value: number): string => String(Math.round(value * 100) / 100);
    const row = (cells: string[], tag: "td" | "th"): HTMLElement =>
      part("tr", cells.map((text, index) => part(tag, text, index ? { class: "n" } : {})));
    const { labels } = given;
    const past = given.history.slice(-12).map(([when, count]) => row([day(when), number(count), "", ""], "td"));
    const fan = given.forecast.map((point) => row([day(point[0]), ...point.slice(1).map(number)], "td"));
    const head = part("thead", [row([labels.when, `${labels.history} / ${labels.forecast}`, labels.low, labels.high], "th")]);
    return part("details", [part("summary", labels.table), part("table", [head, part("tbody", [...past, ...fan])])]);
  }
}

customElements.define("legation-chart", LegationChart);
