// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { hasVoice, hush, onVoices, readAloud } from '../../coach/local_voice.ts';

/**
 * Reads parts aloud by a voice of the device. `able`: it has one for the language. `part`: the one that is read, or was
 * when the reader stopped it; reading then goes on there.
 */
export function useReadAloud(parts: readonly string[], language: string) {
  const short = language.slice(0, 2);
  const able = useSyncExternalStore(onVoices, () => hasVoice(short));
  const [reading, setReading] = useState(false);
  const [part, setPart] = useState<number>();
  const run = useRef(0); // a browser may tell late of the end of an earlier one
  useEffect(() => hush, []);
  const toggle = () => {
    setReading(!reading);
    run.current += 1;
    const mine = run.current;
    if (reading) {
      hush();
      return;
    }
    const from = part ?? 0;
    let last = from;
    setPart(from);
    const ended = () => {
      if (run.current !== mine) return;
      setReading(false);
      if (last === parts.length - 1) setPart(undefined);
    };
    readAloud(parts.slice(from), short, ended, (index) => {
      last = from + index;
      if (run.current === mine) setPart(last);
    });
  };
  return { able, reading, part, toggle };
}
