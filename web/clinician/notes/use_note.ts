// SPDX-License-Identifier: Apache-2.0
// Saves a note while it is written: on the device at each keystroke, in the record seconds later.
import { useCallback, useEffect, useRef, useState } from 'react';
import { localTime } from '../../fhir/local_time.ts';
import { failureOf, type Failure, type FailureCode } from '../../data/api.ts';
import { drop, keep } from './kept_drafts.ts';
import { isEmpty, same, signedNote, withWords, wordsOf, type Note, type Words } from './note.ts';
import { store } from './store.ts';

/** The delay after the last keystroke, and at most after the first. Each save is a version in the record. */
const SAVED_AFTER_MS = 2000;
const AT_MOST_MS = 20_000;
const AGAIN_AFTER_MS = 20_000;
const AGAIN: readonly FailureCode[] = ['unreachable', 'busy', 'wait'];

export interface Begun {
  note: Note;
  version: string | undefined;
  words: Words;
  /** The record does not have this text yet. */
  open: boolean;
}
export type Standing = 'saved' | 'waiting' | 'saving' | 'failed';
interface Who {
  account: string;
  patient: string;
  person: string;
  name: string;
}

export function useNote({ account, patient, person, name }: Who, begun: Begun, onSigned: (note: Note) => void) {
  const [words, setWords] = useState(begun.words);
  const [standing, setStanding] = useState<Standing>(begun.open ? 'waiting' : 'saved');
  const [failure, setFailure] = useState<Failure>();
  /** The note that another user or window has written meanwhile. */
  const [conflict, setConflict] = useState<Note>();
  const now = useRef({
    note: begun.note,
    version: begun.version,
    words: begun.words,
    open: begun.open,
    conflict: false,
    gone: false,
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const firstKey = useRef<number>(undefined);
  const running = useRef<Promise<void>>(undefined);

  const stop = useCallback(() => {
    clearTimeout(timer.current);
    firstKey.current = undefined;
  }, []);
  const meet = useCallback((there: Note) => {
    now.current.conflict = true;
    setConflict(there);
    setStanding('waiting');
  }, []);

  const send = useCallback(async () => {
    const { note, version, words: sent } = now.current;
    setStanding('saving');
    try {
      const { there, ours } = await store(withWords(note, sent), version);
      if (!ours) return meet(there);
      Object.assign(now.current, { note: there, version: there.meta?.versionId });
      setFailure(undefined);
      if (now.current.words !== sent) {
        await keep(account, patient, {
          note: there,
          version: there.meta?.versionId,
          words: now.current.words,
          at: new Date().toISOString(),
        });
        return setStanding('waiting');
      }
      now.current.open = false;
      setStanding('saved');
      await drop(account, patient, note.id);
      // The author has typed during the save.
      if (now.current.open)
        await keep(account, patient, {
          note: there,
          version: there.meta?.versionId,
          words: now.current.words,
          at: new Date().toISOString(),
        });
    } catch (error) {
      setFailure(failureOf(error));
      setStanding('failed');
    }
  }, [account, patient, meet]);

  /** Saves the unsaved changes, one request after the other. */
  const save = useCallback(async () => {
    stop();
    while (running.current) await running.current;
    if (
      !now.current.open ||
      now.current.conflict ||
      now.current.gone ||
      (now.current.version === undefined && isEmpty(now.current.words))
    )
      return;
    running.current = send();
    await running.current;
    running.current = undefined;
  }, [send, stop]);

  const plan = useCallback(
    (after: number) => {
      clearTimeout(timer.current);
      firstKey.current ??= Date.now();
      timer.current = setTimeout(
        () => {
          void save();
        },
        Math.max(0, Math.min(after, firstKey.current + AT_MOST_MS - Date.now())),
      );
    },
    [save],
  );

  const write = useCallback(
    (next: Words) => {
      now.current.words = next;
      now.current.open = true;
      setWords(next);
      setStanding((before) => (before === 'saving' ? before : 'waiting'));
      const { note, version } = now.current;
      void keep(account, patient, { note, version, words: next, at: new Date().toISOString() });
      if (!now.current.conflict) plan(SAVED_AFTER_MS);
    },
    [account, patient, plan],
  );

  useEffect(() => {
    if (standing === 'waiting' && !conflict) plan(SAVED_AFTER_MS);
    // A refused text is refused again, so that only another keystroke retries it.
    if (standing === 'failed' && failure && AGAIN.includes(failure.code)) plan(AGAIN_AFTER_MS);
  }, [standing, conflict, failure, plan]);
  useEffect(
    () => () => {
      const { note, version, words: last } = now.current;
      // An empty new note is dropped.
      if (version === undefined && isEmpty(last)) void drop(account, patient, note.id);
      else void save();
    },
    [save, account, patient],
  );
  // Saves a draft that this device kept from before.
  useEffect(() => {
    void save();
  }, [save]);
  useEffect(() => {
    const hide = () => {
      if (document.visibilityState === 'hidden') void save();
    };
    document.addEventListener('visibilitychange', hide);
    return () => document.removeEventListener('visibilitychange', hide);
  }, [save]);

  /** Continues with `next`, based on the other note, which the author has seen now. */
  const resolve = useCallback(
    (next: Words) => {
      if (!conflict) return;
      Object.assign(now.current, { note: conflict, version: conflict.meta?.versionId, conflict: false });
      setConflict(undefined);
      const theirs = wordsOf(conflict);
      if (theirs && same(theirs, next)) {
        Object.assign(now.current, { words: next, open: false });
        setWords(next);
        setStanding('saved');
        void drop(account, patient, conflict.id);
      } else {
        setStanding('waiting');
        write(next);
        void save();
      }
    },
    [conflict, account, patient, write, save],
  );

  const finish = useCallback(async () => {
    const { note, version, words: last } = now.current;
    const { there, ours } = await store(
      signedNote(withWords(note, last), person, name, localTime(new Date())),
      version,
    );
    if (!ours) return meet(there);
    now.current.gone = true;
    await drop(account, patient, note.id);
    onSigned(there);
  }, [account, patient, person, name, onSigned, meet]);

  /** Signs the note, or reports a conflict if the record has another one. Throws a Failure. */
  const sign = useCallback(async () => {
    stop();
    while (running.current) await running.current;
    const signing = finish();
    running.current = signing.catch(() => {
      /* The signer gets the error from the caller's await. */
    });
    try {
      await signing;
    } finally {
      running.current = undefined;
    }
  }, [finish, stop]);

  /** Ends the note by `work`, after which it is saved no more. Throws the error of `work`. */
  const leave = useCallback(
    async (work: (note: Note, version: string | undefined) => Promise<unknown>) => {
      stop();
      while (running.current) await running.current;
      now.current.gone = true;
      try {
        await work(now.current.note, now.current.version);
      } catch (error) {
        now.current.gone = false;
        throw error;
      }
      await drop(account, patient, now.current.note.id);
    },
    [account, patient, stop],
  );

  return { words, write, standing, failure, conflict, resolve, save, sign, leave };
}
