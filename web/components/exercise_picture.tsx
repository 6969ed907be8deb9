// SPDX-License-Identifier: Apache-2.0
import type { ShownExercise } from 'reprise-engine';
import { MovingFigure } from './figure.tsx';
import { pictureFile } from './picture_files.ts';

interface Props {
  exercise: ShownExercise;
  mirror: boolean;
  label: string;
  /** The drawn picture shows the whole movement: not where a ceiling allows less. */
  limited: boolean;
}

/** A small still picture of an exercise: the catalog's by a person, a clinic's own by the drawn figure. */
export function ExercisePicture({ exercise, mirror, label, limited }: Props) {
  const file = limited ? undefined : pictureFile(exercise.id, exercise.file.version);
  if (!file) return <MovingFigure exercise={exercise} mirror={mirror} label={label} moving={false} />;
  // After the page with its buttons.
  return (
    <img
      className="figure shown"
      src={file}
      alt={label}
      width={144}
      height={144}
      loading="lazy"
      decoding="async"
      fetchPriority="low"
      data-mirror={mirror || undefined}
    />
  );
}
