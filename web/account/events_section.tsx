// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { Section } from '../components/section.tsx';
import type { AccountEvent } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { useAccount } from '../data/session.ts';
import { QueryBoundary } from '../components/query_boundary.tsx';
import { apiQuery } from '../data/api_query.ts';

/** By the owner of the account. */
const OWN: readonly string[] = ['password', 'reset', 'passkey-added', 'passkey-removed'];

/** Lists the changes by others to this account and to the access to the record; for administrators, to all accounts. */
export function EventsSection() {
  const { t, moment } = useLanguage();
  const { account } = useAccount();
  const all = account.role === 'administrator';
  const query = useQuery(apiQuery<{ events: AccountEvent[] }>('events'));
  return (
    <Section title={t(all ? 'events.all' : 'events.title')}>
      <p className="note">{t(all ? 'events.all.lead' : 'events.lead')}</p>
      <QueryBoundary query={query}>
        {({ events }) =>
          events.length === 0 ? (
            <p className="none">{t('events.none')}</p>
          ) : (
            <ul className="rows">
              {events.map((event) => (
                <li key={`${event.kind} ${event.account} ${event.patient} ${event.at}`} className="row">
                  <div>
                    {all && <strong>{event.account || event.patient} · </strong>}
                    {t(`events.${event.kind}`)}
                    <p className="small">
                      {moment(event.at)}
                      {!OWN.includes(event.kind) && event.by && ` · ${event.by}`}
                    </p>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </QueryBoundary>
    </Section>
  );
}
