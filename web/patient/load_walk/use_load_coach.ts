// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Reprise } from 'reprise-engine';
import type { Asked } from './asked.ts';
import { createLoadCoach } from './load_coach.ts';

/** The sensors of one walk; they are let go when the page is left. */
export function useLoadCoach(reprise: Reprise, asked: Asked) {
  const [coach] = useState(() => createLoadCoach(reprise, asked));
  useEffect(() => coach.stop, [coach]);
  return { coach, now: useSyncExternalStore(coach.onChange, coach.now) };
}
