// Keys of the review, and the cell that is clicked as the one to correct. All works without it, too.
"use strict";
(() => {
  const press = (id) => document.getElementById(id)?.click();
  const focus = (id) => document.getElementById(id)?.focus();
  const KEYS = {
    a: () => press("accept"), r: () => press("reject"), u: () => press("undo"),
    j: () => document.getElementById("next") ? press("next") : move(1),
    k: () => document.getElementById("previous") ? press("previous") : move(-1),
    l: () => press("list"), n: () => focus("note"), c: () => { focus("text"); document.getElementById("text")?.select(); },
  };

  function move(step) {
    const all = [...document.querySelectorAll(".findings .title")];
    if (!all.length) return;
    const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(document.activeElement) + step))];
    next.focus();
    next.scrollIntoView({ block: "center" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const act = KEYS[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  const cells = document.getElementById("cell");
  const text = document.getElementById("text");
  cells?.addEventListener("change", () => { text.value = cells.selectedOptions[0].dataset.printed; });
  document.addEventListener("click", (event) => {
    const anchor = event.target.closest("[data-cell]")?.dataset.cell;
    if (!anchor || !cells) return;
    const [table, row, col] = anchor.split("-");
    for (const option of cells.options) {
      const [own, ownRow, ownCol] = option.value.split(":");
      if (own.endsWith(`-${table}`) && ownRow === row && ownCol === col) {
        cells.value = option.value;
        text.value = option.dataset.printed;
        text.focus();
      }
    }
  });
})();
