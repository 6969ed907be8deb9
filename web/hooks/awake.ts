import { useEffect } from 'react';

/**
 * Keeps the screen from locking itself while `wanted`, where the browser can and nothing (a low battery) forbids it.
 */
export function useAwake(wanted: boolean) {
  useEffect(() => {
    if (!wanted || !navigator.wakeLock) return undefined;
    let lock: WakeLockSentinel | undefined;
    let over = false;
    const hold = async () => {
      if (document.visibilityState !== 'visible') return;
      const one = await navigator.wakeLock.request('screen').catch(() => undefined);
      if (over) void one?.release();
      else lock = one;
    };
    // It ends with each time that the page is out of sight.
    document.addEventListener('visibilitychange', hold);
    void hold();
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', hold);
      void lock?.release();
    };
  }, [wanted]);
}
