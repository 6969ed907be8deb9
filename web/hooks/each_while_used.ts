import { useEffect, useRef } from 'react';

/** A page that nobody uses asks for nothing: it would keep a session open. */
const USED_MS = 5 * 60_000;

/** Does `work` every so often while the page is in front and somebody uses it, and when it comes to the front again. */
export function useEachWhileUsed(everyMs: number, work: () => void) {
  const newest = useRef(work);
  useEffect(() => {
    newest.current = work;
  });
  useEffect(() => {
    let used = Date.now();
    const use = () => {
      used = Date.now();
    };
    const look = () => {
      if (document.visibilityState === 'visible' && Date.now() - used < USED_MS) newest.current();
    };
    const front = () => {
      if (document.visibilityState !== 'visible') return;
      use();
      look();
    };
    const timer = setInterval(look, everyMs);
    for (const event of ['pointermove', 'pointerdown', 'keydown'] as const)
      window.addEventListener(event, use, { passive: true });
    document.addEventListener('visibilitychange', front);
    return () => {
      clearInterval(timer);
      for (const event of ['pointermove', 'pointerdown', 'keydown'] as const) window.removeEventListener(event, use);
      document.removeEventListener('visibilitychange', front);
    };
  }, [everyMs]);
}
