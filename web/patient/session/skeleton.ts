// The person's landmarks drawn over the camera's picture.
import type { Look } from '../../coach/coach.ts';

const BONES: readonly (readonly [number, number])[] = [
  [11, 12],
  [11, 23],
  [12, 24],
  [23, 24],
  [11, 13],
  [13, 15],
  [12, 14],
  [14, 16],
  [23, 25],
  [25, 27],
  [24, 26],
  [26, 28],
  [27, 31],
  [28, 32],
];
/** Below this visibility a landmark is a guess. */
const SURE = 0.5;

/** `size`: of the picture that the landmarks stand in. The canvas has the picture's shape and is mirrored with it. */
export function drawSkeleton(
  canvas: HTMLCanvasElement,
  { image_px, visibility }: Look,
  size: { width: number; height: number },
) {
  if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size);
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.clearRect(0, 0, size.width, size.height);
  if (!image_px || !visibility) return;
  const unit = Math.max(size.width, size.height) / 200;
  pen.lineCap = 'round';
  const sure = (i: number) => (visibility[i] ?? 0) >= SURE;
  const at = (i: number) => [image_px[3 * i] ?? 0, image_px[3 * i + 1] ?? 0] as const;
  for (const [color, width] of [
    ['rgba(0, 20, 30, .55)', 2.6],
    ['#7fe3ff', 1.3],
  ] as const) {
    pen.strokeStyle = color;
    pen.lineWidth = width * unit;
    pen.beginPath();
    for (const [a, b] of BONES) {
      if (!sure(a) || !sure(b)) continue;
      pen.moveTo(...at(a));
      pen.lineTo(...at(b));
    }
    pen.stroke();
  }
}
