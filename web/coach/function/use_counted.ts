// SPDX-License-Identifier: Apache-2.0
// A counted test before the camera, as a page shows and says it.
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Bone } from 'reprise-engine';
import { engine } from '../../data/engine.ts';
import { useLanguage } from '../../translations/language.tsx';
import { exerciseText } from '../range/range_tests.ts';
import { say, signal } from '../voice.ts';
import type { Look } from '../types.ts';
import { counted, COUNTDOWN_S, type Counted, type CountedState, type CountedTest } from './counted.ts';

export type CountedDone = Extract<CountedState, { kind: 'done' }>;

export interface OpenCounted {
  place: RefObject<HTMLDivElement | null>;
  canvas: RefObject<HTMLCanvasElement | null>;
  running: RefObject<Counted | undefined>;
  state: CountedState;
}

type Draw = (canvas: HTMLCanvasElement, look: Look, size: Counted['size'], bones: readonly Bone[]) => void;

/** `exercise`: its id. `draw`: stays the same. `onDone`: once. */
export function useCounted(
  exercise: string,
  of: Omit<CountedTest, 'exercise'>,
  draw: Draw,
  onDone: (done: CountedDone) => void,
): OpenCounted {
  const { t, language } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const running = useRef<Counted>(undefined);
  const newest = useRef({ of, onDone, t, language });
  const [state, setState] = useState<CountedState>({ kind: 'loading', share: 0 });
  useEffect(() => {
    newest.current = { of, onDone, t, language };
  }, [of, onDone, t, language]);

  useEffect(() => {
    let over = false;
    let bones: readonly Bone[] = [];
    let said = '';
    /** Once each: the state comes ten times a second. */
    const speak = (next: CountedState) => {
      if (next.kind === 'countdown' && next.left_s > COUNTDOWN_S) {
        const words = newest.current.t('self.chair.back', { seconds: next.left_s });
        if (said === '') say(words, newest.current.language, 'count');
        said = next.kind;
        return;
      }
      const number = next.kind === 'countdown' ? next.left_s : next.kind === 'on' ? next.count : 0;
      const text = `${next.kind} ${number}`;
      if (number > 0 && text !== said) say(String(number), newest.current.language, 'count');
      said = text;
    };
    const open = async () => {
      const [text, reprise] = await Promise.all([exerciseText(exercise), engine()]);
      if (over || text === undefined || !place.current) return;
      bones = reprise.bones;
      running.current = counted({ ...newest.current.of, exercise: text }, place.current, {
        onState: (next) => {
          if (over) return;
          speak(next);
          setState(next);
          if (next.kind === 'done') newest.current.onDone(next);
        },
        onLook: (look) => {
          if (canvas.current && running.current) draw(canvas.current, look, running.current.size, bones);
        },
        onGo: () => signal(newest.current.t('phone.go.sit_to_stand_30'), newest.current.language, 'done'),
        onOver: () => signal(newest.current.t('self.chair.over'), newest.current.language, 'done'),
      });
    };
    open().catch(() => setState({ kind: 'failed', code: 'unreachable' }));
    return () => {
      over = true;
      running.current?.close();
    };
  }, [exercise, draw]);
  return { place, canvas, running, state };
}
