const data = JSON.parse(document.getElementById("slices").textContent);
const outlined = document.getElementById("outlines");
const crossed = document.getElementById("cross");
const here = document.getElementById("here");
const loaded = new Map();

function load(file, then) {
  let image = loaded.get(file);
  if (image === undefined) {
    image = new Image();
    image.src = "../" + file.split("/").map(encodeURIComponent).join("/");
    loaded.set(file, image);
  }
  if (then !== undefined && !image.complete) {
    image.addEventListener("load", then, {once: true});
    image.addEventListener("error", then, {once: true});
  }
  return image;
}

// Which axis of a picture, z across its slices, tells how far left, back and up a place is, 0 to 1.
const AXES = {axial: ["x", "y", "z"], coronal: ["x", "-z", "-y"], sagittal: ["-z", "x", "-y"]};

class View {
  constructor(plane, captions) {
    this.plane = plane;
    this.captions = captions;
    this.axes = AXES[plane.plane];
    this.canvas = document.createElement("canvas");
    this.canvas.width = plane.width;
    this.canvas.height = plane.height;
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "img");
    this.slider = document.createElement("input");
    this.slider.type = "range";
    this.slider.max = plane.slices.length - 1;
    this.slider.setAttribute("aria-label", "slice, " + plane.plane);
    this.label = document.createElement("figcaption");
    const figure = document.createElement("figure");
    figure.className = plane.plane.replace(" ", "-");
    figure.append(this.canvas, this.slider, this.label);
    document.getElementById("views").append(figure);
    this.slider.addEventListener("input", () => this.show(Number(this.slider.value)));
    this.canvas.addEventListener("keydown", event => this.key(event));
    this.canvas.addEventListener("wheel", event => this.wheel(event), {passive: false});
    this.canvas.addEventListener("click", event => this.point(event));
    this.turned = 0;
    this.index = this.nearest(plane.start);
  }

  nearest(slice) {
    const far = this.plane.slices.map(other => Math.abs(other - slice));
    return far.indexOf(Math.min(...far));
  }

  show(index) {
    this.index = Math.max(0, Math.min(this.plane.slices.length - 1, index));
    views.forEach(view => view.draw());
  }

  key(event) {
    const last = this.plane.slices.length - 1;
    const to = {
      ArrowUp: this.index + 1, ArrowRight: this.index + 1, ArrowDown: this.index - 1,
      ArrowLeft: this.index - 1, PageUp: this.index + 10, PageDown: this.index - 10, Home: 0, End: last
    }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.show(to);
  }

  // A notch of a wheel is one slice; what a touch pad sends in small steps adds up.
  wheel(event) {
    if (event.ctrlKey) return;
    event.preventDefault();
    const notch = event.deltaMode === 0 ? 50 : 1;
    this.turned += event.deltaY;
    const steps = Math.abs(event.deltaY) >= notch ? Math.sign(event.deltaY) : Math.trunc(this.turned / notch);
    if (steps === 0) return;
    this.turned = 0;
    this.show(this.index + steps);
  }

  // Brings the other planes to the place that was clicked.
  point(event) {
    if (this.axes === undefined) return;
    const there = {x: event.offsetX / this.canvas.clientWidth, y: event.offsetY / this.canvas.clientHeight, z: this.place()};
    const place = this.axes.map(axis => axis.startsWith("-") ? 1 - there[axis[1]] : there[axis]);
    for (const view of views) {
      if (view !== this) view.go(place);
    }
    views.forEach(view => view.draw());
  }

  go(place) {
    const across = this.axes.findIndex(axis => axis.endsWith("z"));
    const share = this.axes[across].startsWith("-") ? 1 - place[across] : place[across];
    this.index = Math.max(0, Math.min(this.plane.slices.length - 1, Math.floor(share * this.plane.slices.length)));
  }

  place() {
    return (this.index + 0.5) / this.plane.slices.length;
  }

  // Where the other planes cut this one.
  cuts() {
    const known = {};
    for (const view of views) {
      const across = view.axes.findIndex(axis => axis.endsWith("z"));
      known[across] = view.axes[across].startsWith("-") ? 1 - view.place() : view.place();
    }
    const cuts = {};
    this.axes.forEach((axis, i) => cuts[axis.at(-1)] = axis.startsWith("-") ? 1 - known[i] : known[i]);
    return cuts;
  }

  draw() {
    const {plane, index, canvas} = this;
    const each = plane.columns * plane.rows;
    const sheet = Math.floor(index / each);
    const again = () => { if (this.index === index) this.draw(); };
    const layers = [plane.pictures[sheet]];
    if (outlined.checked && plane.outlines[sheet] !== null) layers.push(plane.outlines[sheet]);
    const images = layers.map(file => load(file, again));
    if (sheet + 1 < plane.pictures.length && index % each > each / 2) load(plane.pictures[sheet + 1]);
    const slice = plane.slices[index];
    this.slider.value = index;
    const words = plane.plane + ", slice " + slice + " (" + plane.slices[0] + " to " + plane.slices.at(-1) + ")"
        + (this.captions[slice] ?? "");
    this.slider.setAttribute("aria-valuetext", words);
    canvas.setAttribute("aria-label", words);
    this.label.textContent = words;
    if (here !== null && this === views[0]) mark(slice);
    const missing = images.findIndex(image => image.complete && image.naturalWidth === 0);
    if (missing >= 0) {
      this.label.textContent = layers[missing] + " is missing: its folder belongs beside that of this page";
      return;
    }
    if (!images.every(image => image.complete)) return;
    const context = canvas.getContext("2d");
    const step = length => Math.ceil(length / 8) * 8;
    const left = index % plane.columns * step(plane.width);
    const top = Math.floor(index % each / plane.columns) * step(plane.height);
    context.clearRect(0, 0, plane.width, plane.height);
    for (const image of images) {
      context.drawImage(image, left, top, plane.width, plane.height, 0, 0, plane.width, plane.height);
    }
    canvas.dataset.slice = slice;
    if (crossed !== null && crossed.checked) this.cross(context);
  }

  cross(context) {
    const cuts = this.cuts();
    context.fillStyle = "rgb(90 190 255 / 55%)";
    context.fillRect(Math.floor(cuts.x * this.plane.width), 0, 1, this.plane.height);
    context.fillRect(0, Math.floor(cuts.y * this.plane.height), this.plane.width, 1);
  }
}

// On the curve, where the slice was asked about.
function mark(slice) {
  const dot = document.querySelector('.curve circle[data-slice="' + slice + '"]');
  here.style.display = dot === null ? "none" : "";
  if (dot !== null) {
    here.setAttribute("x1", dot.getAttribute("cx"));
    here.setAttribute("x2", dot.getAttribute("cx"));
  }
}

const views = [];
data.planes.forEach((plane, i) => views.push(new View(plane, i === 0 ? data.captions : {})));
document.getElementById("scroller").hidden = false;
views.forEach(view => view.draw());
outlined.addEventListener("input", () => views.forEach(view => view.draw()));
if (crossed !== null) crossed.addEventListener("input", () => views.forEach(view => view.draw()));

// Slices on the curve, in the montage and in the tables lead to the pictures.
document.addEventListener("click", event => {
  const link = event.target.closest("[data-slice]:not(canvas)");
  if (link === null) return;
  views[0].show(views[0].nearest(Number(link.dataset.slice)));
  document.getElementById("scroller").scrollIntoView({block: "nearest"});
});
