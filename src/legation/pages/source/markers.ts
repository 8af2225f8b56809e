// How is a band told apart without its colour? By shape and letter: each mark is drawn once, on a canvas of its own.
import type { ExpressionSpecification } from "maplibre-gl";
import { ink } from "./data";

const SIDE = 44; // pixels at ratio 2: 22 on the screen for the gravest, less for the others through `sized`
const FONT = '700 24px "Noto Sans", system-ui, sans-serif';

interface Mark {
  readonly letter: string;
  readonly colour: string;
  readonly text: string;
  readonly corners: number;
}

const MARKS: Record<string, Mark> = {
  "band-2": { letter: "M", colour: "--r2", text: "#3b3208", corners: 4 },
  "band-3": { letter: "H", colour: "--r3", text: "#2e1a02", corners: 3 },
  "band-4": { letter: "V", colour: "--r4", text: "#ffffff", corners: 6 },
  "band-5": { letter: "U", colour: "--r5", text: "#ffffff", corners: 8 },
};

export const sized: ExpressionSpecification = [
  "interpolate", ["linear"], ["zoom"],
  0, ["match", ["get", "band"], 5, 0.82, 4, 0.8, 3, 0.76, 0.66],
  5, ["match", ["get", "band"], 5, 1.1, 4, 1.05, 3, 0.95, 0.85],
];

function outline(canvas: OffscreenCanvasRenderingContext2D, corners: number): void {
  const middle = SIDE / 2;
  const radius = middle - 3;
  canvas.beginPath();
  const turn = corners % 2 === 1 || corners === 4 ? -Math.PI / 2 : Math.PI / corners;
  const drop = corners === 3 ? 4 : 0; // a triangle's centre of mass is below its middle
  for (let corner = 0; corner < corners; corner += 1) {
    const angle = turn + (2 * Math.PI * corner) / corners;
    canvas.lineTo(middle + radius * Math.cos(angle), middle + drop + radius * Math.sin(angle));
  }
  canvas.closePath();
}

function drawn(mark: Mark): ImageData {
  const canvas = new OffscreenCanvas(SIDE, SIDE).getContext("2d");
  if (!canvas) throw new Error("This browser cannot draw the marks.");
  outline(canvas, mark.corners);
  canvas.fillStyle = ink(mark.colour);
  canvas.strokeStyle = ink("--card");
  canvas.lineWidth = 3;
  canvas.fill();
  canvas.stroke();
  canvas.fillStyle = mark.text;
  canvas.font = mark.corners === 3 ? FONT.replace("24px", "18px") : FONT.replace("24px", "22px");
  canvas.textAlign = "center";
  canvas.textBaseline = "middle";
  canvas.fillText(mark.letter, SIDE / 2, SIDE / 2 + (mark.corners === 3 ? 5 : 2));
  return canvas.getImageData(0, 0, SIDE, SIDE);
}

export function markers(): [string, ImageData][] {
  return Object.entries(MARKS).map(([name, mark]) => [name, drawn(mark)]);
}
