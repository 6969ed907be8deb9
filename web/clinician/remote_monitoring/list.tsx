// SPDX-License-Identifier: Apache-2.0
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Badge } from '../../components/badge.tsx';
import { useWhoWords, WhoIs } from '../../components/who.tsx';
import { Page, Section } from '../../components/section.tsx';
import { failureOf, type Failure } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';
import { Link } from '../../components/link.tsx';
import { go } from '../../hooks/route.ts';
import { addressOf } from './address.ts';
import { useAccount } from '../../data/session.ts';
import { save } from '../../components/save_file.ts';
import { isMeant, type Who } from '../../fhir/people.ts';
import { loadMonitoring, loadPatients, type Loaded } from './load.ts';
import { Standing } from './standing.tsx';
import { TONE, useMonitoringWords } from './words.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { queryKeys } from '../../data/query_keys.ts';

const AT_ONCE = 3;

type Row = Loaded | Failure;
const isLoaded = (row: Row | undefined): row is Loaded => row !== undefined && 'counted' in row;

/** Counts one patient after the other: each is shown as soon as it is known. */
function useRows(patients: readonly Who[], practitioner: string | undefined) {
  const [rows, setRows] = useState<ReadonlyMap<string, Row>>(new Map());
  useEffect(() => {
    let wanted = true;
    const left = patients.map(({ id }) => id);
    const work = async () => {
      for (let id = left.shift(); id !== undefined && wanted; id = left.shift()) {
        const row = await loadMonitoring(id, practitioner).catch(failureOf);
        if (wanted) setRows((now) => new Map(now).set(id, row));
      }
    };
    for (let i = 0; i < AT_ONCE; ++i) void work();
    return () => {
      wanted = false;
    };
  }, [patients, practitioner]);
  return rows;
}

function Progress({ row }: { row: Row | undefined }) {
  const { t, counted } = useLanguage();
  const words = useMonitoringWords();
  if (row === undefined) return <span className="small">{t('loading')}</span>;
  if (!isLoaded(row)) return <span className="small">{t('rtm.unknown')}</span>;
  const { windows, months, missing } = row.counted;
  const [window] = windows.slice(-1);
  const [month] = months.slice(-1);
  return (
    <>
      <span className="small">
        {' '}
        {counted('rtm.days', window?.dataDays ?? 0)} · {counted('rtm.minutes', month?.minutes ?? 0)} ·{' '}
        {counted('rtm.talks', month?.interactions ?? 0)}
      </span>
      {missing.slice(0, 2).map((one) => (
        <span className="small" key={`${one.row} ${one.need}`}>
          {' '}
          {words.missing(one)}
        </span>
      ))}
    </>
  );
}

function States({ row }: { row: Row | undefined }) {
  const { t } = useLanguage();
  if (!isLoaded(row)) return null;
  const states = (['ready', 'waiting', 'blocked'] as const).map(
    (state) => [state, row.counted.lines.filter((line) => line.state === state).length] as const,
  );
  return (
    <>
      {states.map(
        ([state, count]) =>
          count > 0 && (
            <Badge key={state} tone={TONE[state]}>
              {t(`rtm.count.${state}`, { count })}
            </Badge>
          ),
      )}
    </>
  );
}

function Patients({ patients }: { patients: readonly Who[] }) {
  const { t } = useLanguage();
  const { date } = useWhoWords();
  const {
    account: { person },
  } = useAccount();
  const rows = useRows(patients, person);
  const [search, setSearch] = useState('');
  const shown = patients.filter((one) => isMeant(one, search, date(one)));
  const loaded = [...rows.values()].filter(isLoaded);
  return (
    <section className="card">
      <div className="tools">
        <TextInput
          type="search"
          label={t('rtm.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <Button
          variant="default"
          disabled={loaded.length < patients.length}
          onClick={() =>
            save(
              'remote-monitoring.csv',
              'text/csv',
              (loaded[0]?.counted.csvHeader ?? '') + loaded.map(({ counted }) => counted.csv).join(''),
            )
          }
        >
          {t('rtm.csvAll')}
        </Button>
      </div>
      {shown.length === 0 && <p className="none">{t('rtm.noOne')}</p>}
      <ul className="rows monitored">
        {shown.map((patient) => {
          const row = rows.get(patient.id);
          return (
            <li key={patient.id}>
              <Link className="row person" href={addressOf(patient.id)}>
                <span>
                  <WhoIs who={patient} />
                  <Progress row={row} />
                </span>
                <span className="end">
                  <States row={row} />
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Begin({ others }: { others: readonly Who[] }) {
  const { t } = useLanguage();
  const { line } = useWhoWords();
  const [chosen, setChosen] = useState('');
  return (
    <Section title={t('rtm.begin.title')}>
      <div className="tools">
        <NativeSelect
          label={t('rtm.begin.whom')}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={[{ value: '', label: '' }, ...others.map((one) => ({ value: one.id, label: line(one) }))]}
        />
        <Button disabled={chosen === ''} onClick={() => go(addressOf(chosen))}>
          {t('rtm.begin.open')}
        </Button>
      </div>
    </Section>
  );
}

/** Whose monitoring goes on, and how far each has come. */
export function MonitoringList() {
  const { t } = useLanguage();
  const query = useQuery({ queryKey: queryKeys.monitoredPatients(), queryFn: () => loadPatients() });
  return (
    <Page title={t('rtm.title')} lead={t('rtm.lead')}>
      <Standing />
      <QueryBoundary query={query}>
        {({ patients, others }) => (
          <>
            <Patients patients={patients} />
            {others.length > 0 && <Begin others={others} />}
          </>
        )}
      </QueryBoundary>
    </Page>
  );
}
