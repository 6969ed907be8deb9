// SPDX-License-Identifier: Apache-2.0
// Photos in one common picture: level, feet on feet, equally large, with points and lines of each.
import type { PosturePoint, PosturePointName } from 'reprise-engine';
import type { Line } from '../points.ts';
import { linesOf } from '../points.ts';
import type { EarlierPosture } from '../record.ts';
import { alignmentOf, apply, fromKept, matrixText, type Matrix } from './alignment.ts';
import type { LoadedPicture } from '../../../data/kept_picture.ts';
import type { KeptPhoto } from './photo_record.ts';

/** Everything that is shown of a photo. */
export interface Layer {
  photo: KeptPhoto;
  picture: LoadedPicture;
  /** Undefined: its values are not in the record any more. */
  posture: EarlierPosture | undefined;
  /** Undefined: it has no ankles or shoulders, and is shown as it is. */
  alignment: Matrix | undefined;
}

export function layerOf(photo: KeptPhoto, picture: LoadedPicture, posture: EarlierPosture | undefined): Layer {
  const alignment = posture && alignmentOf({ ...photo, points: posture.points });
  return { photo, picture, posture, alignment };
}

/** In the common picture the shoulders are 1 above the ankles: room for the head, the feet and the arms. */
const COMMON = { x: -0.75, y: -1.5, width: 1.5, height: 1.7 };
const POINT_RADIUS = 0.011;

function drawnLines({ photo, posture }: Layer): Line[] {
  if (!posture) return [];
  const points = [...posture.points].map(
    ([name, { x, y }]): PosturePoint => ({
      point: name as PosturePointName,
      x_px: x,
      y_px: y,
      origin: 'placed',
    }),
  );
  return linesOf(photo.view, points, photo.roll_deg ?? 0, photo.mirrored);
}

interface Props {
  layers: readonly { layer: Layer; which: 'before' | 'after'; opacity: number }[];
  label: string;
  marked: boolean;
}

/** Layers above each other, the last on top. One without alignment stands alone, as it was taken. */
export function Stage({ layers, label, marked }: Props) {
  const [first] = layers;
  if (!first) return null;
  const { picture } = first.layer;
  const plain = first.layer.alignment === undefined;
  const box = plain ? { x: 0, y: 0, width: picture.width_px, height: picture.height_px } : COMMON;
  const radius = plain ? picture.height_px / 150 : POINT_RADIUS;
  return (
    <svg
      className="stage"
      role="img"
      aria-label={label}
      viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
      preserveAspectRatio="xMidYMid slice"
    >
      {layers.map(({ layer, which, opacity }) => {
        const { photo, posture, alignment } = layer;
        const toCommon = alignment ?? { a: photo.scale, b: 0, c: 0, d: photo.scale, e: 0, f: 0 };
        const ofPicture = fromKept(toCommon, photo.scale);
        return (
          <g key={which} data-which={which} opacity={opacity}>
            <image
              href={layer.picture.address}
              width={layer.picture.width_px}
              height={layer.picture.height_px}
              transform={matrixText(ofPicture)}
            />
            {marked &&
              drawnLines(layer).map((line, i) => {
                const from = apply(toCommon, { x: line.x1, y: line.y1 });
                const to = apply(toCommon, { x: line.x2, y: line.y2 });
                return <line key={i} className={line.kind} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />;
              })}
            {marked &&
              [...(posture?.points ?? [])].map(([name, place]) => {
                const at = apply(toCommon, place);
                return <circle key={name} className={which} cx={at.x} cy={at.y} r={radius} />;
              })}
          </g>
        );
      })}
    </svg>
  );
}
