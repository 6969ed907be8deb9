// SPDX-License-Identifier: Apache-2.0
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { FailureAlert } from '../components/failure_alert.tsx';
import { Alert } from '../components/alert.tsx';
import { Badge } from '../components/badge.tsx';
import { Section } from '../components/section.tsx';
import { useLanguage } from '../translations/language.tsx';
import { go } from '../hooks/route.ts';
import { save } from '../components/save_file.ts';
import { addressOf } from './address.ts';
import {
  csvOf,
  KINDS,
  loadAll,
  loadEntries,
  lookedOf,
  MOST_COUNTED,
  NO_FILTER,
  OUTCOMES,
  queryOf,
  whoOf,
  type Entry,
  type Filter,
} from '../clinical/audit/events.ts';
import { useLookedWords } from '../clinical/audit/looked_words.ts';
import { PickPatient } from './pick_patient.tsx';
import { useTypeWords } from './type_words.ts';
import { useLearning, useNames } from './use_names.ts';
import { Verification } from './verification.tsx';
import { queryKeys } from '../data/query_keys.ts';
import { QueryBoundary } from '../components/query_boundary.tsx';

const PAGE = 50;
const MOST_EMPTY = 10;

/** Loads a page of entries; a page ends after 10,000 that were searched, matching or not. */
async function loadPage(query: string) {
  let page = await loadEntries(query);
  for (let i = 1; page.entries.length === 0 && page.next && i < MOST_EMPTY; ++i) page = await loadEntries(page.next);
  return page;
}

type Names = ReturnType<typeof useNames>;

function Filters({
  filter,
  change,
  names,
}: {
  filter: Filter;
  change: (values: Partial<Filter>) => void;
  names: Names;
}) {
  const { t } = useLanguage();
  const { practitioners = [], administrators = [] } = names.staff ?? {};
  return (
    <>
      <div className="sift">
        <NativeSelect
          label={t('adm.log.who')}
          value={filter.who}
          onChange={({ currentTarget }) => change({ who: currentTarget.value })}
          data={[
            { value: '', label: t('adm.log.anybody') },
            ...practitioners.map(({ id, name }) => ({ value: `Practitioner/${id}`, label: name })),
            ...administrators.map(({ id, name }) => ({ value: id, label: `${name} (${t('role.administrator')})` })),
            ...(filter.patient
              ? [
                  {
                    value: `Patient/${filter.patient}`,
                    label: t('adm.log.patient', { name: names.patient(filter.patient) }),
                  },
                ]
              : []),
          ]}
        />
        <NativeSelect
          label={t('adm.log.what')}
          value={filter.kind}
          onChange={({ currentTarget }) => change({ kind: currentTarget.value as Filter['kind'] })}
          data={KINDS.map((value) => ({ value, label: t(`adm.log.kind.${value}`) }))}
        />
        <NativeSelect
          label={t('adm.log.outcome')}
          value={filter.outcome}
          onChange={({ currentTarget }) => change({ outcome: currentTarget.value as Filter['outcome'] })}
          data={OUTCOMES.map((value) => ({ value, label: t(`adm.log.outcome.${value}`) }))}
        />
        <TextInput
          type="date"
          label={t('adm.log.from')}
          value={filter.from}
          onChange={({ currentTarget }) => change({ from: currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('adm.log.to')}
          value={filter.to}
          onChange={({ currentTarget }) => change({ to: currentTarget.value })}
        />
      </div>
      {filter.patient ? (
        <p>
          {t('adm.log.about', { name: names.patient(filter.patient) })}{' '}
          <Button variant="default" size="compact-sm" onClick={() => go(addressOf('log'))}>
            {t('adm.log.everybody')}
          </Button>
        </p>
      ) : (
        <PickPatient
          label={t('adm.log.search')}
          row={(person) => (
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => go(addressOf('log', person.id))}
              aria-label={t('adm.of', { what: t('adm.log.choose'), name: person.name })}
            >
              {t('adm.log.choose')}
            </Button>
          )}
        />
      )}
    </>
  );
}

/** Lists the users who viewed one patient's record. */
function WhoLooked({ patient, names }: { patient: string; names: Names }) {
  const { t, number } = useLanguage();
  const said = useLookedWords();
  const {
    data: all,
    error,
    isFetching,
    refetch,
  } = useQuery({
    queryKey: queryKeys.accesses(patient),
    queryFn: () => loadAll({ ...NO_FILTER, patient }, MOST_COUNTED),
  });
  const looked = useMemo(
    () => all && lookedOf(all.entries).filter(({ who }) => who !== `Patient/${patient}`),
    [all, patient],
  );
  return (
    <Section title={t('adm.looked', { name: names.patient(patient) })}>
      <FailureAlert
        failure={error}
        retry={() => {
          void refetch();
        }}
      />
      {isFetching && !looked && (
        <p className="small" role="status">
          {t('loading')}
        </p>
      )}
      {looked?.length === 0 && <p className="none">{t('looked.none')}</p>}
      <ul className="rows">
        {looked?.map((one) => (
          <li key={one.who} className="row">
            <span>
              <strong>{names.who(one.entry)}</strong>{' '}
              {one.emergency && <Badge tone="bad">{t('adm.log.emergencyAccess')}</Badge>}
            </span>
            <span className="small">{said(one)}</span>
          </li>
        ))}
      </ul>
      {all?.whole === false && <p className="small">{t('looked.newest', { count: number(MOST_COUNTED) })}</p>}
    </Section>
  );
}

function Badges({ entry: { outcome, emergency } }: { entry: Entry }) {
  const { t } = useLanguage();
  return (
    <>
      {emergency && <Badge tone="bad">{t('adm.log.emergencyAccess')}</Badge>}{' '}
      {outcome === 'refused' && <Badge tone="careful">{t('adm.log.outcome.refused')}</Badge>}
      {outcome === 'failed' && <Badge tone="bad">{t('adm.log.outcome.failed')}</Badge>}
    </>
  );
}

const NAMED = 3;

function useEntryWords(names: Names) {
  const { t } = useLanguage();
  const typeWords = useTypeWords();
  return {
    what: ({ act, type }: Entry) =>
      [t(`adm.act.${act}`), type ? typeWords(type) : ''].filter((part) => part !== '').join(': '),
    whom: ({ patients }: Entry) =>
      [
        ...patients.slice(0, NAMED).map(names.patient),
        ...(patients.length > NAMED ? [t('adm.log.more', { count: patients.length - NAMED })] : []),
      ].join(', '),
  };
}

function Table({ entries, names }: { entries: readonly Entry[]; names: Names }) {
  const { t, moment } = useLanguage();
  const words = useEntryWords(names);
  return (
    <div className="entries" role="region" aria-label={t('adm.entries')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('adm.log.when')}</th>
            <th scope="col">{t('adm.log.who')}</th>
            <th scope="col">{t('adm.log.what')}</th>
            <th scope="col">{t('adm.log.whom')}</th>
            <th scope="col">{t('adm.log.address')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td>
                <time dateTime={entry.at}>{moment(entry.at)}</time>
                <span className="small"> #{entry.id}</span>
              </td>
              <td>{names.who(entry)}</td>
              <td>
                {words.what(entry)} <Badges entry={entry} />
                {entry.reason && <p className="quote">{entry.reason}</p>}
              </td>
              <td>{words.whom(entry)}</td>
              <td className="small">{entry.address}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Shows the audit log and its verification. */
export function Log({ patient }: { patient: string | undefined }) {
  const { t, counted } = useLanguage();
  const [filter, setFilter] = useState<Filter>({ ...NO_FILTER, patient });
  const first = queryOf(filter, PAGE);
  const query = useInfiniteQuery({
    queryKey: queryKeys.auditEntries(first),
    queryFn: ({ pageParam }) => loadPage(pageParam),
    initialPageParam: first,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = query;
  const entries = useMemo(() => data?.pages.flatMap((page) => page.entries), [data]);
  const names = useNames();
  useLearning(names.learn, entries);
  const download = useMutation({
    mutationFn: () => loadAll(filter),
    onSuccess: ({ entries }) => {
      const head = [
        'number',
        'time',
        'who',
        'account',
        'act',
        'type',
        'patients',
        'outcome',
        'emergency access',
        'reason',
        'address',
      ];
      save(
        'audit-log.csv',
        'text/csv',
        csvOf([
          head,
          ...entries.map((one) => [
            one.id,
            one.at,
            whoOf(one),
            one.account ?? '',
            one.act,
            one.type ?? '',
            one.patients.join(' '),
            one.outcome,
            one.emergency ? 'yes' : '',
            one.reason ?? '',
            one.address ?? '',
          ]),
        ]),
      );
    },
  });
  return (
    <>
      <Verification />
      {patient && <WhoLooked patient={patient} names={names} />}
      <Section
        title={t('adm.tab.log')}
        action={
          <Button variant="default" loading={download.isPending} onClick={() => download.mutate()}>
            {t('adm.log.csv')}
          </Button>
        }
      >
        <Filters filter={filter} change={(values) => setFilter((before) => ({ ...before, ...values }))} names={names} />
        <FailureAlert failure={download.error} />
        {download.data?.whole === false && (
          <Alert tone="careful" role="status">
            {t('adm.log.notWhole')}
          </Alert>
        )}
        <QueryBoundary query={{ data: entries, error, refetch }}>
          {(found) => (
            <>
              <p className="hidden" role="status">
                {counted('adm.log.found', found.length)}
              </p>
              {found.length === 0 ? (
                <p className="none">{t(hasNextPage ? 'adm.log.furtherOn' : 'adm.log.none')}</p>
              ) : (
                <Table entries={found} names={names} />
              )}
              {hasNextPage && (
                <Button
                  variant="default"
                  mt="md"
                  loading={isFetching}
                  onClick={() => {
                    void fetchNextPage();
                  }}
                >
                  {t('adm.log.older')}
                </Button>
              )}
            </>
          )}
        </QueryBoundary>
      </Section>
    </>
  );
}
