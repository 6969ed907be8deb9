// SPDX-License-Identifier: Apache-2.0
// The count entered by hand is stored on the device during its set, so that it survives a reload.
import { useCallback, useEffect, useRef, useState } from 'react';
import { localStore } from '../../data/local_store.ts';
import { useAccount } from '../../data/session.ts';

export interface KeptCount {
  count: number;
  total: number;
  startedAt?: string;
}

const NONE: KeptCount = { count: 0, total: 0 };

/**
 * The count of the set `of`; undefined while it is looked for. Forgotten when its screen is left, which a reload does
 * not do.
 */
export function useKeptCount(of: string): [KeptCount | undefined, (next: KeptCount) => void] {
  const {
    account: { id },
  } = useAccount();
  const key = `counted ${id}`;
  const [kept, setKept] = useState<KeptCount>();
  // One after the other: an earlier count must not overtake a later one.
  const writing = useRef(Promise.resolve());
  const write = useCallback(
    (next: KeptCount | undefined) => {
      writing.current = writing.current
        .then(async () => {
          const on = await localStore();
          await (next ? on.putValue(key, { of, ...next }) : on.removeValue(key));
        })
        .catch(() => {});
    },
    [key, of],
  );
  useEffect(() => {
    let over = false;
    localStore()
      .then((on) => on.value<KeptCount & { of: string }>(key))
      .then(
        (before) => {
          if (!over) setKept(before?.of === of ? before : NONE);
        },
        () => {
          if (!over) setKept(NONE);
        },
      );
    return () => {
      over = true;
      write(undefined);
    };
  }, [key, of, write]);
  return [
    kept,
    useCallback(
      (next: KeptCount) => {
        setKept(next);
        write(next);
      },
      [write],
    ),
  ];
}
