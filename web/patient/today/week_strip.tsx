// SPDX-License-Identifier: Apache-2.0
import { Icon } from '../../design/icons.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { weeksOf } from '../progress/history.ts';
import { useHistory } from '../progress/use_history.ts';

/** The days of this week, and on which of them something was done; nothing where neither record nor device knows. */
export function WeekStrip({ goal, doneToday }: { goal: number; doneToday: boolean }) {
  const { t, day, weekday, counted } = useLanguage();
  const { data } = useHistory();
  const [week] = weeksOf(data?.value ?? [], new Date(), goal, 1);
  if (!week) return null;
  const today = week.days.findLast(({ ahead }) => !ahead)?.day;
  const days = week.days.map((one) => ({ ...one, done: one.done || (doneToday && one.day === today) }));
  return (
    <ol className="week-strip" aria-label={counted('today.week', days.filter(({ done }) => done).length)}>
      {days.map(({ day: date, done, ahead }) => (
        <li
          key={date}
          data-done={done || undefined}
          data-ahead={ahead || undefined}
          aria-current={date === today ? 'date' : undefined}
        >
          <span className="hidden">
            {day(date)}
            {done && `: ${t('progress.done')}`}
          </span>
          <span className="letter" aria-hidden="true">
            {weekday(date, 'narrow')}
          </span>
          <span className="dot" aria-hidden="true">
            {done ? <Icon name="done" /> : Number(date.slice(8))}
          </span>
        </li>
      ))}
    </ol>
  );
}
