// SPDX-License-Identifier: Apache-2.0
import { useDocumentVisibility } from '@mantine/hooks';
import { useEffect } from 'react';

/** Keeps the screen on while `wanted`, unless the browser cannot or a low battery forbids it. */
export function useAwake(wanted: boolean) {
  // A lock ends when the page is hidden.
  const isVisible = useDocumentVisibility() === 'visible';
  useEffect(() => {
    if (!wanted || !isVisible || !navigator.wakeLock) return undefined;
    const lock = navigator.wakeLock.request('screen').catch(() => undefined);
    return () => {
      void lock.then((held) => held?.release());
    };
  }, [wanted, isVisible]);
}
