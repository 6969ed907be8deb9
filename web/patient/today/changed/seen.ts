// SPDX-License-Identifier: Apache-2.0
// The exercises as the patient last saw them on this device.
import { useEffect, useState } from 'react';
import type { Programme } from 'reprise-engine';
import { localStore } from '../../../data/local_store.ts';
import { seenOf, whatChanged, type Changed, type Seen } from './what_changed.ts';

interface LastSeen {
  at: string;
  exercises: Seen[];
}

const key = (account: string) => `programme seen ${account}`;

async function keep(account: string, { exercises }: Programme): Promise<LastSeen> {
  const seen = { at: new Date().toISOString(), exercises: exercises.map(seenOf) };
  await (await localStore()).putValue(key(account), seen);
  return seen;
}

/** The changes since then, and the way to say that they were seen. The first programme on a device is no change. */
export function useChanges(account: string, programme: Programme) {
  const [last, setLast] = useState<LastSeen>();
  useEffect(() => {
    void localStore()
      .then((device) => device.value<LastSeen>(key(account)))
      .then(async (known) => setLast(known ?? (await keep(account, programme))));
  }, [account, programme]);
  const changes: Changed[] = last ? whatChanged(last.exercises, programme.exercises.map(seenOf)) : [];
  const done = () => {
    void keep(account, programme).then(setLast);
  };
  return { changes, since: last?.at, done };
}
