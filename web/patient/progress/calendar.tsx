// SPDX-License-Identifier: Apache-2.0
import { Icon } from '../../design/icons.tsx';
import { useLanguage } from '../../translations/language.tsx';
import type { Week } from './history.ts';

/** The last weeks, a row each: on which days something was done. */
export function Calendar({ weeks }: { weeks: readonly Week[] }) {
  const { t, day, weekday } = useLanguage();
  return (
    <table className="calendar">
      <caption className="hidden">{t('progress.calendar')}</caption>
      <thead>
        <tr>
          {weeks[0]?.days.map((one) => (
            <th key={one.day} scope="col">
              <abbr title={weekday(one.day, 'long')}>{weekday(one.day, 'narrow')}</abbr>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map(({ days }) => (
          <tr key={days[0]?.day}>
            {days.map((one) => (
              <td key={one.day} data-done={one.done || undefined} data-ahead={one.ahead || undefined}>
                <span className="hidden">
                  {day(one.day)}
                  {one.done && `: ${t('progress.done')}`}
                </span>
                <span aria-hidden="true">{one.done ? <Icon name="done" /> : Number(one.day.slice(8))}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
