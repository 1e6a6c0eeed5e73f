// Where the reader is and what is filtered, kept in the address after `#`, so that back, forward and a copied
// address bring the same page back.

export const KINDS = ["copied", "edited", "templated", "quoted", "commonplace"];

/** What stays in the ratios before a reader changes it: as the run counted. */
const start = { phrases: true, quotations: false, own: false };

/** Begin as the run counted: `exclude` names what left both sides of its ratios. */
export function startFrom(exclude) {
  start.phrases = !exclude.includes("phrases");
  start.quotations = !exclude.includes("quotations");
}

/** Nothing filtered: every match is taken in and counted as the run counted it. */
export function openFilters() {
  return { score: 0, evidence: 0, kinds: new Set(KINDS), ...start, without: new Set() };
}

/** How many filters are not as the page began with. */
export function filtersInUse(filters) {
  const open = openFilters();
  const flags = ["score", "evidence", "phrases", "quotations", "own"].filter(
    (name) => filters[name] !== open[name],
  );
  return flags.length + (filters.kinds.size < KINDS.length ? 1 : 0) + filters.without.size;
}

function numberIn(text, low, high) {
  const value = Number(text);
  return Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : low;
}

function readFilters(query) {
  const filters = openFilters();
  filters.score = numberIn(query.get("score") ?? 0, 0, Infinity);
  filters.evidence = numberIn(query.get("evidence") ?? 0, 0, 1);
  if (query.has("kinds"))
    filters.kinds = new Set(
      query
        .get("kinds")
        .split(",")
        .filter((kind) => KINDS.includes(kind)),
    );
  for (const name of ["phrases", "quotations", "own"])
    if (query.has(name)) filters[name] = query.get(name) === "1";
  const without = (query.get("without") ?? "").split(",").filter((part) => /^\d+$/u.test(part));
  filters.without = new Set(without.map(Number));
  return filters;
}

function writeFilters(query, filters) {
  if (filters.score) query.set("score", String(filters.score));
  if (filters.evidence) query.set("evidence", String(filters.evidence));
  if (filters.kinds.size < KINDS.length)
    query.set("kinds", KINDS.filter((kind) => filters.kinds.has(kind)).join(","));
  for (const name of ["phrases", "quotations", "own"])
    if (filters[name] !== start[name]) query.set(name, filters[name] ? "1" : "0");
  if (filters.without.size) query.set("without", [...filters.without].sort((a, b) => a - b).join(","));
}

/** The state an address tells of: `{path: ["document", "3"], match, language, filters}`. */
export function readAddress(hash) {
  const [path, query = ""] = hash.replace(/^#\/?/u, "").split("?");
  const asked = new URLSearchParams(query);
  return {
    path: path.split("/").filter(Boolean),
    match: asked.get("match"),
    language: asked.get("lang"),
    filters: readFilters(asked),
  };
}

/** The address of a state. */
export function writeAddress({ path, match, language, filters }) {
  const query = new URLSearchParams();
  if (match) query.set("match", match);
  writeFilters(query, filters);
  if (language) query.set("lang", language);
  const text = query.toString().replaceAll("%2C", ",");
  return `#/${path.join("/")}${text ? `?${text}` : ""}`;
}

let current = null;

/** The state the page shows. */
export function state() {
  current ??= readAddress(location.hash);
  return current;
}

/** Take the state from the address bar; returns whether the filters are others than before. */
export function takeAddress() {
  const before = current && writeAddress({ path: [], filters: current.filters });
  current = readAddress(location.hash);
  return before !== writeAddress({ path: [], filters: current.filters });
}

/** The address of another view under the same filters. */
export function to(path, match = null) {
  return writeAddress({ ...state(), path: path.map(String), match });
}

/** Change the filters where the reader is; the browser's history keeps one entry for a row of small steps. */
export function setFilters(change) {
  const address = writeAddress({ ...state(), filters: { ...state().filters, ...change } });
  history.replaceState(null, "", address);
  dispatchEvent(new HashChangeEvent("hashchange"));
}
