// SPDX-License-Identifier: Apache-2.0
import '../worklist/worklist.css';
import './inbox.css';
import { TextInput } from '@mantine/core';
import { memo, useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Badge } from '../../components/badge.tsx';
import { Page } from '../../components/section.tsx';
import { useWhoWords, WhoIs } from '../../components/who.tsx';
import { useConversations } from '../../clinical/use_attention.ts';
import { isMeant } from '../../fhir/people.ts';
import { useLanguage } from '../../translations/language.tsx';
import { Link } from '../../components/link.tsx';
import { go } from '../../hooks/route.ts';
import { addressOfChart } from '../../clinical/chart/address.ts';
import { rowsOf, type Row as RowData } from './inbox.ts';
import { loadPatients, loadWords } from './load.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { queryKeys } from '../../data/query_keys.ts';

/** The number of rows that show the beginning of the last message. */
const WITH_WORDS = 30;

const Row = memo(function Row({ row, words }: { row: RowData; words: string | undefined }) {
  const { t, counted, moment } = useLanguage();
  const { patient, who, waiting, waitingSince, erasure, newest, settled } = row;
  const when = newest.sent ?? newest.arrived;
  return (
    <li className="work" data-urgency={waiting > 0 ? 'soon' : 'none'}>
      <div className="who">
        <WhoIs who={who}>
          <Link href={addressOfChart(patient, 'messages')}>{who.name}</Link>
        </WhoIs>
      </div>
      <div className="begin">
        <p className="small">
          {newest.own ? who.name : t('inbox.by.clinic')}
          {when && (
            <>
              {' '}
              · <time dateTime={when}>{moment(when)}</time>
            </>
          )}
        </p>
        {words && <p className="words">{words}</p>}
      </div>
      <div className="waits">
        {erasure && <Badge tone="bad">{t('work.erasure')}</Badge>}
        {waiting > 0 && <Badge tone="careful">{counted('inbox.messages', waiting)}</Badge>}
        {waitingSince !== undefined && (
          <span className="small">{t('inbox.since', { when: moment(new Date(waitingSince).toISOString()) })}</span>
        )}
        {waiting === 0 && <span className="small">{t(settled ? 'inbox.settled' : 'inbox.answered')}</span>}
      </div>
    </li>
  );
});

/** The beginnings of those messages; asked for once. What cannot be had is left out: the chart has it. */
function useWordsOf(ids: readonly string[]): ReadonlyMap<string, string> {
  const [words, setWords] = useState<ReadonlyMap<string, string>>(new Map());
  const wanted = ids.filter((id) => !words.has(id)).join(',');
  useEffect(() => {
    if (wanted !== '')
      loadWords(wanted.split(',')).then(
        (more) => setWords((before) => new Map([...before, ...more])),
        () => {},
      );
  }, [wanted]);
  return words;
}

function List({ rows }: { rows: readonly RowData[] }) {
  const { t, counted } = useLanguage();
  const [typed, setTyped] = useState('');
  const sought = useDeferredValue(typed);
  const { date } = useWhoWords();
  const meant = useCallback((text: string) => rows.filter(({ who }) => isMeant(who, text, date(who))), [rows, date]);
  const shown = useMemo(() => meant(sought), [meant, sought]);
  const openOnly = ({ key }: { key: string }) => {
    const [only, ...others] = key === 'Enter' && typed.trim() !== '' ? meant(typed) : [];
    if (only && others.length === 0) go(addressOfChart(only.patient, 'messages'));
  };
  const words = useWordsOf(shown.slice(0, WITH_WORDS).map(({ newest }) => newest.id));
  return (
    <section className="card">
      <TextInput
        type="search"
        label={t('inbox.search')}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onKeyDown={openOnly}
        autoComplete="off"
        spellCheck={false}
        mb="sm"
      />
      <p className="hidden" role="status">
        {counted('inbox.found', shown.length)}
      </p>
      {rows.length === 0 && <p className="none">{t('inbox.empty')}</p>}
      {rows.length > 0 && shown.length === 0 && <p className="none">{t('work.noOne')}</p>}
      <ul className="worklist">
        {shown.map((row) => (
          <Row key={row.patient} row={row} words={words.get(row.newest.id)} />
        ))}
      </ul>
    </section>
  );
}

/** Lists the conversations of own patients, waiting ones first. New messages come with the navigation's count. */
export function InboxPage() {
  const { t } = useLanguage();
  const query = useQuery({ queryKey: queryKeys.inboxPatients(), queryFn: loadPatients });
  const { conversations, error, reload } = useConversations({ whole: true });
  const rows = useMemo(
    () => query.data && conversations && rowsOf(conversations, query.data),
    [query.data, conversations],
  );
  const refetch = () => Promise.all([query.refetch(), reload()]);
  return (
    <Page title={t('inbox.title')} lead={t('inbox.page.lead')}>
      <QueryBoundary query={{ data: rows, error: query.error ?? error, refetch }} keepsData>
        {(all) => <List rows={all} />}
      </QueryBoundary>
    </Page>
  );
}
