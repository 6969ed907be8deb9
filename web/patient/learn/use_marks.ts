// SPDX-License-Identifier: Apache-2.0
// Which texts were read, as this device remembers it.
import { useCallback, useEffect, useState } from 'react';
import { localStore } from '../../data/local_store.ts';
import { useAccount } from '../../data/session.ts';
import { dayNow, withRead, type Marks } from './pieces.ts';

const key = (account: string) => `pieces ${account}`;

/** undefined until the device was asked. */
export function useMarks() {
  const { id } = useAccount().account;
  const [marks, setMarks] = useState<Marks>();
  useEffect(() => {
    void localStore()
      .then((device) => device.value<Marks>(key(id)))
      .then((known) => setMarks(known ?? { read: [] }));
  }, [id]);
  const onRead = useCallback(
    async (url: string) => {
      const device = await localStore();
      const next = withRead((await device.value<Marks>(key(id))) ?? { read: [] }, url, dayNow());
      await device.putValue(key(id), next);
      setMarks(next);
    },
    [id],
  );
  return { marks, onRead };
}
