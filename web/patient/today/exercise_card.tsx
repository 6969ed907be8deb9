// SPDX-License-Identifier: Apache-2.0
import { UnstyledButton } from '@mantine/core';
import { Badge } from '../../components/badge.tsx';
import { ExercisePicture } from '../../components/exercise_picture.tsx';
import { Icon } from '../../design/icons.tsx';
import { doseOf, useDose } from '../../exercises/dose.ts';
import { exerciseWords } from '../../exercises/exercise_words.ts';
import { mirrored, type Prescribed } from '../../exercises/prescribed.ts';
import { useLanguage } from '../../translations/language.tsx';

/** One of today's exercises; a touch anywhere begins with it. `paused`: why it cannot be started now. */
export function ExerciseCard({
  prescribed,
  done,
  paused,
  onStart,
}: {
  prescribed: Prescribed;
  done: boolean;
  paused: string | undefined;
  /** Undefined: it cannot be started. */
  onStart: (() => void) | undefined;
}) {
  const { t, language } = useLanguage();
  const dose = useDose();
  const { order, exercise, file } = prescribed;
  const { name } = exerciseWords(file, language);
  return (
    <li className="exercise-card" data-done={done || undefined} data-paused={paused ? true : undefined}>
      <div className="poster">
        <ExercisePicture exercise={exercise} mirror={mirrored(prescribed)} label={t('introduce.figure', { name })} />
      </div>
      <div className="words">
        <strong>{name}</strong>
        <p className="small">
          {order.side && <strong>{t(`side.${order.side}`)} · </strong>}
          {dose({ ...doseOf(prescribed, false), days: null })}
        </p>
        {paused && <Badge tone="careful">{paused}</Badge>}
      </div>
      {done && (
        <span className="tick">
          <Icon name="done" />
          <span className="hidden">{t('today.done')}</span>
        </span>
      )}
      {onStart && (
        <UnstyledButton className="start-here" onClick={onStart}>
          <span className="hidden">
            {t('today.only')} {name}
          </span>
          <Icon name="right" />
        </UnstyledButton>
      )}
    </li>
  );
}
