// SPDX-License-Identifier: Apache-2.0
import type { Exercise } from 'reprise-engine';
import { MovingFigure } from './figure.tsx';
// Written, as exercise_pictures.json, by tests/web/exercise_pictures.mjs --lists.
import sheet from './exercise_pictures.webp';
import { COLUMNS, placeOnSheet, ROWS } from './picture_places.ts';

/** A small still picture of an exercise: the catalog's by a person, a clinic's own by the drawn figure. */
export function ExercisePicture({ exercise, mirror, label }: { exercise: Exercise; mirror: boolean; label: string }) {
  const place = placeOnSheet(exercise.id, exercise.file.version);
  if (!place) return <MovingFigure exercise={exercise} mirror={mirror} label={label} moving={false} />;
  const { column, row } = place;
  return (
    <svg className="figure shown" viewBox="0 0 1 1" role="img" aria-label={label}>
      <g transform={`${mirror ? 'translate(1 0) scale(-1 1) ' : ''}translate(${-column} ${-row})`}>
        <image href={sheet} width={COLUMNS} height={ROWS} preserveAspectRatio="none" />
      </g>
    </svg>
  );
}
