// Rebuilds everything in ../strategy/static/strategy that a tool makes: site.css, icons.svg, the fonts and pictures the stylesheet names.
// (site.js, favicon.svg and the font licences there are written by hand.) The output is committed, so running the site needs no Node.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const uswds = join(here, "node_modules/@uswds/uswds");
const packages = join(uswds, "packages");
const out = join(here, "../strategy/static/strategy");
const budget = 40_000; // gzipped bytes of CSS: the first page has to be quick on a slow line

const css = compile(join(here, "src/site.scss"), { style: "compressed", loadPaths: [packages], quietDeps: true, charset: false }).css;
writeFileSync(join(out, "site.css"), css);

// The stylesheet decides which files are shipped: whatever it names is copied, and a name without a file stops the build.
const fontFolders = ["public-sans", "roboto-mono"].map((name) => join(packages, "uswds-core/src/assets/fonts", name));
const fonts = Object.fromEntries(fontFolders.flatMap((folder) => readdirSync(folder).map((name) => [name, join(folder, name)])));
rmSync(join(out, "img"), { recursive: true, force: true });
for (const [, name] of css.matchAll(/url\("?([^")]+)"?\)/g)) {
  if (/^(https?:|\/|data:)/.test(name)) throw new Error(`the stylesheet may name only files beside it: ${name}`);
  const from = name.startsWith("fonts/") ? fonts[basename(name)] : join(uswds, "dist", name);
  mkdirSync(dirname(join(out, name)), { recursive: true });
  copyFileSync(from, join(out, name));
}
copyFileSync(join(uswds, "LICENSE.md"), join(out, "LICENSE-USWDS.md"));

// One sprite, so a page asks for one file: the few USWDS icons in use, then our own drawings.
const borrowed = ["close", "content_copy", "check_circle", "error", "file_download", "info", "link", "menu", "print", "search", "visibility_off", "warning"];
const drawings = [
  ...borrowed.map((name) => join(uswds, "dist/img/usa-icons", `${name}.svg`)),
  ...readdirSync(join(here, "icons")).sort().map((name) => join(here, "icons", name)),
];
const symbols = drawings.map((file) => {
  const svg = readFileSync(file, "utf8");
  const inside = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
  return `<symbol id="${basename(file, ".svg")}" viewBox="${svg.match(/viewBox="([^"]+)"/)[1]}">${inside}</symbol>`;
});
writeFileSync(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);

const size = gzipSync(css, { level: 9 }).length;
console.log(`site.css ${css.length} bytes, ${size} gzipped`);
if (size > budget) throw new Error(`site.css is over its budget of ${budget} bytes gzipped`);
