// SPDX-License-Identifier: Apache-2.0
import type { Consent } from 'fhir/r4';
import { NativeSelect, TextInput } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Badge } from '../components/badge.tsx';
import { Section } from '../components/section.tsx';
import { wordsBegin } from '../fhir/words_begin.ts';
import { searchAll } from '../data/fhir_search.ts';
import { useLanguage, type Key } from '../translations/language.tsx';
import { consentsGivenOf, nameIn, type ConsentGiven } from './consents_given.ts';
import { patientsById, type Person } from '../clinical/persons.ts';
import { QueryBoundary } from '../components/query_boundary.tsx';
import { queryKeys } from '../data/query_keys.ts';

interface Loaded {
  agreed: ConsentGiven[];
  people: Map<string, Person>;
}

async function loadConsents(): Promise<Loaded> {
  // The texts that were shown are not needed here.
  const agreed = consentsGivenOf(
    await searchAll<Consent>('Consent', '?_count=1000&_elements=status,category,patient,dateTime,provision,scope'),
  );
  const people = await patientsById(agreed.map(({ patient }) => patient));
  return {
    agreed: agreed.sort(
      (a, b) => nameIn(people, a.patient).localeCompare(nameIn(people, b.patient)) || a.kind.localeCompare(b.kind),
    ),
    people,
  };
}

const KINDS = ['app-use', 'movement-recording', 'video-visit', 'posture-photo', 'reminders', 'privacy'] as const;
const STATES = ['all', 'agreed', 'not', 'withdrawn'] as const;
const MOST = 200;

function useKindWords() {
  const { t } = useLanguage();
  return (kind: string) => {
    const known = KINDS.find((one) => one === kind);
    return known ? t(`adm.consent.${known}` satisfies Key) : kind;
  };
}

const stateOf = ({ agreed, before }: ConsentGiven): (typeof STATES)[number] =>
  agreed ? 'agreed' : before ? 'withdrawn' : 'not';

function Table({ loaded: { agreed, people } }: { loaded: Loaded }) {
  const { t, counted, moment } = useLanguage();
  const words = useKindWords();
  const [typed, setTyped] = useState('');
  const [kind, setKind] = useState('');
  const [state, setState] = useState<(typeof STATES)[number]>('all');
  const sought = useDeferredValue(typed);
  const kinds = useMemo(() => [...new Set(agreed.map((one) => one.kind))].sort(), [agreed]);
  const shown = agreed.filter(
    (one) =>
      wordsBegin(nameIn(people, one.patient), sought) &&
      (kind === '' || one.kind === kind) &&
      (state === 'all' || stateOf(one) === state),
  );
  return (
    <>
      <div className="sift">
        <TextInput
          type="search"
          label={t('adm.patients.search')}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <NativeSelect
          label={t('adm.consent.what')}
          value={kind}
          onChange={({ currentTarget }) => setKind(currentTarget.value)}
          data={[{ value: '', label: t('adm.consent.all') }, ...kinds.map((value) => ({ value, label: words(value) }))]}
        />
        <NativeSelect
          label={t('adm.consent.state')}
          value={state}
          onChange={({ currentTarget }) => setState(currentTarget.value as typeof state)}
          data={STATES.map((value) => ({ value, label: t(`adm.consent.state.${value}`) }))}
        />
      </div>
      <p className="small" role="status">
        {counted('adm.consent.found', shown.length)}
      </p>
      {shown.length === 0 ? (
        <p className="none">{t('adm.consent.none')}</p>
      ) : (
        <div className="entries" role="region" aria-label={t('adm.entries')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('role.patient')}</th>
                <th scope="col">{t('adm.consent.what')}</th>
                <th scope="col">{t('adm.consent.state')}</th>
                <th scope="col">{t('adm.consent.since')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.slice(0, MOST).map((one) => (
                <tr key={`${one.patient} ${one.kind}`}>
                  <td>
                    {nameIn(people, one.patient)}
                    {people.get(one.patient)?.simulated && <span className="small"> · {t('chart.simulated')}</span>}
                  </td>
                  <td>{words(one.kind)}</td>
                  <td>
                    <Badge tone={one.agreed ? 'good' : 'careful'}>{t(`adm.consent.state.${stateOf(one)}`)}</Badge>
                  </td>
                  <td>
                    {one.since && moment(one.since)}
                    {one.before && (
                      <span className="small"> ({t('adm.consent.before', { when: moment(one.before) })})</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {shown.length > MOST && <p className="small">{t('adm.consent.most', { count: MOST })}</p>}
    </>
  );
}

/** Lists the consents of the patients: each with its kind, its date, and whether it was withdrawn. */
export function Consents() {
  const { t } = useLanguage();
  const query = useQuery({ queryKey: queryKeys.consents(), queryFn: loadConsents });
  return (
    <Section title={t('adm.tab.consents')}>
      <p className="note">{t('adm.consent.lead')}</p>
      <QueryBoundary query={query}>{(loaded) => <Table loaded={loaded} />}</QueryBoundary>
    </Section>
  );
}
