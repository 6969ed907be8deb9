// SPDX-License-Identifier: Apache-2.0
// An answer that is being written: kept on this device until the record has it, so that the end of a sign-in or a crash
// loses nothing.
import { useCallback, useEffect, useState } from 'react';
import { localStore } from '../../data/local_store.ts';

export interface Draft {
  text: string;
  /** The last text that the page tried to send, and the UUID by which the record knows it. */
  attempt?: { id: string; text: string };
}

export const NOTHING: Draft = { text: '' };

/** To be sent: the same words by the same UUID, so that they are in the record once, other words by another. */
export function attempted(draft: Draft, uuid: () => string): Draft & Required<Pick<Draft, 'attempt'>> {
  const { text, attempt } = draft;
  return { text, attempt: attempt?.text === text ? attempt : { id: uuid(), text } };
}

/** Checks that the record has the text, even if its response was lost. */
export const hasArrived = ({ text, attempt }: Draft, messages: readonly { id: string }[]) =>
  attempt?.text === text && messages.some(({ id }) => id === attempt.id);

/** One for each patient and clinician. */
export function useDraft(account: string, patient: string) {
  const [draft, setDraft] = useState(NOTHING);
  const key = `answer ${account} ${patient}`;
  useEffect(() => {
    void localStore()
      .then((kept) => kept.value<Draft>(key))
      .then((before) => {
        if (before) setDraft((now) => (now.text === '' ? before : now));
      });
  }, [key]);
  const keep = useCallback(
    async (next: Draft) => {
      setDraft(next);
      const kept = await localStore();
      await (next.text === '' ? kept.removeValue(key) : kept.putValue(key, next));
    },
    [key],
  );
  return { draft, keep };
}
