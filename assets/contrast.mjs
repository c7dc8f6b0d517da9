// Measures every pair of colours that touch, in both palettes (WCAG 2.2: text 4.5, controls and meaningful lines 3). Run: npm test
import { readFileSync } from "node:fs";

const source = readFileSync(new URL("src/_tokens.scss", import.meta.url), "utf8");
const [lightText, darkText] = source.split("prefers-color-scheme: dark");
const read = (text) => Object.fromEntries([...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
const light = read(lightText);
const palettes = { light, dark: { ...light, ...read(darkText) } };

const luminance = (hex) => {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ratio = (a, b) => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

const surfaces = ["bg", "raised", "panel", "sunken", "hover"];
const hues = ["create", "integrate", "operate", "risk", "none"];
const text = [
  ...["ink", "ink-2", "ink-3", "heading", "link", "link-hover", "visited"].flatMap((ink) => surfaces.map((surface) => [ink, surface])),
  ...["ink", "ink-2", "ink-3", "link"].map((ink) => [ink, "target"]),
  ...["on-navy", "on-navy-2", "on-navy-3"].flatMap((ink) => ["navy", "navy-2", "navy-field"].map((surface) => [ink, surface])),
  ["on-solid", "solid"], ["bg", "cite-ink"], ["bg", "link-hover"], ["on-navy", "green"], ["on-pin", "pin"],
  ...hues.flatMap((hue) => [["on-solid", `${hue}-solid`], ...["tint", "tint-2"].map((tint) => [`${hue}-ink`, `${hue}-${tint}`]), [`${hue}-ink`, "bg"], [`${hue}-ink`, "raised"]]),
  ...hues.flatMap((hue) => ["ink", "ink-2", "ink-3", "heading"].map((ink) => [ink, `${hue}-tint`])),
  ...["cite", "inferred", "nolead"].map((mark) => [`${mark}-ink`, `${mark}-tint`]),
  ...["ink", "ink-2", "ink-3", "link"].map((ink) => [ink, "inferred-tint"]),
  ["ink-2", "hatch-1"], ["ink-2", "hatch-2"],
  ...[1, 2, 3, 4, 5].map((step) => [`on-heat-${step}`, `heat-${step}`]),
].map((pair) => [...pair, 4.5]);
const lines = [
  ...surfaces.map((surface) => ["control", surface]),
  ["navy-control", "navy"], ["gold", "navy"], ["focus", "bg"], ["focus", "panel"], ["cite-edge", "bg"], ["inferred-edge", "bg"], ["nolead-edge", "bg"],
  ...hues.map((hue) => [`${hue}-edge`, "bg"]),
].map((pair) => [...pair, 3]);

let wrong = 0;
for (const [name, palette] of Object.entries(palettes)) {
  for (const [front, back, least] of [...text, ...lines]) {
    const found = ratio(palette[front], palette[back]);
    if (found < least) { wrong += 1; console.error(`${name}: ${front} ${palette[front]} on ${back} ${palette[back]} is ${found.toFixed(2)}, needs ${least}`); }
  }
}
console.log(`${2 * (text.length + lines.length)} pairs measured, ${wrong} too weak`);
process.exitCode = wrong ? 1 : 0;
