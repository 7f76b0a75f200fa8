/**
 * Draws the lines of lanes with Chart.js. Only `traffic_chart` imports it, when the page stands.
 * @module
 */
import {
  Chart,
  type ChartDataset,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
} from "chart.js";
import { axisFor } from "../components/chart/axis.ts";
import type { LaneData } from "../components/chart/traffic_lanes.tsx";

Chart.register(Filler, LinearScale, LineController, LineElement, PointElement);

// Nobody points before the chart is drawn, so the cursor comes with it.
export { CursorLine, momentWords } from "../components/chart/cursor.tsx";

/** Colours of the lanes' series, as the style sheet has them. */
const COLOURS: Partial<Record<LaneData["series"], string>> = {
  mt: "--color-chart-1",
  mo: "--color-chart-2",
  delivered: "--color-chart-1",
  failed: "--color-chart-5",
  queue: "--color-chart-3",
  time: "--color-chart-4",
};

/** How far a canvas reaches over the plot, so that the last value's dot is whole. */
const EDGE_PX = 4;

interface Point {
  readonly x: number;
  readonly y: number | null;
}
type LineChart = Chart<"line", Point[]>;

/** One canvas a lane, over the lane's grid and words. */
export class LaneCanvases {
  readonly #root: HTMLElement;
  readonly #charts = new Map<string, LineChart>();
  readonly #themes: MutationObserver;
  readonly #boxClass: string;
  #lanes: readonly LaneData[] = [];

  /**
   * @param root holds the lanes, as `TrafficLanes` renders them
   * @param boxClass lays a canvas over a lane's plot, `EDGE_PX` beyond it on every side
   */
  constructor(root: HTMLElement, boxClass: string) {
    this.#root = root;
    this.#boxClass = boxClass;
    this.#themes = new MutationObserver(() => this.draw(this.#lanes));
    this.#themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", this.#redraw);
  }

  readonly #redraw = (): void => this.draw(this.#lanes);

  /** Draws the lanes' present values. Bars stay as the server drew them. */
  draw(lanes: readonly LaneData[]): void {
    this.#lanes = lanes;
    for (const lane of lanes) {
      if (lane.kind === "bars") continue;
      const plot = this.#root.querySelector(`[data-lane="${lane.series}"]`);
      if (plot === null) continue;
      const chart = this.#charts.get(lane.series) ?? this.#make(lane.series, plot);
      this.#update(chart, lane, getComputedStyle(plot));
    }
  }

  destroy(): void {
    this.#themes.disconnect();
    matchMedia("(prefers-color-scheme: dark)").removeEventListener("change", this.#redraw);
    for (const chart of this.#charts.values()) {
      const box = chart.canvas.parentElement;
      chart.destroy();
      box?.remove();
    }
    this.#charts.clear();
  }

  #make(series: string, plot: Element): LineChart {
    const box = document.createElement("div");
    box.className = this.#boxClass;
    box.setAttribute("aria-hidden", "true"); // the drawing under it has the sentence
    const canvas = document.createElement("canvas");
    box.append(canvas);
    plot.append(box);
    const chart: LineChart = new Chart(canvas, {
      type: "line",
      data: { datasets: [] },
      options: {
        animation: false,
        events: [],
        maintainAspectRatio: false,
        normalized: true,
        parsing: false,
        clip: EDGE_PX,
        layout: { padding: EDGE_PX, autoPadding: false },
        scales: {
          x: { type: "linear", display: false },
          y: { type: "linear", display: false, min: 0 },
        },
      },
    });
    this.#charts.set(series, chart);
    return chart;
  }

  #update(chart: LineChart, lane: LaneData, style: CSSStyleDeclaration): void {
    const colour = style.getPropertyValue(COLOURS[lane.series] ?? "--color-chart-8");
    const before = lane.before ?? [];
    const steps = Math.max(1, lane.values.length - 1);
    const last = lane.values.length - 1;
    const datasets: ChartDataset<"line", Point[]>[] = [{
      data: pointsOf(lane.values, steps),
      borderColor: colour,
      borderWidth: 1.5,
      backgroundColor: faint(colour),
      fill: "origin",
      pointRadius: ({ dataIndex }) => dataIndex === last ? 3 : 0,
      pointBackgroundColor: colour,
      pointBorderWidth: 0,
    }];
    if (before.length > 0) {
      datasets.push({
        data: pointsOf(before, Math.max(1, before.length - 1)),
        borderColor: style.getPropertyValue("--color-chart-axis"),
        borderWidth: 1,
        pointRadius: 0,
      });
    }
    chart.data.datasets = datasets;
    const { scales } = chart.options;
    if (scales?.["x"]) Object.assign(scales["x"], { min: 0, max: 1 });
    if (scales?.["y"]) Object.assign(scales["y"], { max: topOf(lane) });
    chart.update("none");
  }
}

/** The top of the lane's axis, as `TrafficLanes` has it: both draw on the same ground. */
function topOf({ values, before = [], height, limit, series }: LaneData): number {
  const known = [...values, ...before].map((value) => value ?? 0);
  const most = Math.max(0, ...known, (limit?.value ?? 0) * 1.1);
  const shape = height ?? (series === "mt" ? "tall" : "low");
  return axisFor(most, shape === "tall" ? 3 : shape === "middle" ? 2 : 1).top;
}

function pointsOf(values: readonly (number | null)[], steps: number): Point[] {
  return values.map((y, at) => ({ x: at / steps, y }));
}

/** A tenth of a colour, which the browser resolved to `rgb()`. */
function faint(colour: string): string {
  return colour.replace(/^rgb\(([^)]*)\)$/, "rgba($1, 0.1)");
}
