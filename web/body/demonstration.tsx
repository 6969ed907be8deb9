// SPDX-License-Identifier: Apache-2.0
import './body.css';
import { Button, useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import type { ShownExercise, View } from 'reprise-engine';
import { MovingFigure } from '../components/figure.tsx';
import { wantsLessMotion } from '../data/preferences.ts';
import { useLanguage } from '../translations/language.tsx';
import type { ExerciseFile } from '../exercises/exercise_words.ts';
import { mistakeAt, mistakesOf, type Mistake } from './faults.ts';
import { Playback, SLOW } from './playback.ts';
import type { Show } from './show.ts';

/** Degrees for a touch of an arrow key, and for a pixel of dragging. */
const KEY_TURN = 15;
const DRAG_TURN = 0.6;
/** Slower than this, and a device draws fewer pictures. */
const SLOW_FRAME_MS = 40;
const FEWER_MS = 1000 / 15;
/** The farthest posture, shown where nothing moves. */
const EXTREME = 0.5;

interface Props {
  exercise: ShownExercise;
  mirror: boolean;
  label: string;
  /** A ceiling binds: no mistake is shown that might go past it. */
  limited?: boolean;
}

/** Shows an exercise by a person in three dimensions; by a drawn figure until it is ready, or where it cannot be. */
export function Demonstration(props: Props) {
  const scheme = useComputedColorScheme('light');
  // A canvas once used keeps its context: a theme, which has colors of its own, gets another one.
  return <Picture key={`${props.exercise.id} ${String(props.mirror)} ${scheme}`} dark={scheme === 'dark'} {...props} />;
}

/** Opens the show on the canvas; `undefined` until then, null: it cannot be. */
function useShow(canvas: RefObject<HTMLCanvasElement | null>, exercise: ShownExercise, mirror: boolean, dark: boolean) {
  const [opened, setOpened] = useState<{ show: Show | null; exercise: ShownExercise }>();
  useEffect(() => {
    let show: Show | undefined;
    let left = false;
    const target = canvas.current;
    if (!target) return undefined;
    const open = async () => {
      const { Show: Opened } = await import('./show.ts');
      if (left) return;
      show = await Opened.open(target, { exercise, mirror, dark });
      if (left) show.dispose();
      else setOpened({ show, exercise });
    };
    open().catch(() => {
      if (!left) setOpened({ show: null, exercise });
    });
    return () => {
      left = true;
      show?.dispose();
      setOpened(undefined);
    };
  }, [canvas, exercise, mirror, dark]);
  // Another exercise may have come, and the show's be released: no effect of this render may draw it.
  return opened?.exercise === exercise ? opened.show : undefined;
}

interface Playing {
  show: Show | null | undefined;
  frame: RefObject<HTMLElement | null>;
  playback: Playback;
  running: boolean;
  mistakes: readonly Mistake[];
  /** Called when another repetition begins. */
  onRepetition: (repetition: number) => void;
}

/** Draws while it runs and is on the screen; once when it stands still. Returns a function that draws once. */
function useDrawing({ show, frame, playback, running, mistakes, onRepetition }: Playing) {
  const draw = useRef(() => {});
  useEffect(() => {
    const place = frame.current;
    if (!show || !place) return undefined;
    let repetition = -1;
    const picture = () => {
      const now = playback.place;
      const shown = mistakeAt(mistakes, now.repetition);
      show.draw(now.share, shown?.wrong ? shown.mistake.id : undefined);
      if (now.repetition !== repetition) onRepetition((repetition = now.repetition));
    };
    draw.current = picture;
    const measure = () => {
      show.size(place.clientWidth, place.clientHeight);
      picture();
    };
    const resized = new ResizeObserver(measure);
    resized.observe(place);
    measure();
    let seen = true;
    const watched = new IntersectionObserver((entries) => {
      seen = entries.at(-1)?.isIntersecting ?? true;
    });
    watched.observe(place);
    let [request, last, cost] = [0, 0, 0];
    const next = (now: number) => {
      request = requestAnimationFrame(next);
      if (!seen || (cost > SLOW_FRAME_MS && now - last < FEWER_MS)) return;
      last = now;
      playback.step(now);
      const start = performance.now();
      picture();
      cost = 0.8 * cost + 0.2 * (performance.now() - start);
    };
    if (running) request = requestAnimationFrame(next);
    else playback.pause();
    return () => {
      cancelAnimationFrame(request);
      resized.disconnect();
      watched.disconnect();
    };
  }, [show, frame, playback, running, mistakes, onRepetition]);
  return draw;
}

/** Dragging and arrow keys turn the camera around the person. */
function useTurning(show: Show | null | undefined, draw: RefObject<() => void>) {
  const from = useRef<{ x: number; y: number }>(undefined);
  const turn = (degrees: number, up: number) => {
    show?.turn(degrees, up);
    draw.current();
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      from.current = { x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!from.current) return;
      const upwards = event.pointerType === 'touch' ? 0 : DRAG_TURN * (event.clientY - from.current.y);
      turn(DRAG_TURN * (event.clientX - from.current.x), upwards);
      from.current = { x: event.clientX, y: event.clientY };
    },
    onPointerUp: () => {
      from.current = undefined;
    },
    onPointerCancel: () => {
      from.current = undefined;
    },
    onKeyDown: (event: KeyboardEvent) => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      if (!way) return;
      event.preventDefault();
      turn(KEY_TURN * (way[0] ?? 0), KEY_TURN * (way[1] ?? 0));
    },
  };
}

const NO_MISTAKES: readonly Mistake[] = [];
const VIEWS = ['front', 'oblique', 'side', 'back'] as const;

function Picture({ exercise, mirror, label, dark, limited = false }: Props & { dark: boolean }) {
  const { t, language } = useLanguage();
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const show = useShow(canvas, exercise, mirror, dark);
  const facts = useMemo(() => exercise.facts(), [exercise]);
  const [running, setRunning] = useState(() => !wantsLessMotion());
  const [slow, setSlow] = useState(false);
  const [view, setView] = useState<View>(facts.views[0] ?? 'front');
  const [withMistakes, setWithMistakes] = useState(false);
  const [repetition, setRepetition] = useState(0);
  const all = useMemo(
    () => (limited ? NO_MISTAKES : mistakesOf(exercise.file as unknown as ExerciseFile, language)),
    [exercise, language, limited],
  );
  const mistakes = withMistakes ? all : NO_MISTAKES;
  const playback = useMemo(() => new Playback(facts.repetition_s, wantsLessMotion() ? EXTREME : 0), [facts]);
  useEffect(() => {
    playback.speed = slow ? SLOW : 1;
  }, [playback, slow]);
  const draw = useDrawing({ show, frame, playback, running, mistakes, onRepetition: setRepetition });
  const turning = useTurning(show, draw);
  const look = (from: View) => {
    setView(from);
    show?.look(from);
    draw.current();
  };
  const shown = mistakeAt(mistakes, repetition);
  if (show === null) return <MovingFigure exercise={exercise} mirror={mirror} label={label} />;
  return (
    <div className="person" data-ready={show ? true : undefined} data-wide={show?.wide || undefined}>
      <div ref={frame} className="person-frame" role="img" aria-label={label} tabIndex={0} {...turning}>
        <canvas ref={canvas} />
        {!show && <MovingFigure exercise={exercise} mirror={mirror} label={label} />}
        {shown && (
          <span className="person-sign" data-wrong={shown.wrong || undefined} aria-hidden>
            {shown.wrong ? '✗' : '✓'} {t(shown.wrong ? 'person.sign.wrong' : 'person.sign.right')}
          </span>
        )}
      </div>
      <p className="person-told" role="status" data-wrong={shown?.wrong || undefined}>
        {shown &&
          t(
            shown.wrong ? 'person.wrong' : 'person.right',
            shown.wrong ? { name: shown.mistake.name } : { cue: shown.mistake.cue },
          )}
      </p>
      {show && (
        <>
          <fieldset className="person-buttons" aria-label={t('person.view')}>
            {VIEWS.map((each) => (
              <Button
                key={each}
                variant={each === view ? 'filled' : 'default'}
                aria-pressed={each === view}
                onClick={() => look(each)}
              >
                {t(`person.view.${each}`)}
              </Button>
            ))}
          </fieldset>
          <div className="person-buttons">
            <Button variant="default" onClick={() => setRunning(!running)}>
              {t(running ? 'person.pause' : 'person.play')}
            </Button>
            <Button variant={slow ? 'filled' : 'default'} aria-pressed={slow} onClick={() => setSlow(!slow)}>
              {t('person.slow')}
            </Button>
            {all.length > 0 && (
              <Button
                variant={withMistakes ? 'filled' : 'default'}
                aria-pressed={withMistakes}
                onClick={() => {
                  playback.restart();
                  setRunning(true);
                  setWithMistakes(!withMistakes);
                }}
              >
                {t('person.mistakes')}
              </Button>
            )}
          </div>
          <p className="small">{t('person.turn')}</p>
        </>
      )}
    </div>
  );
}
