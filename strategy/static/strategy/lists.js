// "Copy as table": the rows of a list as text that a spreadsheet pastes into cells.
(() => {
  "use strict";
  const tsv = (table) => [...table.rows].map((row) => [...row.cells].map(
    (cell) => cell.innerText.replace(/\s+/g, " ").trim(),
  ).join("\t")).join("\n");
  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    // Plain HTTP on an internal network has no clipboard interface; the old way still works there.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("copy was refused");
  };
  document.querySelectorAll("[data-copy-table]").forEach((button) => {
    const table = document.getElementById(button.dataset.copyTable);
    if (!table) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const region = document.getElementById("announce");
      try {
        await copy(tsv(table));
        region.textContent = `${table.tBodies[0].rows.length} rows copied`;
      } catch {
        region.textContent = "Copying was refused by the browser";
      }
    });
  });
})();
