// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { Confirm } from '../../components/dialog.tsx';
import { Printing } from '../../components/printing.tsx';
import { dayOf } from '../../fhir/results.ts';
import { change } from '../../data/write.ts';
import type { useWho } from '../../clinical/chart/header.tsx';
import { useLanguage } from '../../translations/language.tsx';
import type { Loaded } from './load.ts';
import { appendsTo, isDraft, isSigned, threadsOf, type Note } from './note.ts';
import { Paper, useTitle } from './paper.tsx';

interface Props {
  note: Note;
  loaded: Loaded;
  who: ReturnType<typeof useWho>;
  person: string;
  reload: () => Promise<unknown>;
  onAddendum: () => Promise<void>;
  open: (note: string | undefined) => void;
}

/** Shows a signed note, which can be printed, get an addendum, or be marked as wrong as a whole. */
export function Signed({ note, loaded, who, person, reload, onAddendum, open }: Props) {
  const { t } = useLanguage();
  const titleOf = useTitle();
  const paper = useRef<HTMLElement>(null);
  const [asking, setAsking] = useState(false);
  const addenda = threadsOf(loaded.notes).find((thread) => thread.note.id === note.id)?.addenda ?? [];
  const self = `Practitioner/${person}`;
  const mine = [...(note.author ?? []), ...(note.attester ?? []).map(({ party }) => party)].some(
    (one) => one?.reference === self,
  );
  const to = appendsTo(note);
  return (
    <>
      <div className="card unprinted">
        <p className="note">{t('notes.locked')}</p>
        <Printing
          paper={paper}
          file={`${t('notes.file')}-${dayOf(new Date(note.date ?? Date.now()))}`}
          title={`${titleOf(note)}: ${who.name}`}
          owner={who.line}
          beside={
            <>
              {isSigned(note) && to === undefined && (
                <Button
                  variant="default"
                  onClick={() => {
                    void onAddendum();
                  }}
                >
                  {t('notes.addendum.add')}
                </Button>
              )}
              {to !== undefined && (
                <Button variant="default" onClick={() => open(to)}>
                  {t('notes.addendum.to')}
                </Button>
              )}
              {isSigned(note) && mine && (
                <Button variant="default" onClick={() => setAsking(true)}>
                  {t('notes.wrong.say')}…
                </Button>
              )}
            </>
          }
        />
      </div>
      <Paper
        note={note}
        addenda={addenda.filter((one) => !isDraft(one))}
        people={loaded.people}
        who={who}
        paper={paper}
      />
      {asking && (
        <Confirm
          title={t('notes.wrong.ask')}
          text={t('notes.wrong.text')}
          action={t('notes.wrong.say')}
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await change({ ...note, status: 'entered-in-error' } as Note);
            await reload();
          }}
        />
      )}
    </>
  );
}
