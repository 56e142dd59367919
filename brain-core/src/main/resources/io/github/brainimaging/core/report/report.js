const body = document.querySelector("table:not(.volumes) > tbody");
const rows = [...body.rows];
const text = document.getElementById("search");
const result = document.getElementById("result");
const most = document.getElementById("most");
const doubtful = document.getElementById("doubtful");
const shown = document.getElementById("shown");

function filter() {
  const wanted = text.value.toLowerCase();
  const limit = most.value === "" ? 1 : Number(most.value);
  let count = 0;
  for (const row of rows) {
    const data = row.dataset;
    row.hidden = !(data.name + "\n" + data.doubt).toLowerCase().includes(wanted)
        || (result.value !== "" && data.result !== result.value)
        || Number(data.probability) > limit
        || (doubtful.checked && data.doubt === "");
    count += row.hidden ? 0 : 1;
  }
  shown.textContent = count + " of " + rows.length;
}

for (const head of document.querySelectorAll("th[data-key]")) {
  head.querySelector("button").addEventListener("click", () => {
    const key = head.dataset.key;
    const down = head.getAttribute("aria-sort") === "ascending";
    const compare = head.dataset.kind === "number"
        ? (a, b) => a.dataset[key] - b.dataset[key]
        : (a, b) => a.dataset[key].localeCompare(b.dataset[key], undefined, {numeric: true});
    document.querySelectorAll("th").forEach(th => th.removeAttribute("aria-sort"));
    order.selectedIndex = -1;
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.sort((a, b) => down ? compare(b, a) : compare(a, b));
    body.append(...rows);
  });
}

const large = document.getElementById("large");
const pictures = document.getElementById("pictures");
let current = null;

function enlarge(row) {
  const button = row.querySelector("button.enlarge");
  if (button === null) return;
  current = row;
  const image = button.querySelector("img");
  const outline = button.querySelector("svg");
  document.getElementById("caption").textContent = image.alt;
  const plain = document.createElement("div");
  plain.append(image.cloneNode());
  pictures.replaceChildren(plain);
  if (outline !== null) {
    const drawn = document.createElement("div");
    drawn.append(image.cloneNode(), outline.cloneNode(true));
    pictures.append(drawn);
  }
  for (const map of row.querySelectorAll("td.picture > img")) pictures.append(map.cloneNode());
  const full = document.getElementById("full");
  full.hidden = button.dataset.overlay === "";
  full.setAttribute("href", button.dataset.overlay.split("/").map(encodeURIComponent).join("/"));
  if (!large.open) large.showModal();
}

body.addEventListener("click", event => {
  if (event.target.closest("button.enlarge")) enlarge(event.target.closest("tr"));
});
large.addEventListener("keydown", event => {
  const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const there = rows.filter(row => !row.hidden && row.querySelector("button.enlarge"));
  enlarge(there[(there.indexOf(current) + step + there.length) % there.length]);
});
document.getElementById("close").addEventListener("click", () => large.close());

document.getElementById("csv").addEventListener("click", () => {
  // What begins like a formula must not become one in a spreadsheet.
  const cell = value => '"' + value.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""') + '"';
  const number = value => Number(value) < 0 ? "" : value;
  const lines = rows.filter(row => !row.hidden).map(row => [
    cell(row.dataset.name), cell(row.dataset.result), number(row.dataset.probability),
    number(row.dataset.area), cell(row.dataset.doubt)].join(","));
  lines.unshift("input,result,probability,areaPixels,warning");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.join("\r\n") + "\r\n"], {type: "text/csv"}));
  link.download = "report.csv";
  link.click();
  URL.revokeObjectURL(link.href);
});

const order = document.getElementById("order");
const given = [...rows];

// What has a warning or failed, then what is least probable.
function uncertainty(row) {
  const probability = Number(row.dataset.probability);
  return (row.dataset.doubt === "" ? 0 : 1) + (probability < 0 ? 0 : 1 - probability);
}

order.addEventListener("input", () => {
  document.querySelectorAll("th").forEach(th => th.removeAttribute("aria-sort"));
  rows.splice(0, rows.length, ...given);
  if (order.value === "uncertain") rows.sort((a, b) => uncertainty(b) - uncertainty(a));
  body.append(...rows);
});

for (const control of [text, result, most, doubtful]) control.addEventListener("input", filter);
filter();
