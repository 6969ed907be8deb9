// SPDX-License-Identifier: Apache-2.0
import type { Practitioner } from 'fhir/r4';
import { Button } from '@mantine/core';
import { Alert } from '../../components/alert.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { isDraft, joinedWords, wordsOf, type Note, type Words } from './note.ts';
import { Content } from './paper.tsx';

interface Props {
  mine: Words;
  there: Note;
  people: readonly Practitioner[];
  /** `aside`: the own text is no longer in them. */
  resolve: (words: Words, aside: boolean) => void;
  onAddendum: (words: Words) => void;
}

/** Shows both texts after another user or window has written. Neither is overwritten before the author chooses. */
export function Conflict({ mine, there, people, resolve, onAddendum }: Props) {
  const { t, moment } = useLanguage();
  const theirs = wordsOf(there);
  const open = isDraft(there) && theirs !== undefined;
  return (
    <div className="note-conflict">
      <Alert tone="bad" role="alert">
        {t(open ? 'notes.conflict' : 'notes.conflict.closed', {
          when: there.meta?.lastUpdated ? moment(there.meta.lastUpdated) : '',
        })}
      </Alert>
      <div className="note-theirs" role="region" aria-label={t('notes.conflict.theirs')} tabIndex={0}>
        <Content note={there} people={people} />
      </div>
      <div className="actions">
        {open && theirs && (
          <>
            <Button size="sm" onClick={() => resolve(joinedWords(mine, theirs), false)}>
              {t('notes.conflict.both')}
            </Button>
            <Button size="sm" variant="default" onClick={() => resolve(mine, false)}>
              {t('notes.conflict.mine')}
            </Button>
            <Button size="sm" variant="default" onClick={() => resolve(theirs, true)}>
              {t('notes.conflict.other')}
            </Button>
          </>
        )}
        {!open && (
          <Button size="sm" onClick={() => onAddendum(mine)}>
            {t('notes.conflict.addendum')}
          </Button>
        )}
      </div>
    </div>
  );
}
