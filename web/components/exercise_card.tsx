// SPDX-License-Identifier: Apache-2.0
import { UnstyledButton } from '@mantine/core';
import { Badge } from './badge.tsx';
import { ExercisePicture } from './exercise_picture.tsx';
import './exercise_card.css';
import { Icon } from '../design/icons.tsx';
import { doseOf, useDose } from '../exercises/dose.ts';
import { exerciseWords } from '../exercises/exercise_words.ts';
import { mirrored, type Prescribed } from '../exercises/prescribed.ts';
import { useLanguage } from '../translations/language.tsx';

/**
 * An exercise of the programme as its patient sees it; a touch anywhere begins it. `paused`: why it cannot be started
 * now. `perWeek`: says on how many days of a week, too.
 */
export function ExerciseCard({
  prescribed,
  done = false,
  paused,
  perWeek = false,
  onStart,
}: {
  prescribed: Prescribed;
  done?: boolean;
  paused?: string | undefined;
  perWeek?: boolean;
  /** Undefined: it cannot be started. */
  onStart?: (() => void) | undefined;
}) {
  const { t, language } = useLanguage();
  const dose = useDose();
  const { order, exercise, facts, file } = prescribed;
  const { name } = exerciseWords(file, language);
  return (
    <li className="exercise-card" data-paused={paused ? true : undefined}>
      <div className="poster">
        <ExercisePicture
          exercise={exercise}
          mirror={mirrored(prescribed)}
          label={t('introduce.figure', { name })}
          limited={facts.ceiling !== null}
        />
      </div>
      <div className="words">
        <strong>{name}</strong>
        <p className="small">
          {order.side && <strong>{t(`side.${order.side}`)} · </strong>}
          {dose({ ...doseOf(prescribed, false), ...(!perWeek && { days: null }) })}
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
