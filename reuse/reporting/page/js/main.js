// The frame around the views: what the address asks for is drawn, what the filters change is counted anew.
import { loadReport } from "./data.js";
import { documentView } from "./document.js";
import { fill, h } from "./dom.js";
import { familiesView } from "./families.js";
import { familyView } from "./family.js";
import { drawFilters } from "./filterbar.js";
import { helpDialog } from "./help.js";
import { overviewView } from "./overview.js";
import { pairView } from "./pair.js";
import { audit } from "./ratios.js";
import { sheetView } from "./sheet.js";
import { startFrom, state, takeAddress, to, writeAddress } from "./state.js";
import { browserLanguage, currentLanguage, setLanguage, t } from "./words.js";

const page = Object.fromEntries(
  ["top", "filters", "main", "foot"].map((name) => [name, document.getElementById(name)]),
);
const VIEWS = {
  overview: overviewView,
  document: documentView,
  pair: pairView,
  families: familiesView,
  family: familyView,
  sheet: sheetView,
};
// Which views follow the filters; families are what the whole scan found.
const FILTERED = new Set(["overview", "document", "pair", "sheet"]);
let report = null;
let audited = null;
let drawing = 0;

/** The address asks for something that is there; else the overview is shown. */
function isKnown(path) {
  const known = (list) => (part) => /^\d+$/u.test(part ?? "") && Number(part) < list.length;
  const [view, a, b, c] = path;
  if (view === "document") return known(report.documents)(a);
  if (view === "pair") return [a, b].every(known(report.documents)) && a !== b;
  if (view === "family") return known(report.families)(a);
  if (view === "sheet")
    return a === "pair"
      ? [b, c].every(known(report.documents)) && b !== c
      : a === "document" && known(report.documents)(b);
  return view in VIEWS;
}

function drawTop(view) {
  const link = (name) =>
    h("a", { href: to([name]), "aria-current": view === name ? "page" : null }, t(`nav.${name}`));
  const other = currentLanguage() === "zh" ? "en" : "zh";
  const turn = h(
    "a",
    {
      class: "language",
      href: writeAddress({ ...state(), language: other }),
      lang: other === "zh" ? "zh-Hans" : "en",
      hreflang: other,
    },
    t("nav.language"),
  );
  const help = h(
    "button",
    { type: "button", class: "quiet", id: "help", onclick: () => helpDialog() },
    t("nav.help"),
  );
  fill(
    page.top,
    h("a", { class: "brand", href: to(["overview"]) }, t("brand")),
    h("nav", { "aria-label": t("nav.title") }, link("overview"), link("families")),
    h("div", { class: "top-end" }, help, turn),
  );
  document.getElementById("skip").textContent = t("nav.skip");
  fill(page.foot, h("p", {}, t("notice.local")), h("p", {}, t("notice.evidence")));
}

async function draw({ moved }) {
  const turn = (drawing += 1);
  const { path, match } = state();
  const at = isKnown(path) ? path : ["overview"];
  const element = await VIEWS[at[0]]({ report, audited, path: at, match });
  if (turn !== drawing) return;
  const height = scrollY;
  document.body.dataset.view = at.join("/");
  page.filters.hidden = !FILTERED.has(at[0]) || report.matches.length === 0;
  drawTop(at[0]);
  drawFilters(page.filters, report);
  page.main.replaceChildren(element);
  document.title = `${element.querySelector("h1").textContent} · speech-reuse`;
  element.whenShown?.();
  if (moved) {
    scrollTo(0, 0);
    element.querySelector("h1").focus({ preventScroll: true });
  } else scrollTo(0, height);
  page.main.setAttribute("aria-busy", "false");
}

async function follow() {
  const before = state().path.join("/");
  const filtersChanged = takeAddress();
  if (state().language) setLanguage(state().language);
  if (filtersChanged) audited = audit(report, state().filters);
  await draw({ moved: before !== state().path.join("/") });
}

function onKey(event) {
  if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey)
    return;
  if (event.key === "?") helpDialog();
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("search")?.focus();
  }
  if (event.key === "f") {
    const filters = page.filters.querySelector("details");
    if (filters) filters.open = !filters.open;
  }
}

function fail(error) {
  page.main.setAttribute("aria-busy", "false");
  fill(
    page.main,
    h(
      "div",
      { class: "empty" },
      h("h1", {}, t("failed")),
      h("p", {}, t("DecompressionStream" in globalThis ? "failed.damaged" : "failed.old")),
      h("p", { class: "note" }, String(error)),
    ),
  );
}

async function start() {
  const asked = state().language;
  setLanguage(asked === "zh" || asked === "en" ? asked : browserLanguage());
  try {
    report = await loadReport();
    startFrom(report.audit.exclude);
    takeAddress();
    audited = audit(report, state().filters);
    await draw({ moved: false });
  } catch (error) {
    fail(error);
    return;
  }
  // The address after `#` is where the reader is: the link past the frame must not change it.
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault();
    page.main.focus();
  });
  addEventListener("hashchange", () => follow().catch(fail));
  addEventListener("keydown", onKey);
}

start();
