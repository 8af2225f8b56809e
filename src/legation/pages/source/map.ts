// Where are the missions and how do they stand? <legation-map> draws them by present risk over a map that is ours.
//
// Figures: a GeoJSON collection of points with properties {id, name, country, band 1..5 or 0}; the names of the
// bands stand in `labels`, the address of a mission begins with `page`. The band
// is a shape and a letter as well as a colour. The same figures can be read as a list.
import type * as GeoJSON from "geojson";
import {
  LngLatBounds,
  Map as WorldMap,
  NavigationControl,
  Popup,
  setWorkerUrl,
  type GeoJSONSource,
  type MapLayerMouseEvent,
  type StyleSpecification,
} from "maplibre-gl";
import coarseAddress from "made:coarse";
import fineAddress from "made:fine";
import workerAddress from "url:maplibre-gl/dist/maplibre-gl-worker.mjs";
import { figures, ink, part } from "./data";
import { markers, sized } from "./markers";
import { countryAt, type Country } from "./within";

interface Mission {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly band: number;
}
type Missions = GeoJSON.FeatureCollection<GeoJSON.Point, Mission>;

const LISTED = 200; // a longer list is a page of its own: the missions page

setWorkerUrl(workerAddress);

function style(): StyleSpecification {
  return {
    version: 8,
    sources: {
      world: { type: "geojson", data: coarseAddress, tolerance: 0.4, attribution: "Natural Earth" },
      missions: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": ink("--sea") } },
      {
        id: "land",
        type: "fill",
        source: "world",
        filter: ["==", ["get", "kind"], "country"],
        paint: {
          "fill-color": ["case", ["boolean", ["feature-state", "chosen"], false], ink("--land-2"), ink("--land")],
          "fill-outline-color": ink("--land"),
        },
      },
      {
        id: "borders",
        type: "line",
        source: "world",
        filter: ["==", ["get", "kind"], "border"],
        paint: { "line-color": ink("--border"), "line-width": ["interpolate", ["linear"], ["zoom"], 0, 0.5, 5, 1.2] },
      },
      {
        id: "quiet", // most missions of a ministry: plain discs, drawn at a fraction of a mark's cost
        type: "circle",
        source: "missions",
        filter: ["<=", ["get", "band"], 1],
        paint: {
          "circle-color": ["match", ["get", "band"], 1, ink("--r1"), ink("--ink-3")],
          "circle-stroke-color": ink("--card"),
          "circle-stroke-width": 1,
          "circle-radius": ["interpolate", ["linear"], ["zoom"], 0, 3.2, 5, 6],
        },
      },
      {
        id: "missions",
        type: "symbol",
        source: "missions",
        filter: [">", ["get", "band"], 1],
        layout: {
          "icon-image": ["concat", "band-", ["to-string", ["get", "band"]]],
          "icon-size": sized,
          "icon-allow-overlap": true,
          "icon-ignore-placement": true,
          "symbol-sort-key": ["get", "band"],
        },
      },
    ],
  };
}

class LegationMap extends HTMLElement {
  private map: WorldMap | undefined;
  private countries: Country[] = [];
  private missions: Missions = { type: "FeatureCollection", features: [] };
  private popup: Popup | undefined;
  private chosen: number | undefined;

  connectedCallback(): void {
    if (this.map) return;
    const frame = part("div", "", { class: "map-frame" });
    this.append(frame);
    void figures<Missions>(this).then((missions) => {
      this.missions = missions ?? this.missions;
      this.list();
      try {
        this.draw(frame);
      } catch {
        frame.append(part("p", this.getAttribute("no-map") ?? "", { class: "empty" })); // no WebGL: the list stays
        this.querySelector("details")?.setAttribute("open", "");
      }
    });
  }

  disconnectedCallback(): void {
    this.map?.remove();
    this.map = undefined;
  }

  private draw(frame: HTMLElement): void {
    const map = new WorldMap({
      container: frame,
      style: style(),
      attributionControl: false,
      renderWorldCopies: true,
      minZoom: 0,
      maxZoom: 8,
      dragRotate: false,
      pitchWithRotate: false,
      fadeDuration: 0,
      bounds: this.bounds(),
      fitBoundsOptions: { padding: 28, maxZoom: 4.5 },
    });
    this.map = map;
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    const canvas = map.getCanvas();
    canvas.setAttribute("aria-label", this.getAttribute("label") ?? "");
    canvas.setAttribute("role", "img");
    for (const [name, image] of markers()) map.addImage(name, image, { pixelRatio: 2 });
    map.on("load", () => {
      map.getSource<GeoJSONSource>("missions")?.setData(this.missions);
      map.once("idle", () => {
        performance.mark("map-interactive");
        this.dataset["ready"] = "yes";
        void this.refine();
      });
    });
    map.on("click", (event) => this.pick(event as MapLayerMouseEvent));
    map.on("mousemove", (event) => {
      canvas.style.cursor = this.nearest(event as MapLayerMouseEvent) ? "pointer" : "";
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
  }

  // The fine coast takes its place when the map can already be used; it also answers which country was clicked.
  private async refine(): Promise<void> {
    const answer = await fetch(fineAddress);
    const world = (await answer.json()) as GeoJSON.FeatureCollection;
    this.countries = world.features.filter((one) => one.properties?.["kind"] === "country") as Country[];
    this.map?.getSource<GeoJSONSource>("world")?.setData(world);
  }

  private bounds(): LngLatBounds {
    const all = new LngLatBounds();
    for (const point of this.missions.features) all.extend(point.geometry.coordinates as [number, number]);
    return all.isEmpty() ? new LngLatBounds([-150, -50], [170, 70]) : all;
  }

  private repaint(): void {
    this.map?.setPaintProperty("sea", "background-color", ink("--sea"));
    this.map?.setPaintProperty("land", "fill-color", ink("--land"));
    this.map?.setPaintProperty("borders", "line-color", ink("--border"));
  }

  private nearest(event: MapLayerMouseEvent): Mission | undefined {
    const { x, y } = event.point;
    const reach = 6; // pixels: a finger is wider than the mark
    const hits = this.map?.getLayer("missions")
      ? this.map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers: ["missions", "quiet"] })
      : [];
    return hits[0]?.properties as Mission | undefined;
  }

  private pick(event: MapLayerMouseEvent): void {
    const mission = this.nearest(event);
    const country = countryAt(this.countries, event.lngLat.lng, event.lngLat.lat);
    if (this.chosen !== undefined) this.map?.setFeatureState({ source: "world", id: this.chosen }, { chosen: false });
    this.chosen = country?.id as number | undefined;
    if (this.chosen !== undefined) this.map?.setFeatureState({ source: "world", id: this.chosen }, { chosen: true });
    this.popup?.remove();
    if (!mission && !country) return;
    this.popup = new Popup({ closeButton: true, maxWidth: "300px", focusAfterOpen: false })
      .setLngLat(event.lngLat)
      .setDOMContent(this.card(mission, country))
      .addTo(this.map as WorldMap);
  }

  private card(mission: Mission | undefined, country: Country | undefined): HTMLElement {
    const lines: Node[] = [];
    if (mission) {
      lines.push(part("a", mission.name, { href: this.address(mission), class: "popup-name" }));
      lines.push(part("p", [this.band(mission)]));
    }
    const name = country?.properties.name ?? mission?.country ?? "";
    if (name) lines.push(part("p", name, { class: "popup-country" }));
    if (country && !mission) {
      const within = this.missions.features.filter((point) => {
        const [longitude, latitude] = point.geometry.coordinates as [number, number];
        return countryAt([country], longitude, latitude) !== undefined;
      });
      lines.push(...within.slice(0, 8).map((point) => this.entry(point.properties)));
      if (within.length === 0) lines.push(part("p", this.getAttribute("no-mission") ?? "", { class: "mut" }));
    }
    return part("div", lines, { class: "popup" });
  }

  private entry(mission: Mission): HTMLElement {
    return part("p", [
      this.band(mission),
      document.createTextNode(" "),
      part("a", mission.name, { href: this.address(mission) }),
    ], { "data-row": "" });
  }

  private band(mission: Mission): HTMLElement {
    const label = (this.getAttribute("labels") ?? "").split("|")[mission.band] ?? "";
    return part("span", label, { class: `band b${mission.band}` });
  }

  private address(mission: Mission): string {
    return `${this.getAttribute("page") ?? ""}${encodeURIComponent(mission.id)}/`;
  }

  private list(): void {
    const folded = part("details", [part("summary", this.getAttribute("list") ?? "List")]);
    // Sorted and written only when somebody unfolds it: eight thousand names are not for every opening of the page.
    folded.addEventListener("toggle", () => folded.append(this.rows()), { once: true });
    this.append(folded);
  }

  private rows(): HTMLElement {
    const names = new Intl.Collator();
    const sorted = [...this.missions.features].sort(
      (one, other) => other.properties.band - one.properties.band || names.compare(one.properties.name, other.properties.name),
    );
    return part("div", sorted.slice(0, LISTED).map((point) => this.entry(point.properties)), { class: "map-list" });
  }
}

customElements.define("legation-map", LegationMap);
