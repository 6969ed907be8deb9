// SPDX-License-Identifier: Apache-2.0
import type { Programme } from 'reprise-engine';
import { useLanguage } from '../../../translations/language.tsx';
import { useHistory } from '../../progress/use_history.ts';
import { nextOf } from './day_end.ts';

/** When the plan has the next day. Nothing while the days of this week are unknown. */
export function NextTime({ programme }: { programme: Programme }) {
  const { t, counted } = useLanguage();
  const { data, error } = useHistory();
  const goal = Math.max(1, ...programme.exercises.map(({ daysPerWeek }) => daysPerWeek));
  if (!data && !error) return null;
  const next = data ? nextOf(data.value, goal, new Date()) : undefined;
  const words = () => {
    if (next?.kind === 'tomorrow') return t('after.tomorrow');
    if (next?.kind === 'reached') return counted('after.weekReached', next.goal);
    return next && next.days > 0 ? counted('after.weekDays', next.days) : t('after.soon');
  };
  return <p className="day-next">{words()}</p>;
}
