// SPDX-License-Identifier: Apache-2.0
import type { Practitioner } from 'fhir/r4';
import type { Ref } from 'react';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { isSimulated } from '../../fhir/people.ts';
import { whoIs } from './load.ts';
import { appendsTo, isDraft, isSigned, isWrong, sectionsOf, type Note } from './note.ts';

/** Returns the title of a note. An addendum has a fixed one: its title in the record may be that of any note. */
export function useTitle() {
  const { t } = useLanguage();
  return (note: Note) => (appendsTo(note) === undefined ? (note.title ?? t('notes.untitled')) : t('notes.addendum'));
}

/** Shows the state of a note: draft, signed or wrong. */
export function State({ note }: { note: Note }) {
  const { t } = useLanguage();
  if (isDraft(note)) return <Badge tone="careful">{t('notes.draft')}</Badge>;
  if (isWrong(note)) return <Badge tone="bad">{t('notes.wrong')}</Badge>;
  return isSigned(note) ? (
    <Badge tone="good">{t('notes.signed')}</Badge>
  ) : (
    <Badge tone="plain">{note.status ?? ''}</Badge>
  );
}

/** Shows the authors of a note, its signers and the times. */
export function By({ note, people }: { note: Note; people: readonly Practitioner[] }) {
  const { t, moment } = useLanguage();
  const author =
    (note.author ?? [])
      .map((one) => whoIs(people, one))
      .filter(Boolean)
      .join(', ') || t('inbox.by.clinic');
  const signed = (note.attester ?? []).filter(({ mode }) => mode === 'legal');
  return (
    <>
      <span>{t('notes.by', { name: author, when: note.date ? moment(note.date) : '' })}</span>
      {signed.map(({ party, time }) => (
        <span key={`${party?.reference ?? ''} ${time ?? ''}`}>
          {' '}
          ·{' '}
          {t('notes.signedBy', { name: whoIs(people, party) ?? t('inbox.by.clinic'), when: time ? moment(time) : '' })}
        </span>
      ))}
    </>
  );
}

/** Shows the text of a note as it is printed. */
export function Content({
  note,
  people,
  addendum = false,
}: {
  note: Note;
  people: readonly Practitioner[];
  addendum?: boolean;
}) {
  const { t, counted } = useLanguage();
  const titleOf = useTitle();
  const Title = addendum ? 'h3' : 'h2';
  return (
    <section className="note-content" data-wrong={isWrong(note) || undefined}>
      <Title>{titleOf(note)}</Title>
      <p className="small">
        <By note={note} people={people} /> <State note={note} />
      </p>
      {sectionsOf(note).map(({ part, title, text, evidence }, i) => (
        <div key={i}>
          {part !== 'addendum' && <h3>{part ? t(`notes.part.${part}`) : title}</h3>}
          <p className="said">{text}</p>
          {evidence.length > 0 && <p className="small">{counted('notes.evidence', evidence.length)}</p>}
        </div>
      ))}
    </section>
  );
}

interface Props {
  note: Note;
  addenda: readonly Note[];
  people: readonly Practitioner[];
  who: { name: string; said: string; simulated: boolean };
  paper?: Ref<HTMLElement>;
}

/** Shows a note with its addenda as it is printed. */
export function Paper({ note, addenda, people, who, paper }: Props) {
  const { t } = useLanguage();
  return (
    <article className="card report note-paper" ref={paper}>
      <p>
        <strong>{who.name}</strong>, {who.said}{' '}
        {(who.simulated || isSimulated(note)) && <Badge tone="careful">{t('chart.simulated')}</Badge>}
      </p>
      {isDraft(note) && <Alert tone="careful">{t('notes.unsigned')}</Alert>}
      {isWrong(note) && <Alert tone="bad">{t('notes.wrong.what')}</Alert>}
      <Content note={note} people={people} />
      {addenda.map((one) => (
        <Content key={one.id} note={one} people={people} addendum />
      ))}
    </article>
  );
}
