// How is the front end built? Bundles the TypeScript and CSS into ../static/built with hashed names and a manifest.
import { build } from "esbuild";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { basemap } from "./basemap.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static", "built");
const require = createRequire(import.meta.url);

const ATLAS = {
  "basemap-coarse.json": "world-atlas/countries-110m.json", // drawn first: a map within the first second
  "basemap-fine.json": "world-atlas/countries-50m.json", // put in its place as soon as the page is idle
};

// `url:package/file` gives the address of a file copied as it is; `made:coarse` and `made:fine` of the basemap made here.
const addresses = {
  name: "addresses",
  setup(plan) {
    plan.onResolve({ filter: /^url:/ }, (found) => ({
      path: require.resolve(found.path.slice("url:".length)),
      namespace: "copied",
    }));
    plan.onResolve({ filter: /^made:(coarse|fine)$/ }, (found) => ({
      path: `basemap-${found.path.slice("made:".length)}.json`,
      namespace: "made",
    }));
    plan.onLoad({ filter: /.*/, namespace: "copied" }, async (file) => ({
      contents: await readFile(file.path),
      loader: "file",
    }));
    plan.onLoad({ filter: /.*/, namespace: "made" }, async (file) => ({
      contents: JSON.stringify(basemap(require(ATLAS[file.path]))),
      loader: "file",
    }));
  },
};

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const { metafile } = await build({
  entryPoints: [join(here, "app.ts"), join(here, "app.css"), join(here, "map.css"), join(here, "chart.css")],
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  metafile: true,
  legalComments: "linked",
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  publicPath: "/static/built",
  loader: { ".woff2": "file" },
  plugins: [addresses],
  logLevel: "warning",
});
const names = Object.entries(metafile.outputs)
  .filter(([, made]) => made.entryPoint)
  .map(([path, made]) => {
    const source = basename(made.entryPoint);
    return [source.replace(/\.ts$/, ".js"), basename(path)];
  });
await writeFile(join(out, "manifest.json"), JSON.stringify(Object.fromEntries(names), null, 1) + "\n");

// A packed copy beside each text file: the server hands it out to browsers that can unpack it.
for (const name of (await readdir(out)).filter((file) => /\.(js|mjs|css|json)$/.test(file) && file !== "manifest.json")) {
  await writeFile(join(out, `${name}.gz`), gzipSync(await readFile(join(out, name)), { level: 9 }));
}
