// SPDX-License-Identifier: Apache-2.0
import { useLanguage } from '../../translations/language.tsx';
import type { Session } from './flow.ts';

/** Which exercise of the session this is, and which are behind. */
export function SessionProgress({ session: { exercises, index } }: { session: Session }) {
  const { t } = useLanguage();
  return (
    <div className="session-progress">
      <div className="parts" aria-hidden="true">
        {exercises.map(({ request, state }, i) => (
          <span key={request} data-state={i === index ? 'present' : state === 'open' ? 'open' : 'over'} />
        ))}
      </div>
      <p className="small">{t('introduce.number', { number: index + 1, of: exercises.length })}</p>
    </div>
  );
}
