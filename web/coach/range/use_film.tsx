// SPDX-License-Identifier: Apache-2.0
// A test before the camera, or in a file, as a page shows it: from its opening to the trials.
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Bone } from 'reprise-engine';
import { engine } from '../../data/engine.ts';
import { useLanguage } from '../../translations/language.tsx';
import type { Look } from '../types.ts';
import { film, type Film, type FilmState } from './film.ts';
import { exerciseOf, type RangeTest } from './range_tests.ts';
import { useAdvice } from './use_advice.ts';

export type Filmed = Extract<FilmState, { kind: 'done' }>;

interface OfTest {
  test: RangeTest;
  /** Undefined: the test has none. */
  side: 'left' | 'right' | undefined;
  passive: boolean;
  /** It begins only by a touch. */
  byHand?: boolean;
  /** Instead of the camera. */
  file?: File | undefined;
  facing: 'user' | 'environment';
}

type Draw = (canvas: HTMLCanvasElement, look: Look, size: Film['size'], bones: readonly Bone[]) => void;

export interface OpenFilm {
  place: RefObject<HTMLDivElement | null>;
  canvas: RefObject<HTMLCanvasElement | null>;
  running: RefObject<Film | undefined>;
  state: FilmState;
}

/** `onDone`: once. */
export function useFilm(of: OfTest, draw: Draw, onDone: (filmed: Filmed) => void): OpenFilm {
  const { test, side, passive, byHand = false, file, facing } = of;
  const { language } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const running = useRef<Film>(undefined);
  const events = useRef({ draw, onDone });
  const [state, setState] = useState<FilmState>({ kind: 'loading', share: 0 });
  useEffect(() => {
    events.current = { draw, onDone };
  }, [draw, onDone]);

  useEffect(() => {
    let over = false;
    let bones: readonly Bone[] = [];
    const open = async () => {
      const [exercise, reprise] = await Promise.all([exerciseOf(test), engine()]);
      if (over || exercise === undefined || !place.current) return;
      bones = reprise.bones;
      running.current = film({
        test: {
          source: test.source,
          view: test.camera?.view ?? 'side',
          exercise,
          side,
          passive,
          language,
          byHand,
        },
        place: place.current,
        file,
        facing,
        onState: (next) => {
          if (over) return;
          setState(next);
          if (next.kind === 'done') events.current.onDone(next);
        },
        onLook: (look) => {
          if (canvas.current && running.current) events.current.draw(canvas.current, look, running.current.size, bones);
        },
      });
    };
    open().catch(() => setState({ kind: 'failed', code: 'unreachable' }));
    return () => {
      over = true;
      running.current?.close();
    };
  }, [test, side, passive, byHand, file, facing, language]);
  return { place, canvas, running, state };
}

/** Where the picture is shown. */
export function FilmPicture({ film: { place, canvas, state } }: { film: OpenFilm }) {
  return (
    <div className="picture" ref={place} aria-hidden="true" hidden={state.kind === 'failed'}>
      <canvas ref={canvas} />
    </div>
  );
}

/** Said until the test begins: how far the coach is loaded, then what to change. */
export function FilmSetUp({ state, view, side }: { state: FilmState; view: 'front' | 'side'; side: OfTest['side'] }) {
  const { t } = useLanguage();
  const adviceOf = useAdvice(view, side);
  if (state.kind === 'set-up') return <p className="advice">{adviceOf(state.readiness)}</p>;
  if (state.kind !== 'loading') return null;
  return (
    <>
      <p>{t('camera.loading', { percent: Math.round(state.share * 100) })}</p>
      <progress max={1} value={state.share} aria-label={t('loading')} />
    </>
  );
}
