// What the static pages can do: filter findings, move by keyboard, light up a cell and its print.
"use strict";
const geomsan = (() => {
  const COLUMNS = ["id", "document", "severity", "title", "institution", "year", "file", "kinds", "cause", "printed", "expected", "difference"];
  const STEP = 100;
  const rows = [];
  let waiting = null;
  let limit = STEP;

  function add(packed) {
    for (const values of packed) {
      rows.push(Object.fromEntries(COLUMNS.map((name, at) => [name, values[at]])));
    }
  }

  function load(count) {
    waiting ??= (async () => {
      for (let at = 0; at < count; at += 1) {
        await new Promise((done) => {
          const script = document.createElement("script");
          script.src = `data/findings-${at}.js`;
          script.onload = script.onerror = done;
          document.head.append(script);
        });
      }
    })();
    return waiting;
  }

  function cell(text, className) {
    const made = document.createElement("td");
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function row(one, words) {
    const made = document.createElement("tr");
    const severity = cell("", "");
    const badge = document.createElement("span");
    badge.className = `badge ${one.severity}`;
    badge.textContent = words[one.severity];
    severity.append(badge);
    const title = cell("", "");
    const link = document.createElement("a");
    link.className = "title";
    link.href = `documents/${one.document}.html#${one.id}`;
    link.textContent = one.title;
    const file = document.createElement("span");
    file.className = "file";
    file.textContent = one.file;
    title.append(link, file);
    made.append(severity, title, cell(one.institution), cell(one.year), cell(one.kinds.join(", ")),
      cell(words[one.cause]), cell(one.printed, "num"), cell(one.expected, "num"), cell(one.difference, "num"));
    return made;
  }

  function fits(one, wanted) {
    const text = wanted.words.trim().toLowerCase();
    return (!wanted.severity || one.severity === wanted.severity)
      && (!wanted.institution || one.institution === wanted.institution)
      && (!wanted.year || one.year === wanted.year)
      && (!wanted.kind || one.kinds.includes(wanted.kind))
      && (!wanted.cause || one.cause === wanted.cause)
      && (!text || `${one.title} ${one.file} ${one.id}`.toLowerCase().includes(text));
  }

  async function show(form) {
    await load(Number(form.dataset.files));
    const words = document.getElementById("words").dataset;
    const found = rows.filter((one) => fits(one, Object.fromEntries(new FormData(form))));
    const shown = found.slice(0, limit);
    document.querySelector("#findings tbody").replaceChildren(...shown.map((one) => row(one, words)));
    document.getElementById("shown").textContent = `${shown.length.toLocaleString()} / ${found.length.toLocaleString()} ${words.shown}`;
    document.getElementById("more").hidden = found.length <= limit;
  }

  function startFilters(form) {
    const more = document.getElementById("more");
    more.hidden = Number(form.dataset.total) <= STEP;
    form.addEventListener("input", () => { limit = STEP; show(form); });
    form.addEventListener("submit", (event) => event.preventDefault());
    more.addEventListener("click", () => { limit += STEP; show(form); });
  }

  function move(step) {
    const all = [...document.querySelectorAll(".findings .title, article.finding")];
    if (!all.length) return;
    const at = all.indexOf(document.activeElement);
    const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
    next.focus();
    next.scrollIntoView({ block: "center" });
  }

  function light() {
    const anchor = decodeURIComponent(location.hash.slice(1));
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    if (!anchor) return;
    const found = document.querySelectorAll(`[data-cell="${CSS.escape(anchor)}"]`);
    for (const one of found) one.classList.add("lit");
    if (found.length) found[0].scrollIntoView({ block: "center", inline: "center" });
  }

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.getElementById("filters");
    if (form) startFilters(form);
    light();
  });
  window.addEventListener("hashchange", light);
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "Enter" && event.target.matches("article.finding")) event.target.querySelector(".where a")?.click();
    else if (event.key === "/") {
      document.querySelector("#filters input")?.focus();
      event.preventDefault();
    }
  });
  return { add };
})();
