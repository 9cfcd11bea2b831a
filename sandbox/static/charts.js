// data_visualization blocks as inline SVG.

import { h, svg } from "./dom.js";

const WIDTH = 420;
const HEIGHT = 200;
const EDGE = { left: 50, right: 14, top: 12, bottom: 34 };

export function chart(block) {
  const { chart: what, title } = block;
  const picture = what.type === "pie" ? pie(what) : plotted(what);
  return h("figure", { class: "chart" }, h("figcaption", {}, title), picture, legend(what));
}

function legend(what) {
  const names = what.type === "pie" ? what.segments.map((one) => `${one.label} ${number(one.value)}`) : what.series.map((one) => one.name);
  if (what.type !== "pie" && names.length < 2) return null;
  return h("ul", { class: "legend" }, names.map((name, index) => h("li", {}, h("i", { class: `swatch series-${index}` }), name)));
}

const number = (value) => new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 }).format(value);

function plotted(what) {
  const { categories, x_label: below, y_label: beside } = what.axis_config;
  const scale = scaleOf(what);
  const frame = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": spoken(what) });
  frame.append(...grid(scale), ...ticks(categories, what.type), ...axisNames(below, beside));
  what.series.forEach((series, index) => frame.append(...drawn(what, series, index, scale)));
  return frame;
}

function spoken(what) {
  return what.series.map((series) => `${series.name}: ${series.data.map((point) => `${point.label} ${number(point.value)}`).join(", ")}`).join("; ");
}

function scaleOf(what) {
  const values = what.series.flatMap((series) => series.data.map((point) => point.value));
  const fromZero = what.type !== "line" || Math.min(...values) >= 0 && Math.min(...values) < Math.max(...values) / 2;
  const low = fromZero ? Math.min(0, ...values) : Math.min(...values);
  const high = fromZero ? Math.max(0, ...values) : Math.max(...values);
  const step = niceStep((high - low || Math.abs(high) || 1) / 4);
  const bottom = Math.floor(low / step) * step;
  const top = Math.max(Math.ceil(high / step) * step, bottom + step);
  const y = (value) => EDGE.top + ((top - value) / (top - bottom)) * (HEIGHT - EDGE.top - EDGE.bottom);
  return { bottom, top, step, y };
}

function niceStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].find((factor) => factor * power >= rough) * power;
}

function grid({ bottom, top, step, y }) {
  const out = [];
  for (let index = 0; bottom + index * step <= top + step / 1000; index += 1) {
    const value = bottom + index * step;
    out.push(svg("line", { class: Math.abs(value) < step / 1000 ? "axis" : "gridline", x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y(value), y2: y(value) }));
    out.push(svg("text", { class: "tick", x: EDGE.left - 7, y: y(value) + 4, "text-anchor": "end" }, number(value)));
  }
  return out;
}

function place(index, count, type) {
  const room = WIDTH - EDGE.left - EDGE.right;
  if (type === "bar") return EDGE.left + (room * (index + 0.5)) / count;
  return EDGE.left + 10 + (count > 1 ? ((room - 20) * index) / (count - 1) : (room - 20) / 2);
}

function ticks(categories, type) {
  const widest = Math.max(...categories.map((label) => label.length)) * 6.5 + 8;
  const every = Math.max(1, Math.ceil((widest * categories.length) / (WIDTH - EDGE.left - EDGE.right)));
  return categories.map((label, index) =>
    index % every ? null : svg("text", { class: "tick", x: place(index, categories.length, type), y: HEIGHT - EDGE.bottom + 15, "text-anchor": "middle" }, label),
  ).filter(Boolean);
}

function axisNames(below, beside) {
  const out = [];
  if (below) out.push(svg("text", { class: "axis-name", x: (WIDTH + EDGE.left) / 2, y: HEIGHT - 4, "text-anchor": "middle" }, below));
  if (beside) out.push(svg("text", { class: "axis-name", x: 0, y: 0, transform: `translate(11 ${(HEIGHT - EDGE.bottom) / 2}) rotate(-90)`, "text-anchor": "middle" }, beside));
  return out;
}

function drawn(what, series, index, scale) {
  if (what.type === "bar") return bars(what, series, index, scale);
  const points = series.data.map((point, at) => [place(at, series.data.length, what.type), scale.y(point.value)]);
  const path = points.map(([x, y], at) => `${at ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  const out = [];
  if (what.type === "area") {
    const floor = scale.y(Math.max(0, scale.bottom)).toFixed(1);
    const last = points[points.length - 1][0].toFixed(1);
    out.push(svg("path", { class: `area series-${index}`, d: `${path}L${last} ${floor}L${points[0][0].toFixed(1)} ${floor}Z` }));
  }
  out.push(svg("path", { class: `line series-${index}`, d: path }));
  points.forEach(([x, y], at) => out.push(svg("circle", { class: `dot series-${index}`, cx: x, cy: y, r: 3 }, hint(series, at))));
  return out;
}

const hint = (series, at) => svg("title", {}, `${series.name}, ${series.data[at].label}: ${number(series.data[at].value)}`);

function bars(what, series, index, scale) {
  const slot = (WIDTH - EDGE.left - EDGE.right) / series.data.length;
  const width = Math.min(40, (slot * 0.72) / what.series.length);
  const zero = scale.y(0);
  return series.data.map((point, at) => {
    const x = place(at, series.data.length, "bar") + (index - what.series.length / 2) * width;
    const y = scale.y(point.value);
    return svg("rect", { class: `bar series-${index}`, x: x + 1, width: width - 2, y: Math.min(y, zero), height: Math.max(1, Math.abs(zero - y)), rx: 2 }, hint(series, at));
  });
}

function pie(what) {
  const whole = what.segments.reduce((sum, one) => sum + one.value, 0);
  const frame = svg("svg", { class: "pie", viewBox: "-110 -110 220 220", role: "img", "aria-label": what.segments.map((one) => `${one.label} ${number(one.value)}`).join(", ") });
  let from = -Math.PI / 2;
  what.segments.forEach((one, index) => {
    const to = from + (one.value / whole) * Math.PI * 2;
    const title = svg("title", {}, `${one.label}: ${number(one.value)}`);
    frame.append(what.segments.length === 1
      ? svg("circle", { class: `slice series-${index}`, r: 100 }, title)
      : svg("path", { class: `slice series-${index}`, d: slice(from, to) }, title));
    from = to;
  });
  return frame;
}

function slice(from, to) {
  const at = (angle) => `${(100 * Math.cos(angle)).toFixed(2)} ${(100 * Math.sin(angle)).toFixed(2)}`;
  return `M0 0L${at(from)}A100 100 0 ${to - from > Math.PI ? 1 : 0} 1 ${at(to)}Z`;
}
