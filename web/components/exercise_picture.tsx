// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import type { Exercise } from 'reprise-engine';
import { MovingFigure } from './figure.tsx';
// Written, as exercise_pictures.json, by tests/web/exercise_pictures.mjs --lists.
import sheet from './exercise_pictures.webp';
import { COLUMNS, placeOnSheet, ROWS } from './picture_places.ts';

interface Props {
  exercise: Exercise;
  mirror: boolean;
  label: string;
  /** The drawn picture shows the whole movement: not where a ceiling allows less. */
  limited: boolean;
}

/** Whether the sheet may load: after the page with its buttons has been drawn, and decoded before it is shown. */
function useSheet(wanted: boolean): boolean {
  const [decoded, setDecoded] = useState(false);
  useEffect(() => {
    if (!wanted) return undefined;
    let left = false;
    const image = new Image();
    image.decoding = 'async';
    image.fetchPriority = 'low';
    const load = () => {
      image.src = sheet;
      const show = () => {
        if (!left) setDecoded(true);
      };
      image.decode().then(show, show);
    };
    const waiting = setTimeout(load, 300);
    return () => {
      left = true;
      clearTimeout(waiting);
    };
  }, [wanted]);
  return decoded;
}

/** A small still picture of an exercise: the catalog's by a person, a clinic's own by the drawn figure. */
export function ExercisePicture({ exercise, mirror, label, limited }: Props) {
  const place = limited ? undefined : placeOnSheet(exercise.id, exercise.file.version);
  const shown = useSheet(place !== undefined);
  if (!place) return <MovingFigure exercise={exercise} mirror={mirror} label={label} moving={false} />;
  const { column, row } = place;
  return (
    <svg className="figure shown" viewBox="0 0 1 1" role="img" aria-label={label}>
      <g transform={`${mirror ? 'translate(1 0) scale(-1 1) ' : ''}translate(${-column} ${-row})`}>
        <image href={shown ? sheet : undefined} width={COLUMNS} height={ROWS} preserveAspectRatio="none" />
      </g>
    </svg>
  );
}
