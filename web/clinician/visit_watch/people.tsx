// SPDX-License-Identifier: Apache-2.0
// Patient and helper as lines, in the camera's view.
import { useEffect, useRef } from 'react';
import type { Bone } from 'reprise-engine';
import type { VisitLook } from '../../coach/types.ts';
import { SURE } from '../../components/bones.ts';
import { useEngine } from '../../data/engine.ts';

const PATIENT = '#7fe3ff';
const HELPER = '#c8cdd2';
/** Lines of a small drawing are this many times thicker. */
const SMALL = 2.5;

/** Of the picture. */
interface Part {
  x: number;
  y: number;
  width: number;
  height: number;
}

function drawOne(
  pen: CanvasRenderingContext2D,
  bones: readonly Bone[],
  points: Float32Array | undefined,
  visibility: Float32Array | undefined,
  [color, width]: [string, number],
) {
  if (!points || !visibility) return;
  const sure = (i: number) => (visibility[i] ?? 0) >= SURE;
  pen.strokeStyle = color;
  pen.lineWidth = width;
  pen.beginPath();
  for (const { from, to, fine } of bones) {
    if (fine || !sure(from) || !sure(to)) continue;
    pen.moveTo(points[3 * from] ?? 0, points[3 * from + 1] ?? 0);
    pen.lineTo(points[3 * to] ?? 0, points[3 * to + 1] ?? 0);
  }
  pen.stroke();
}

/** The patient's lines are bright and thick, the other person's thin and dashed: not by color alone. */
export function drawPeople(
  canvas: HTMLCanvasElement,
  look: VisitLook,
  part: Part,
  bones: readonly Bone[],
  thickness = 1,
) {
  const { x, y, width, height } = part;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.translate(-x, -y);
  pen.lineCap = 'round';
  const unit = (thickness * Math.max(width, height)) / 200;
  pen.setLineDash([3 * unit, 2 * unit]);
  drawOne(pen, bones, look.helper_px, look.helper_visibility, [HELPER, unit]);
  pen.setLineDash([]);
  drawOne(pen, bones, look.patient_px, look.patient_visibility, [PATIENT, 1.6 * unit]);
}

/** Where the patient is, with some room: a helper beside shows in it. Undefined: not seen. */
export function partOf({ patient_px, patient_visibility }: VisitLook): Part | undefined {
  const [across, down]: [number[], number[]] = [[], []];
  patient_visibility?.forEach((visibility, i) => {
    if (visibility < SURE || !patient_px) return;
    across.push(patient_px[3 * i] ?? 0);
    down.push(patient_px[3 * i + 1] ?? 0);
  });
  if (across.length === 0) return undefined;
  const [left, top] = [Math.min(...across), Math.min(...down)];
  const [width, height] = [Math.max(...across) - left, Math.max(...down) - top];
  const room = 0.2 * Math.max(width, height, 10);
  return {
    x: Math.floor(left - room),
    y: Math.floor(top - room),
    width: Math.ceil(width + 2 * room),
    height: Math.ceil(height + 2 * room),
  };
}

/** One moment of the visit. */
export function Moment({ look, label }: { look: VisitLook; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const reprise = useEngine();
  useEffect(() => {
    const part = partOf(look);
    if (canvas.current && part && reprise) drawPeople(canvas.current, look, part, reprise.bones, SMALL);
  }, [reprise, look]);
  return <canvas ref={canvas} className="moment" role="img" aria-label={label} />;
}
