// SPDX-License-Identifier: Apache-2.0
import type { UseQueryResult } from '@tanstack/react-query';
import type { Who } from '../fhir/people.ts';
import type { EmergencyAccess } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { Link } from './link.tsx';
import { Badge } from './badge.tsx';
import { WhoIs } from './who.tsx';
import { QueryBoundary } from './query_boundary.tsx';

/** Lists emergency accesses: who, which record, when, why. */
export function EmergencyList({
  query,
  showPatient,
  people,
}: {
  query: UseQueryResult<{ accesses: EmergencyAccess[] }>;
  showPatient: boolean;
  people?: ReadonlyMap<string, Who>;
}) {
  const { t, moment } = useLanguage();
  const whoIn = (patient: string) => {
    const who = people?.get(patient);
    return who ? (
      <Link href={`/patient?id=${patient}`}>
        <WhoIs who={who} />
      </Link>
    ) : (
      <code>{patient}</code>
    );
  };
  return (
    <QueryBoundary query={query}>
      {({ accesses }) =>
        accesses.length === 0 ? (
          <p className="none">{t('emergency.none')}</p>
        ) : (
          <ul className="rows">
            {accesses.map(({ patient, by, reason, startsAt, endsAt }) => (
              <li key={`${by} ${patient} ${startsAt}`} className="row">
                <div>
                  <strong>{by}</strong>
                  {showPatient && <> · {whoIn(patient)}</>}{' '}
                  {new Date(endsAt).getTime() > Date.now() && <Badge tone="bad">{t('emergency.now')}</Badge>}
                  <p className="quote">{reason}</p>
                  <p className="small">{t('emergency.when', { start: moment(startsAt), end: moment(endsAt) })}</p>
                </div>
              </li>
            ))}
          </ul>
        )
      }
    </QueryBoundary>
  );
}
