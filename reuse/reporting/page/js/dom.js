// Building elements. Text only ever enters the page as text nodes, and signs that a reader could not see or
// that would turn the line around (controls, bidirectional marks) are shown by their code.

/** Controls but for tab and line breaks, bidirectional marks, zero-width signs (the joiner of emoji excepted). */
const HIDDEN_SIGNS = new RegExp(
  "[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]",
  "gu",
);
const SVG_SPACE = "http://www.w3.org/2000/svg";

/** `U+202E` for a sign. */
function codeName(sign) {
  return `U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** `text` with hidden signs written out, for attributes and for options of lists. */
export function plainText(text) {
  return String(text).replace(HIDDEN_SIGNS, (sign) => `⟨${codeName(sign)}⟩`);
}

/** `text` as nodes: hidden signs become small labels, everything else is a text node. */
export function visible(text) {
  const nodes = [];
  let from = 0;
  for (const found of String(text).matchAll(HIDDEN_SIGNS)) {
    if (found.index > from) nodes.push(document.createTextNode(text.slice(from, found.index)));
    const label = document.createElement("span");
    label.className = "sign";
    label.textContent = codeName(found[0]);
    nodes.push(label);
    from = found.index + found[0].length;
  }
  if (from < text.length) nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}

function setProperty(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "style")
    Object.entries(value).forEach(([key, own]) => element.style.setProperty(key, own));
  else if (name === "value" || name === "checked" || name === "open") element[name] = value;
  else element.setAttribute(name, value === true ? "" : plainText(value));
}

function appendAll(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    if (child instanceof Node) element.append(child);
    else element.append(...visible(String(child)));
  }
  return element;
}

/** An HTML element; `on…` properties are listeners, children may be nodes, text, lists of both, or null. */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  Object.entries(properties ?? {}).forEach(([name, value]) => setProperty(element, name, value));
  return appendAll(element, children);
}

/** An SVG element, built the same way. */
export function svg(tag, properties, ...children) {
  const element = document.createElementNS(SVG_SPACE, tag);
  Object.entries(properties ?? {}).forEach(([name, value]) => setProperty(element, name, value));
  return appendAll(element, children);
}

/** Replace everything inside `element`. */
export function fill(element, ...children) {
  element.replaceChildren();
  return appendAll(element, children);
}

/** A list drawn in steps: the first `step` items, and a button for more. `draw(item, index)` makes a node. */
export function stepped(holder, items, step, draw, moreLabel) {
  let shown = 0;
  const button = h("button", { class: "more", type: "button", onclick: () => more() });
  const more = () => {
    const next = items.slice(shown, shown + step).map((item, place) => draw(item, shown + place));
    shown += next.length;
    holder.append(...next);
    button.textContent = moreLabel(items.length - shown);
    button.hidden = shown >= items.length;
  };
  more();
  return button;
}
