// In which country is this point? Ray casting over the basemap's polygons, whose rings may run on past 180 degrees.
import type * as GeoJSON from "geojson";

export type Country = GeoJSON.Feature<GeoJSON.MultiPolygon, { name: string; code: string }>;
type Ring = GeoJSON.Position[];

function inRing(ring: Ring, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [xi, yi] = ring[i] as [number, number];
    const [xj, yj] = ring[j] as [number, number];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

function holds(country: Country, x: number, y: number): boolean {
  return country.geometry.coordinates.some(
    (rings) => inRing(rings[0] ?? [], x, y) && !rings.slice(1).some((hole) => inRing(hole, x, y)),
  );
}

export function countryAt(countries: readonly Country[], longitude: number, latitude: number): Country | undefined {
  const x = ((((longitude + 180) % 360) + 360) % 360) - 180;
  return countries.find((country) => [x, x + 360, x - 360].some((turned) => holds(country, turned, latitude)));
}
