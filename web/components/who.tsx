// SPDX-License-Identifier: Apache-2.0
// How a patient is told from others wherever one is chosen or listed: by name and birth date.
import { useCallback, type ReactNode } from 'react';
import type { Who } from '../fhir/people.ts';
import { useLanguage } from '../translations/language.tsx';

export function useWhoWords() {
  const { t, day } = useLanguage();
  const date = useCallback(
    ({ birthDate }: Pick<Who, 'birthDate'>) =>
      birthDate === undefined ? '' : /^\d{4}-\d{2}-\d{2}$/.test(birthDate) ? day(birthDate) : birthDate,
    [day],
  );
  const facts = (who: Who) => [
    who.birthDate === undefined ? t('who.unknown') : t('who.born', { date: date(who) }),
    ...(who.mark ? [t('who.mark', { mark: who.mark })] : []),
  ];
  return {
    /** The birth date alone. */
    date,
    /** What stands behind the name. */
    behind: (who: Who) => [...facts(who), ...(who.simulated ? [t('chart.simulated')] : [])].join(' · '),
    /** All in one line, where only a text fits. */
    line: (who: Who) => [who.name, ...facts(who)].join(', '),
  };
}

/** A patient in a list. `children`: instead of the bare name, such as a link. */
export function WhoIs({ who, children }: { who: Who; children?: ReactNode }) {
  const { behind } = useWhoWords();
  return (
    <span className="who-is">
      {children ?? <strong>{who.name}</strong>} <span className="small">{behind(who)}</span>
    </span>
  );
}
