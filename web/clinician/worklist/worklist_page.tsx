// SPDX-License-Identifier: Apache-2.0
import './worklist.css';
import { Button, TextInput } from '@mantine/core';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Link } from '../../components/link.tsx';
import { Page } from '../../components/section.tsx';
import { useWhoWords } from '../../components/who.tsx';
import { useConversations } from '../../clinical/use_attention.ts';
import type { Conversation } from '../../fhir/unanswered.ts';
import { useLanguage } from '../../translations/language.tsx';
import { go } from '../../hooks/route.ts';
import { useAccount } from '../../data/session.ts';
import { addressOfChart } from '../../clinical/chart/address.ts';
import { decide } from '../../clinical/flags/decide.ts';
import { FlagDialog } from '../../clinical/flags/flag_dialog.tsx';
import { loadExercises, worklistLoader } from './load.ts';
import { titleIn, useReasonWords } from '../../clinical/flags/reason_words.ts';
import { Row } from './row.tsx';
import { FILTERS, matches, passes, rowsOf, type Filter, type Row as RowData } from '../../clinical/flags/worklist.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { polled } from '../../data/query_client.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';

const AGAIN_MS = 30_000;
const NONE: ReadonlyMap<string, Conversation> = new Map();

interface Done {
  patient: RowData;
  flags: readonly string[];
  what: 'close' | 'snooze';
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;

/** Handles keys outside dialogs: up and down move between rows, "/" to the search, "f" decides about the flags. */
function useKeys(open: (id: string) => void) {
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('[role="dialog"]')) return;
      const links = [...document.querySelectorAll<HTMLAnchorElement>('.worklist a[data-row]')];
      const row = document.activeElement?.closest('.work')?.querySelector<HTMLAnchorElement>('a[data-row]');
      const typing = isTyping(event.target);
      const goTo = (element: HTMLElement | null | undefined) => {
        event.preventDefault();
        element?.focus();
      };
      if (event.key === '/' && !typing) goTo(search.current);
      else if (event.key === 'f' && !typing && row?.dataset.row) {
        event.preventDefault();
        open(row.dataset.row);
      } else if (
        (event.key === 'ArrowDown' || event.key === 'ArrowUp') &&
        (!typing || event.target === search.current)
      ) {
        const at = row ? links.indexOf(row) : -1;
        goTo(event.key === 'ArrowDown' ? (links[at + 1] ?? row) : (links[at - 1] ?? search.current));
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [open]);
  return search;
}

function Undo({ done, onClear }: { done: Done | undefined; onClear: () => void }) {
  const { t, counted } = useLanguage();
  const { account } = useAccount();
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ patient: { id, simulated }, flags }: Done) =>
      decide(flags, { what: 'reopen' }, { patient: id, practitioner: account.person ?? '', simulated }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: queryKeys.worklist() });
      onClear();
    },
  });
  return (
    <div role="status">
      {done && (
        <div className="notice" data-tone="good">
          {t(`work.done.${done.what}`, {
            name: done.patient.name,
            flags: counted('work.flags', done.flags.length),
          })}{' '}
          <Button size="compact-sm" variant="default" loading={isPending} onClick={() => mutate(done)}>
            {t('chart.undo')}
          </Button>
          <FailureAlert failure={error} />
        </div>
      )}
    </div>
  );
}

function List({ rows, words }: { rows: readonly RowData[]; words: ReturnType<typeof useReasonWords> }) {
  const { t, counted } = useLanguage();
  const client = useQueryClient();
  const { date } = useWhoWords();
  const [typed, setTyped] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const [deciding, setDeciding] = useState<string>();
  const [done, setDone] = useState<Done>();
  const sought = useDeferredValue(typed);
  const meant = useCallback(
    (text: string) => rows.filter((row) => passes(row, filter) && matches(row, text, words, date(row))),
    [rows, filter, words, date],
  );
  const shown = useMemo(() => meant(sought), [meant, sought]);
  // By the typed text: the list may be a moment behind.
  const openOnly = ({ key }: { key: string }) => {
    const [only, ...others] = key === 'Enter' && typed.trim() !== '' ? meant(typed) : [];
    if (only && others.length === 0) go(addressOfChart(only.id));
  };
  const search = useKeys(setDeciding);
  const row = rows.find(({ id }) => id === deciding);
  return (
    <section className="card">
      <TextInput
        ref={search}
        type="search"
        label={t('work.search')}
        description={t('work.keys')}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onKeyDown={openOnly}
        autoComplete="off"
        spellCheck={false}
        mb="sm"
      />
      <div className="filters" role="group" aria-label={t('work.filters')}>
        {FILTERS.map((one) => {
          const count = rows.filter((each) => passes(each, one)).length;
          return (
            <Button
              key={one}
              size="compact-sm"
              variant="default"
              aria-pressed={filter === one}
              onClick={() => setFilter(one)}
            >
              {t(`work.filter.${one}`)} ({count})
            </Button>
          );
        })}
      </div>
      <Undo done={done} onClear={() => setDone(undefined)} />
      <p className="hidden" role="status">
        {counted('work.found', shown.length)}
      </p>
      {rows.length === 0 && <p className="none">{t('work.empty')}</p>}
      {rows.length > 0 && shown.length === 0 && <p className="none">{t('work.noOne')}</p>}
      <ul className="worklist">
        {shown.map((one) => (
          <Row key={one.id} row={one} words={words} onFlags={setDeciding} />
        ))}
      </ul>
      {row && (
        <FlagDialog
          key={row.id}
          row={row}
          words={words}
          onClose={() => setDeciding(undefined)}
          onDone={async (flags, what) => {
            setDeciding(undefined);
            setDone({ patient: row, flags, what });
            await client.invalidateQueries({ queryKey: queryKeys.worklist() });
          }}
        />
      )}
    </section>
  );
}

/** Lists the own patients by need, each with the reason in words and numbers. */
export function WorklistPage() {
  const { t } = useLanguage();
  const [load] = useState(worklistLoader);
  const { data, error, refetch } = useQuery({ queryKey: queryKeys.worklist(), queryFn: load, ...polled(AGAIN_MS) });
  const { data: exercises } = useQuery({ queryKey: queryKeys.exerciseTitles(), queryFn: loadExercises });
  const { language } = useLanguage();
  const words = useReasonWords((exercise) => titleIn(exercises?.get(exercise), language));
  // Those that the navigation counts, which asks for them anyway.
  const messages = useConversations();
  const conversations = messages.conversations ?? (messages.hasFailed ? NONE : undefined);
  const rows = useMemo(
    () => data && conversations && rowsOf(data.patients, data.flags, conversations, data.notes, data.at),
    [data, conversations],
  );
  const retry = () => Promise.all([refetch(), messages.refetch()]);
  return (
    <Page
      title={t('work.title')}
      lead={
        <>
          {t('work.lead')} <Link href="/new-patient">{t('newPatient.open')}</Link>
        </>
      }
    >
      <QueryBoundary query={{ data: rows, error: error ?? (rows ? messages.error : null), refetch: retry }} keepsData>
        {(all) => <List rows={all} words={words} />}
      </QueryBoundary>
      <p className="note">
        {t('work.reviewed')} <Link href="/rules">{t('work.rules')}</Link>
      </p>
    </Page>
  );
}
