const body = document.querySelector("tbody");
const rows = [...body.rows];
const text = document.getElementById("search");
const result = document.getElementById("result");
const shown = document.getElementById("shown");

function filter() {
  const wanted = text.value.toLowerCase();
  let count = 0;
  for (const row of rows) {
    row.hidden = !row.dataset.name.toLowerCase().includes(wanted)
        || (result.value !== "" && row.dataset.result !== result.value);
    count += row.hidden ? 0 : 1;
  }
  shown.textContent = count + " of " + rows.length;
}

for (const head of document.querySelectorAll("th[data-key]")) {
  head.addEventListener("click", () => {
    const key = head.dataset.key;
    const down = head.getAttribute("aria-sort") === "ascending";
    const compare = head.dataset.kind === "number"
        ? (a, b) => a.dataset[key] - b.dataset[key]
        : (a, b) => a.dataset[key].localeCompare(b.dataset[key], undefined, {numeric: true});
    document.querySelectorAll("th").forEach(th => th.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.sort((a, b) => down ? compare(b, a) : compare(a, b));
    body.append(...rows);
  });
}
text.addEventListener("input", filter);
result.addEventListener("input", filter);
filter();
