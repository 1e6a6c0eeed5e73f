// The words of the page in the reader's language. Keys are the same as in the command line.
import { plainText } from "./dom.js";

const WORDS = JSON.parse(document.getElementById("words").textContent);
let language = "zh";

/** The language the browser asks for first, if it is one of ours; else English for everybody else. */
export function browserLanguage() {
  const asked = navigator.languages?.length ? navigator.languages : [navigator.language ?? "zh"];
  const known = asked.map((name) => name.toLowerCase().slice(0, 2)).find((name) => name in WORDS);
  return known ?? "en";
}

export function currentLanguage() {
  return language;
}

export function setLanguage(name) {
  language = name;
  document.documentElement.lang = name === "zh" ? "zh-Hans" : "en";
}

/** The text of `key` with its `{name}` filled in; `{n: 1}` takes the singular where there is one. */
export function t(key, values = {}) {
  const words = WORDS[language];
  const singular = `${key}.one`;
  const text = values.n === 1 && singular in words ? words[singular] : words[key];
  if (text === undefined) throw new Error(`no words for ${key}`);
  return text.replace(/\{(\w+)\}/gu, (_, name) => shown(values[name]));
}

/** Whether there are words for `key`; codes of other rooms (reasons, notes) may be newer than the page. */
export function has(key) {
  return key in WORDS[language];
}

/** The words for `key`, or the code itself. */
export function tOr(key, code) {
  return has(key) ? t(key) : plainText(code);
}

function shown(value) {
  return Number.isInteger(value) ? number(value) : String(value);
}

/** A whole number, thousands apart. */
export function number(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/gu, ",");
}

/** A ratio as the command line prints it: one decimal, and only a whole is 100 %, only nothing is 0 %. */
export function percent(ratio) {
  if (ratio > 0 && ratio < 0.001) return "0.1%";
  if (ratio > 0.999 && ratio < 1) return "99.9%";
  return `${(100 * ratio).toFixed(1)}%`;
}

/** An expected number of chance matches: below a millionth nobody counts zeros. */
export function chance(value) {
  if (value < 1e-6) return t("chance.tiny");
  const decimals = value >= 10 ? 0 : Math.min(6, 1 - Math.floor(Math.log10(value)));
  return value >= 10 ? number(Math.round(value)) : value.toFixed(decimals);
}
