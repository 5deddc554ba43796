// Bars and lines by ECharts, in the page's own colours. The table under each chart says the same without it.

import { vendor } from "./fetching.js";

const hues = 6;

/** A variable of the stylesheet as the colour it is now (light or dark). */
function colour(name) {
  const probe = document.createElement("span");
  document.body.append(probe);
  probe.style.color = `var(${name})`;
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

function words(data, language) {
  const number = new Intl.NumberFormat(language, {
    minimumFractionDigits: data.decimals,
    maximumFractionDigits: data.decimals,
  });
  const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
  return {
    full: (value) => (value == null ? "—" : data.prefix + number.format(value) + data.suffix),
    short: (value) => data.prefix + short.format(value) + data.suffix,
  };
}

/** Labels below an axis: level where each has room, else at a slant and cut short. */
function fitted(labels, width) {
  const long = (label) => [...label].reduce((sum, sign) => sum + (sign > "\u2e80" ? 12 : 7), 0);
  const room = (width - 60) / labels.length - 6;
  if (labels.length > 8 || labels.every((label) => long(label) <= room)) return {};
  return { rotate: 40, overflow: "truncate", width: 88 };
}

function option(kind, data, width) {
  const say = words(data, document.documentElement.lang);
  const [soft, line, ink, raised] = ["--soft", "--line", "--ink", "--raised"].map(colour);
  const series = data.series.map((it, index) => ({
    name: it.name,
    type: kind,
    data: it.values,
    color: colour(`--series-${(index % hues) + 1}`),
    barMaxWidth: 30,
    itemStyle: { borderRadius: [4, 4, 0, 0] },
    lineStyle: { width: 2 },
    symbol: "circle",
    symbolSize: 6,
    showSymbol: it.values.length < 20,
    emphasis: { disabled: true },
  }));
  if (data.target != null) {
    series.push({
      name: "",
      type: "line",
      data: data.labels.map(() => data.target),
      symbol: "none",
      silent: true,
      lineStyle: { type: "dashed", width: 1, color: colour("--line-strong") },
    });
  }
  return {
    animationDuration: 250,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: soft },
    grid: { left: 4, right: 12, top: data.series.length > 1 ? 36 : 14, bottom: 4, containLabel: true },
    legend: { show: data.series.length > 1, left: 0, top: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10, textStyle: { color: soft },
      data: data.series.map((it) => it.name) },
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, backgroundColor: raised, borderColor: line,
      textStyle: { color: ink }, axisPointer: { type: kind === "bar" ? "none" : "line" },
      formatter: (points) => [points[0].axisValueLabel,
        ...points.filter((point) => point.seriesName).map((point) => `${data.series.length > 1 ? `${point.seriesName}  ` : ""}${say.full(point.value)}`)].join("\n") },
    xAxis: { type: "category", data: data.labels, boundaryGap: kind === "bar", axisTick: { show: false },
      axisLine: { lineStyle: { color: line } },
      axisLabel: { color: soft, interval: data.labels.length > 8 ? "auto" : 0, ...fitted(data.labels, width) } },
    yAxis: { type: "value", splitNumber: 4, splitLine: { lineStyle: { color: line } },
      axisLabel: { color: soft, formatter: say.short } },
    series,
  };
}

function draw(element) {
  const data = JSON.parse(element.querySelector("script").textContent);
  const canvas = document.createElement("div");
  canvas.className = "chart";
  element.after(canvas);
  const chart = window.echarts.init(canvas, null, { renderer: "canvas" });
  canvas.role = "img";
  canvas.ariaLabel = element.ariaLabel;
  const show = () => chart.setOption(option(element.dataset.chart, data, chart.getWidth()));
  show();
  chart.on("click", ({ dataIndex }) => {
    if (data.urls[dataIndex]) location.assign(data.urls[dataIndex]);
  });
  const table = element.closest(".tile").querySelector("details.data");
  if (table) table.open = false;
  new ResizeObserver(() => {
    chart.resize();
    show();
  }).observe(canvas);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
}

const known = new WeakSet();

/** Draw the charts in this part of the page. */
export async function prepare(root) {
  if (!(await vendor("echarts.min.js"))) return;
  for (const element of root.querySelectorAll("[data-chart]")) {
    if (known.has(element)) continue;
    known.add(element);
    draw(element);
  }
}
