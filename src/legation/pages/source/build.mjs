// How is the front end built? Bundles the TypeScript and CSS into ../static/built with hashed names and a manifest.
import { build } from "esbuild";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
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

// A served page may still ask for what an earlier build left, so that goes only after a day.
const KEPT_MS = 86_400_000;
await mkdir(out, { recursive: true });
for (const name of await readdir(out)) {
  const path = join(out, name);
  if (Date.now() - (await stat(path)).mtimeMs > KEPT_MS) await rm(path);
}
// What a telephone keeps is one file each: the page's script, and the worker, which a page at its own address hands out.
const { metafile: alone } = await build({
  entryPoints: [join(here, "tell.ts"), join(here, "tell_worker.ts")],
  outdir: out,
  bundle: true,
  format: "iife",
  target: ["es2022"],
  minify: true,
  metafile: true,
  entryNames: "[name]-[hash]",
  logLevel: "warning",
});
const { metafile } = await build({
  entryPoints: [join(here, "app.ts"), join(here, "app.css"), join(here, "map.css"), join(here, "chart.css"), join(here, "paper.css")],
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
const outputs = { ...metafile.outputs, ...alone.outputs };
const made = Object.keys(outputs).map((path) => basename(path));
const names = Object.entries(outputs)
  .filter(([, output]) => output.entryPoint)
  .map(([path, output]) => {
    const source = basename(output.entryPoint);
    return [source.replace(/\.ts$/, ".js"), basename(path)];
  });
await writeFile(join(out, "manifest.json"), JSON.stringify(Object.fromEntries(names), null, 1) + "\n");

// A packed copy beside each text file: the server hands it out to browsers that can unpack it.
for (const name of made.filter((file) => /\.(js|mjs|css|json)$/.test(file))) {
  await writeFile(join(out, `${name}.gz`), gzipSync(await readFile(join(out, name)), { level: 9 }));
}
