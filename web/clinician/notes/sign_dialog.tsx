import type { Practitioner } from 'fhir/r4';
import { Button } from '@mantine/core';
import { useAct } from '../../hooks/act.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Alert } from '../../components/alert.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { whoIs } from './load.ts';
import { appendsTo, partsOf, withWords, type Note, type Words } from './note.ts';
import { Content } from './paper.tsx';

interface Props {
  note: Note;
  words: Words;
  people: readonly Practitioner[];
  own: { person: string; name: string };
  onClose: () => void;
  onSign: () => Promise<void>;
}

/** The whole once more, before it can be changed no longer. */
export function SignDialog({ note, words, people, own, onClose, onSign }: Props) {
  const { t } = useLanguage();
  const { busy, failure, wait, act } = useAct();
  const missing = partsOf(appendsTo(note)).filter((part) => (words.parts[part] ?? '').trim() === '');
  const isAuthor = note.author?.some(({ reference }) => reference === `Practitioner/${own.person}`) ?? false;
  return (
    <Dialog title={t('notes.sign.title')} onClose={onClose}>
      <Content note={withWords(note, words)} people={people} addendum={appendsTo(note) !== undefined} />
      {missing.length > 0 && (
        <Alert tone="careful">
          {t('notes.sign.missing', { parts: missing.map((part) => t(`notes.part.${part}`)).join(', ') })}
        </Alert>
      )}
      {!isAuthor && (
        <Alert tone="careful">
          {t('notes.sign.other', { name: whoIs(people, note.author?.[0]) ?? t('inbox.by.clinic') })}
        </Alert>
      )}
      <p>{t('notes.sign.what', { name: own.name })}</p>
      <FailureAlert failure={failure} wait={wait} />
      <div className="actions">
        <Button
          loading={busy}
          disabled={wait > 0}
          onClick={() => {
            void act(onSign).then((done) => {
              if (done) onClose();
            });
          }}
        >
          {t('notes.sign.now')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
