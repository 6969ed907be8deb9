// SPDX-License-Identifier: Apache-2.0
import { useCallback, useRef, useState } from 'react';
import type { WorkLoadRequest, WorkLoadResult } from 'reprise-engine';
import type { ReaderOnce } from '../clips/watch.tsx';

/** Scores the clip again as answers change; the newest answers win. */
export function useScoring(reader: ReaderOnce) {
  const turn = useRef(0);
  const [result, setResult] = useState<WorkLoadResult>();
  const [scoring, setScoring] = useState(false);
  const [lost, setLost] = useState(false);
  const begin = useCallback((first: WorkLoadResult | undefined) => {
    turn.current += 1;
    setResult(first);
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
      if (next?.result) setResult(next.result);
      setLost(!next?.result);
    },
    [reader],
  );
  return { result, scoring, lost, begin, score };
}
