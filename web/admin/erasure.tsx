// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Alert } from '../components/alert.tsx';
import { Section } from '../components/section.tsx';
import { ask } from '../data/api.ts';
import { WhoIs } from '../components/who.tsx';
import { useLanguage } from '../translations/language.tsx';
import { addressOf } from './address.ts';
import { EraseDialog } from './erase_dialog.tsx';
import { patientsById, type Person } from '../clinical/persons.ts';
import { Link } from '../components/link.tsx';
import { QueryBoundary } from '../components/query_boundary.tsx';
import { queryKeys } from '../data/query_keys.ts';

interface Request {
  patient: string;
  since: string;
}

async function loadRequests(): Promise<(Request & { person: Person })[]> {
  const { requests } = await ask<{ requests: Request[] }>('GET', 'erasure');
  const people = await patientsById(requests.map(({ patient }) => patient));
  return requests.flatMap((request) => {
    const person = people.get(request.patient);
    return person ? [{ ...request, person }] : [];
  });
}

/** Lists the patients that ask to be erased; their words are for their clinicians. */
export function Erasure() {
  const { t, moment } = useLanguage();
  const query = useQuery({ queryKey: queryKeys.erasureRequests(), queryFn: loadRequests });
  const [erasing, setErasing] = useState<Person>();
  const [done, setDone] = useState<string>();
  return (
    <Section title={t('adm.erasure.title')}>
      <p className="note">{t('adm.erasure.lead')}</p>
      <div role="status">{done && <Alert tone="good">{done}</Alert>}</div>
      <QueryBoundary query={query}>
        {(requests) =>
          requests.length === 0 ? (
            <p className="none">{t('adm.erasure.none')}</p>
          ) : (
            <ul className="rows">
              {requests.map(({ patient, since, person }) => (
                <li key={patient} className="row">
                  <span>
                    <WhoIs who={person} />
                    <span className="small"> · {t('adm.erasure.since', { when: moment(since) })}</span>
                  </span>
                  <span className="end">
                    <Button
                      variant="default"
                      onClick={() => {
                        setDone(undefined);
                        setErasing(person);
                      }}
                      aria-label={t('adm.of', { what: t('adm.erasure.look'), name: person.name })}
                    >
                      {t('adm.erasure.look')}…
                    </Button>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryBoundary>
      <p className="note">
        {t('adm.erasure.others')} <Link href={addressOf('patients')}>{t('adm.tab.patients')}</Link>
      </p>
      {erasing && (
        <EraseDialog
          key={erasing.id}
          person={erasing}
          asked
          onClose={() => setErasing(undefined)}
          onErased={({ resources }) => {
            setErasing(undefined);
            setDone(t('adm.erase.done', { count: resources }));
            void query.refetch();
          }}
        />
      )}
    </Section>
  );
}
