// SPDX-License-Identifier: Apache-2.0
import { useRef } from 'react';
import { Printing } from '../../components/printing.tsx';
import { remove } from '../../data/write.ts';
import { useLanguage } from '../../translations/language.tsx';
import { Failure } from '../../data/api.ts';
import { useWho } from '../../clinical/chart/header.tsx';
import type { History } from '../../clinical/chart/load.ts';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import type { Words as ChartWords } from '../../clinical/chart/words.ts';
import { Editor } from './editor.tsx';
import type { Kept } from './kept_drafts.ts';
import type { Loaded } from './load.ts';
import { isDraft, lastSigned, wordsOf, type Note, type Words } from './note.ts';
import { Paper, useTitle } from './paper.tsx';
import { useNote, type Begun } from './use_note.ts';

/** Returns the draft to continue: the one kept on this device, else the record's; undefined if there is neither. */
function begunOf(id: string, { notes, kept }: Loaded): Begun | undefined {
  const here = kept.find(({ note }) => note.id === id);
  if (here) return { note: here.note, version: here.version, words: here.words, open: true };
  const note = notes.find((one) => one.id === id);
  const words = note && isDraft(note) ? wordsOf(note) : undefined;
  return note && words && { note, version: note.meta?.versionId, words, open: false };
}

interface Props {
  id: string;
  loaded: Loaded;
  chart: Chart;
  history: History;
  chartWords: ChartWords;
  who: { account: string; patient: string; person: string; name: string };
  onSigned: (note: Note) => void;
  onDiscarded: (kept: Kept) => Promise<void>;
  onAddendum: (mine: Words) => Promise<void>;
}

function Open({
  begun,
  loaded,
  chart,
  history,
  chartWords,
  who,
  onSigned,
  onDiscarded,
  onAddendum,
}: Omit<Props, 'id'> & { begun: Begun }) {
  const desk = useNote(who, begun, onSigned);
  const discard = async () => {
    let kept: Kept | undefined;
    await desk.leave(async (note, version) => {
      kept = { note, version, words: desk.words, at: '' };
      if (version === undefined) return;
      await remove({ ...note, meta: { ...note.meta, versionId: version } }).catch((error: unknown) => {
        // Another window was quicker.
        if (!(error instanceof Failure) || error.code !== 'not-found') throw error;
      });
    });
    if (kept) await onDiscarded(kept);
  };
  return (
    <Editor
      chart={chart}
      history={history}
      chartWords={chartWords}
      begun={begun}
      desk={desk}
      people={loaded.people}
      own={who}
      since={lastSigned(loaded.notes)}
      onDiscard={discard}
      onAddendum={(mine) => {
        void desk.leave(() => onAddendum(mine));
      }}
    />
  );
}

/** A draft of another program, which the editor could not give back as it was. */
function Foreign({ note, loaded, chart }: { note: Note; loaded: Loaded; chart: Chart }) {
  const { t } = useLanguage();
  const titleOf = useTitle();
  const paper = useRef<HTMLElement>(null);
  const who = useWho(chart.standing);
  return (
    <>
      <div className="card unprinted">
        <p>{t('notes.foreign')}</p>
        <Printing paper={paper} file={t('notes.file')} title={`${titleOf(note)}: ${who.name}`} owner={who.line} />
      </div>
      <Paper note={note} addenda={[]} people={loaded.people} who={who} paper={paper} />
    </>
  );
}

/** A draft while it is written. What it began with stays, whatever is loaded meanwhile. */
export function Draft({ id, ...others }: Props) {
  const first = useRef(begunOf(id, others.loaded));
  const note = others.loaded.notes.find((one) => one.id === id);
  if (first.current) return <Open begun={first.current} {...others} />;
  return note ? <Foreign note={note} loaded={others.loaded} chart={others.chart} /> : null;
}
