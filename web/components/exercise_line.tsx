// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import { useLanguage } from '../translations/language.tsx';
import { doseOf, useDose } from '../exercises/dose.ts';
import { exerciseWords } from '../exercises/exercise_words.ts';
import { ExercisePicture } from './exercise_picture.tsx';
import { Badge } from './badge.tsx';
import { mirrored, type Prescribed } from '../exercises/prescribed.ts';

/** An exercise of the programme as its patient sees it. `paused`: why it cannot be started now. */
export function ExerciseLine({
  prescribed,
  done = false,
  paused,
  children,
}: {
  prescribed: Prescribed;
  done?: boolean;
  paused?: string | undefined;
  children?: (name: string) => ReactNode;
}) {
  const { t, language } = useLanguage();
  const dose = useDose();
  const { order, exercise, facts, file } = prescribed;
  const { name, goal } = exerciseWords(file, language);
  return (
    <li className="row exercise">
      <ExercisePicture
        exercise={exercise}
        mirror={mirrored(prescribed)}
        label={t('introduce.figure', { name })}
        limited={facts.ceiling !== null}
      />
      <div>
        <strong>{name}</strong>{' '}
        {paused ? <Badge tone="careful">{paused}</Badge> : done && <Badge tone="good">{t('today.done')}</Badge>}
        <p className="small">
          {dose(doseOf(prescribed, false))}
          {order.side && (
            <>
              {' '}
              · <strong>{t(`side.${order.side}`)}</strong>
            </>
          )}
        </p>
        <p className="small">{goal}</p>
      </div>
      {children && <div className="end">{children(name)}</div>}
    </li>
  );
}
