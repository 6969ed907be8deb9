// SPDX-License-Identifier: Apache-2.0
import { useCallback, useRef, useState } from 'react';
import type { WorkLoadRequest, WorkLoadResult } from 'reprise-engine';
import { ids } from '../assess/accept.ts';
import type { ReaderOnce } from '../clips/watch.tsx';

/** A repeated request changes nothing in the record: each result has ids of its own. */
const scoredNow = (result: WorkLoadResult) => ({ result, own: ids() });

/** Scores the clip again as answers change; the newest answers win. */
export function useScoring(reader: ReaderOnce) {
  const turn = useRef(0);
  const [scored, setScored] = useState<ReturnType<typeof scoredNow>>();
  const [scoring, setScoring] = useState(false);
  const [lost, setLost] = useState(false);
  const begin = useCallback((first: WorkLoadResult) => {
    turn.current += 1;
    setScored(scoredNow(first));
    setScoring(false);
    setLost(false);
  }, []);
  const score = useCallback(
    async (request: WorkLoadRequest) => {
      turn.current += 1;
      const mine = turn.current;
      setScoring(true);
      const next = await reader.current?.then((clips) => clips.workLoad(request)).catch(() => undefined);
      if (turn.current !== mine) return;
      setScoring(false);
      if (next?.result) setScored(scoredNow(next.result));
      setLost(!next?.result);
    },
    [reader],
  );
  return { scored, scoring, lost, begin, score };
}
