// SPDX-License-Identifier: Apache-2.0
import './notes.css';
import { Button } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { Link } from '../../components/link.tsx';
import { Section } from '../../components/section.tsx';
import { localTime } from '../../fhir/local_time.ts';
import { nameOf } from '../../fhir/people.ts';
import { createThere } from '../../data/write.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { addressOf, goTo, type Place } from '../../clinical/chart/address.ts';
import { useWho } from '../../clinical/chart/header.tsx';
import type { History } from '../../clinical/chart/load.ts';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import type { Words as ChartWords } from '../../clinical/chart/words.ts';
import { Draft } from './draft_page.tsx';
import { drop, keep, type Kept } from './kept_drafts.ts';
import { loadNotes, type Loaded } from './load.ts';
import {
  appendsTo,
  excerptOf,
  isDraft,
  isEmpty,
  kindOf,
  newNote,
  threadsOf,
  withWords,
  type Note,
  type Words,
} from './note.ts';
import { By, State, useTitle } from './paper.tsx';
import { Signed } from './signed.tsx';
import { queryKeys } from '../../data/query_keys.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';

const NOTHING: Words = { title: '', parts: {}, evidence: [] };

/** Returns the notes that exist on this device alone, in the form of the record. */
function onlyHere({ notes, kept }: Loaded): Note[] {
  const there = new Set(notes.map(({ id }) => id));
  return kept
    .filter((one) => one.version === undefined && !there.has(one.note.id) && !isEmpty(one.words))
    .map(({ note, words }) => withWords(note, words));
}

function List({ loaded, place, onNew }: { loaded: Loaded; place: Place; onNew: () => void }) {
  const { t } = useLanguage();
  const titleOf = useTitle();
  const here = onlyHere(loaded);
  const threads = threadsOf([...loaded.notes, ...here]);
  const open = new Set(loaded.kept.filter(({ words }) => !isEmpty(words)).map(({ note }) => note.id));
  const row = (note: Note) => {
    const to = { ...place, note: note.id };
    const [title, kind, excerpt] = [titleOf(note), kindOf(note), excerptOf(note)];
    return (
      <div className="note-row">
        <p>
          <Link href={addressOf(to)}>{title}</Link>
          {kind !== undefined && kind !== title && appendsTo(note) === undefined && (
            <span className="small"> {kind} ·</span>
          )}{' '}
          <span className="small">
            <By note={note} people={loaded.people} />
          </span>
        </p>
        {excerpt && <p className="small excerpt">{excerpt}</p>}
        <span>
          <State note={note} />
          {open.has(note.id) && (
            <>
              {' '}
              <Badge tone="careful">{t('notes.onDevice')}</Badge>
            </>
          )}
        </span>
      </div>
    );
  };
  return (
    <Section
      title={t('notes.list')}
      action={
        <Button size="xs" onClick={onNew}>
          {t('notes.new')}
        </Button>
      }
    >
      {threads.length === 0 && <p className="none">{t('notes.none')}</p>}
      <ul className="rows note-list">
        {threads.map(({ note, addenda }) => (
          <li key={note.id}>
            {row(note)}
            {addenda.length > 0 && (
              <ul className="plain note-addenda">
                {addenda.map((one) => (
                  <li key={one.id}>{row(one)}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface Offer {
  words: string;
  undo: () => Promise<void>;
}

interface Props {
  chart: Chart;
  history: History;
  place: Place;
  words: ChartWords;
  refuse: (error: Error) => void;
}

/** Notes about a patient: docs/clinician/notes.md. */
export function Notes({ chart, history, place, words, refuse }: Props) {
  const { t } = useLanguage();
  const {
    account: { id: account, person = '', name: login },
  } = useAccount();
  const who = useWho(chart.standing);
  const patient = place.id;
  const shown = place.note;
  const query = useQuery({
    queryKey: queryKeys.notes(account, patient, shown ?? ''),
    queryFn: () => loadNotes(account, patient),
    placeholderData: keepPreviousData,
  });
  const { data, error, isPlaceholderData, refetch } = query;
  const [offer, setOffer] = useState<Offer>();
  const [begun, setBegun] = useState<Kept>();
  const undoing = useMutation({
    mutationFn: ({ undo }: Offer) => undo(),
    onSuccess: async () => {
      setOffer(undefined);
      await refetch();
    },
  });
  useEffect(() => {
    if (error) refuse(error);
  }, [error, refuse]);
  // After the user leaves a note, the record and the device have its newer state.
  useEffect(() => setBegun((one) => (one?.note.id === shown ? one : undefined)), [shown]);
  const own = {
    person,
    name: chart.standing.people.flatMap((one) => (one.id === person ? (nameOf(one) ?? []) : []))[0] ?? login,
  };

  const open = useCallback((note: string | undefined) => goTo({ ...place, note }), [place]);
  const begin = async (first: Words, appends?: string) => {
    const note = newNote({
      id: crypto.randomUUID(),
      patient,
      author: person,
      authorName: own.name,
      date: localTime(new Date()),
      simulated: who.simulated,
      appends,
    });
    // Begun notes are kept here, so that a reload leads back to them; one without words is in no list.
    const kept = { note, version: undefined, words: first, at: new Date().toISOString() };
    await keep(account, patient, kept);
    setBegun(kept);
    open(note.id);
  };
  const signed = useCallback(() => {
    void refetch();
  }, [refetch]);
  const discarded = async (kept: Kept) => {
    setOffer(
      isEmpty(kept.words)
        ? undefined
        : {
            words: t('notes.discarded'),
            undo: async () => {
              await createThere(withWords(kept.note, kept.words));
              await drop(account, patient, kept.note.id);
            },
          },
    );
    open(undefined);
    await refetch();
  };
  // A note is opened as the record has it now; one that is begun here needs no record for that.
  const isBegun = begun?.note.id === shown && !data?.notes.some(({ id }) => id === shown);
  const ready =
    data && (!isPlaceholderData || isBegun)
      ? {
          ...data,
          kept:
            isBegun && begun && !data.kept.some(({ note }) => note.id === shown) ? [...data.kept, begun] : data.kept,
        }
      : undefined;
  return (
    <>
      {ready && (
        <FailureAlert
          failure={error}
          retry={() => {
            void refetch();
          }}
        />
      )}
      <div role="status">
        {offer && !shown && (
          <div className="notice undo" data-tone="good">
            <span>{offer.words}</span>
            <Button
              size="compact-sm"
              variant="default"
              loading={undoing.isPending}
              onClick={() => undoing.mutate(offer)}
            >
              {t('chart.undo')}
            </Button>
            <FailureAlert failure={undoing.error} />
          </div>
        )}
      </div>
      {shown && (
        <p className="unprinted">
          <Button size="compact-sm" variant="subtle" onClick={() => open(undefined)}>
            ← {t('notes.all')}
          </Button>
        </p>
      )}
      <QueryBoundary query={{ data: ready, error: ready ? null : error, refetch }}>
        {(loaded) => {
          const note = loaded.notes.find(({ id }) => id === shown);
          const draft = loaded.kept.some((one) => one.note.id === shown) || (note && isDraft(note));
          if (!shown)
            return (
              <List
                loaded={loaded}
                place={place}
                onNew={() => {
                  void begin({ ...NOTHING, title: t('notes.title.first') });
                }}
              />
            );
          if (draft)
            return (
              <Draft
                key={shown}
                id={shown}
                loaded={loaded}
                chart={chart}
                history={history}
                chartWords={words}
                who={{ account, patient, ...own }}
                onSigned={signed}
                onDiscarded={discarded}
                onAddendum={async (mine) => {
                  const text = Object.values(mine.parts)
                    .filter((one) => one.trim() !== '')
                    .join('\n\n');
                  await begin({ title: '', parts: { addendum: text }, evidence: mine.evidence }, shown);
                }}
              />
            );
          if (!note)
            return (
              <Section title={t('notes.list')}>
                <p className="none">{t('notes.unknown')}</p>
              </Section>
            );
          return (
            <Signed
              note={note}
              loaded={loaded}
              who={who}
              person={person}
              reload={refetch}
              onAddendum={() => begin({ ...NOTHING }, note.id)}
              open={open}
            />
          );
        }}
      </QueryBoundary>
    </>
  );
}
