// What does the world look like below the missions? Natural Earth countries, with no line across the date line.
//
// The package's TopoJSON joins a country across the antimeridian, so a ring may step from +180 to -180; drawn as it
// is, that step is a line across the whole map. Each ring is unwrapped: longitudes run on past 180 instead. Borders
// are the arcs shared by two countries, so no coast and no cut is ever drawn as a border.
import { feature, mesh } from "topojson-client";

const DECIMALS = 2; // about a kilometre at the equator: below one pixel at the deepest zoom offered
const SOUTH_EDGE = -85; // Web Mercator ends there

const round = (value) => Number(value.toFixed(DECIMALS));

export function unwrapped(ring) {
  let turn = 0;
  const points = ring.map(([longitude, latitude], index) => {
    if (index > 0) {
      const step = longitude - ring[index - 1][0];
      if (step > 180) turn -= 360;
      if (step < -180) turn += 360;
    }
    return [round(longitude + turn), round(latitude)];
  });
  // A ring that ends a full turn away goes round the pole (Antarctica): close it along the edge of the map.
  const first = points[0];
  const last = points[points.length - 1];
  if (Math.abs(last[0] - first[0]) > 180) points.push([last[0], SOUTH_EDGE], [first[0], SOUTH_EDGE], [...first]);
  return points.filter((point, index) => index === 0 || index >= points.length - 1 || differs(point, points[index - 1]));
}

const differs = (one, other) => one[0] !== other[0] || one[1] !== other[1];

function polygons(geometry) {
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return { type: "MultiPolygon", coordinates: parts.map((rings) => rings.map(unwrapped)) };
}

export function basemap(topology) {
  const countries = feature(topology, topology.objects.countries).features.filter((country) => country.geometry);
  return {
    type: "FeatureCollection",
    features: [
      ...countries.map((country, index) => ({
        type: "Feature",
        id: index + 1,
        properties: { kind: "country", name: country.properties.name, code: String(country.id ?? "") },
        geometry: polygons(country.geometry),
      })),
      {
        type: "Feature",
        properties: { kind: "border" },
        geometry: mesh(topology, topology.objects.countries, (one, other) => one !== other),
      },
    ],
  };
}
