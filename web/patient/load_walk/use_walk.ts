// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Reprise } from 'reprise-engine';
import { alarm } from '../../coach/voice.ts';
import type { Asked } from './asked.ts';
import { createLoadCoach } from './load_coach.ts';

// A value that is sent twice is in the record once.
const newWalk = (reprise: Reprise, asked: Asked) => ({
  id: crypto.randomUUID(),
  asked,
  coach: createLoadCoach(reprise, asked),
});

/**
 * One walk, its limit and its sensors; they are let go when the page is left. `renew`: another walk, with a limit of
 * its own.
 */
export function useWalk(reprise: Reprise, asked: Asked) {
  const [walk, setWalk] = useState(() => newWalk(reprise, asked));
  const { coach } = walk;
  useEffect(
    () => () => {
      // Silence would be taken for a load below the limit.
      if (!coach.now().paused) alarm();
      coach.stop();
    },
    [coach],
  );
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'hidden') coach.hide();
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [coach]);
  return {
    walk,
    now: useSyncExternalStore(coach.onChange, coach.now),
    renew: (of: Asked) => setWalk(newWalk(reprise, of)),
  };
}
