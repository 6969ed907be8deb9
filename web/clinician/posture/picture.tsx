// SPDX-License-Identifier: Apache-2.0
// The photo with its points: dragged by mouse or finger, moved by arrow keys, under a magnifier.
import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { useLanguage } from '../../translations/language.tsx';
import type { Handle, HandleName } from './marks.ts';
import type { Photo } from './photo.ts';
import type { Line } from './points.ts';

const MAGNIFIER_PX = 140;
const ZOOM = 3;
const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const FAR_STEP_PX = 10;

/** The photo around a point, three times as large, with a cross at the point. */
function Magnifier({ photo, at }: { photo: Photo; at: Handle }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const shown = MAGNIFIER_PX / ZOOM;
    context.fillStyle = '#10181c';
    context.fillRect(0, 0, MAGNIFIER_PX, MAGNIFIER_PX);
    context.drawImage(
      photo.canvas,
      at.x_px - shown / 2,
      at.y_px - shown / 2,
      shown,
      shown,
      0,
      0,
      MAGNIFIER_PX,
      MAGNIFIER_PX,
    );
    context.strokeStyle = '#ffd43b';
    context.beginPath();
    context.moveTo(MAGNIFIER_PX / 2, MAGNIFIER_PX / 4);
    context.lineTo(MAGNIFIER_PX / 2, (3 * MAGNIFIER_PX) / 4);
    context.moveTo(MAGNIFIER_PX / 4, MAGNIFIER_PX / 2);
    context.lineTo((3 * MAGNIFIER_PX) / 4, MAGNIFIER_PX / 2);
    context.stroke();
  }, [photo, at]);
  // In the corner that is farthest from the point.
  const above = at.y_px > photo.height_px / 2 ? 'top' : 'bottom';
  const place = `${above} ${at.x_px > photo.width_px / 2 ? 'left' : 'right'}`;
  return <canvas ref={canvas} className="magnifier" data-place={place} width={MAGNIFIER_PX} height={MAGNIFIER_PX} />;
}

/** The point that is dragged, and how far beside it the finger took hold of it, in pixels of the screen. */
interface Drag {
  point: HandleName;
  x: number;
  y: number;
}

interface Props {
  photo: Photo;
  points: readonly Handle[];
  lines: readonly Line[];
  /** Of an earlier posture, in this picture's pixels. */
  earlier: readonly { x: number; y: number }[];
  /** The point that the person works at. */
  active: HandleName | undefined;
  onActive: (point: HandleName | undefined) => void;
  onMove: (point: HandleName, x_px: number, y_px: number) => void;
}

export function Picture({ photo, points, lines, earlier, active, onActive, onMove }: Props) {
  const { t } = useLanguage();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drag, setDrag] = useState<Drag>();
  const { width_px, height_px } = photo;

  useEffect(() => {
    canvas.current?.getContext('2d')?.drawImage(photo.canvas, 0, 0);
  }, [photo]);

  const nameOf = ({ point, pending, origin }: Handle) =>
    `${t(`posture.point.${point}`)}, ${t(`posture.origin.${pending ? 'pending' : origin}`)}`;
  const share = (value: number, of: number) => `${(100 * value) / of}%`;
  const moveTo = (point: HandleName, event: MouseEvent, held = { x: 0, y: 0 }) => {
    const box = frame.current?.getBoundingClientRect();
    if (!box) return;
    onMove(
      point,
      ((event.clientX - held.x - box.left) / box.width) * width_px,
      ((event.clientY - held.y - box.top) / box.height) * height_px,
    );
  };
  const onKey = (event: KeyboardEvent) => {
    const point = points.find((one) => one.point === (event.target as HTMLElement).dataset.point);
    if (!point) return;
    const arrow = ARROWS[event.key];
    if (!arrow && !(point.pending && event.key === 'Enter')) return;
    event.preventDefault();
    const step = event.shiftKey ? FAR_STEP_PX : 1;
    const [x, y] = arrow ?? [0, 0];
    onMove(point.point, point.x_px + step * x, point.y_px + step * y);
  };
  const waiting = points.find(({ point, pending }) => pending && point === active);
  const seen = points.find(({ point }) => point === (drag?.point ?? active));
  return (
    <div
      className="picture editor"
      ref={frame}
      role="group"
      aria-label={t('posture.picture')}
      data-waiting={waiting !== undefined || undefined}
      style={{ aspectRatio: `${width_px} / ${height_px}` }}
      onKeyDown={onKey}
      onClick={(event) => {
        // A tap puts a point that waits where it belongs; a finger that scrolls the page does not, nor does a key.
        if (waiting && event.detail > 0) moveTo(waiting.point, event);
      }}
    >
      <canvas ref={canvas} width={width_px} height={height_px} />
      <svg viewBox={`0 0 ${width_px} ${height_px}`} aria-hidden="true">
        {earlier.map(({ x, y }, i) => (
          <circle key={i} className="earlier" cx={x} cy={y} r={height_px / 130} />
        ))}
        {lines.map((line, i) => (
          <line key={i} className={line.kind} x1={line.x1} y1={line.y1} x2={line.x2} y2={line.y2} />
        ))}
      </svg>
      {points.map((point) => (
        <button
          key={point.point}
          type="button"
          className="point"
          data-point={point.point}
          data-origin={point.pending ? 'pending' : point.origin}
          data-active={point.point === active || undefined}
          aria-label={nameOf(point)}
          style={{ left: share(point.x_px, width_px), top: share(point.y_px, height_px) }}
          onFocus={() => onActive(point.point)}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            const box = event.currentTarget.getBoundingClientRect();
            const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
            setDrag({ point: point.point, x: event.clientX - x, y: event.clientY - y });
            onActive(point.point);
          }}
          onPointerMove={(event) => {
            if (drag?.point === point.point) moveTo(point.point, event, drag);
          }}
          onPointerUp={() => setDrag(undefined)}
          onPointerCancel={() => setDrag(undefined)}
        />
      ))}
      {seen && <Magnifier photo={photo} at={seen} />}
    </div>
  );
}
