// SPDX-License-Identifier: Apache-2.0
import type { Practitioner } from 'fhir/r4';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRetryWait } from '../../hooks/use_retry_wait.ts';
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

/** Shows the whole note once more: a signed note can no longer be changed. */
export function SignDialog({ note, words, people, own, onClose, onSign }: Props) {
  const { t } = useLanguage();
  const { mutate, isPending, error } = useMutation({ mutationFn: onSign, onSuccess: onClose });
  const isWaiting = useRetryWait(error) > 0;
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
      <FailureAlert failure={error} />
      <div className="actions">
        <Button loading={isPending} disabled={isWaiting} onClick={() => mutate()}>
          {t('notes.sign.now')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
