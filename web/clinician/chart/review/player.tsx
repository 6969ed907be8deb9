// SPDX-License-Identifier: Apache-2.0
import { Button, NativeSelect } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Exercise } from 'reprise-engine';
import { worksLeft } from '../../../exercises/prescribed.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { SPEEDS, type Clock } from './clock.ts';
import type { SessionDocument } from './document.ts';
import { VIEWS, type Figure3d, type View } from './figure3d.ts';
import { inStep, LANDMARKS, pose, shareInStep, stepped, type Movement } from './movement.ts';
import { Pane, type Shown } from './pane.tsx';
import { seconds } from './repetitions.tsx';
import type { ReviewedMovement } from './review_worker.ts';

const SECOND = 1;
const SHARES = 120;

/** A reader of poses with memory of its own. */
function reader(movement: Movement) {
  const into = { points: new Float32Array(LANDMARKS * 3), visibility: new Float32Array(LANDMARKS) };
  return (time: number): Shown | undefined => (pose(movement, time, into) ? into : undefined);
}

/**
 * The exercise as the catalog describes it, at a share of a repetition: facing the front, as recordings are shown.
 */
function referencePoses(exercise: Exercise, mirror: boolean): Float32Array[] {
  return Array.from({ length: SHARES + 1 }, (_, i) => {
    const figure = exercise.figure(i / SHARES, { mirror });
    // The figure's axes: x as the person faces, y up, z to the person's right.
    return Float32Array.from({ length: LANDMARKS * 3 }, (__, j) => {
      const at = j - (j % 3);
      return (j % 3 === 0 ? -(figure[at + 2] ?? 0) : j % 3 === 1 ? figure[at + 1] : figure[at]) ?? 0;
    });
  });
}

function useReference(exercise: Exercise | undefined, mirror: boolean, document: SessionDocument | undefined) {
  return useMemo(() => {
    if (!exercise) return undefined;
    const poses = referencePoses(exercise, mirror);
    const { pace, repetition_s } = exercise.facts();
    const extreme = repetition_s > 0 ? (pace.out_s + pace.hold_s / 2) / repetition_s : 0.5;
    const first = document?.exercise.times_s[0] ?? 0;
    const repetitions = document?.exercise.repetitions.map(({ start_s, extreme_s, end_s }) => ({
      start_s: start_s - first,
      extreme_s: extreme_s - first,
      end_s: end_s - first,
    }));
    return (time: number): Shown | undefined => {
      const share = repetitions ? shareInStep(repetitions, extreme, time) : exercise.pace(time).share;
      const points = poses[Math.round(Math.min(1, Math.max(0, share)) * SHARES)];
      return points && { points };
    };
  }, [exercise, mirror, document]);
}

interface Beside {
  label: string;
  movement: Movement;
  document: SessionDocument | undefined;
}

interface Props {
  clock: Clock;
  label: string;
  movement: ReviewedMovement;
  document: SessionDocument | undefined;
  side: 'left' | 'right' | undefined;
  beside: Beside | undefined;
  /** Beside it, where no other recording is. */
  reference: { label: string; exercise: Exercise } | undefined;
}

const relative = (document: SessionDocument | undefined) => {
  const first = document?.exercise.times_s[0] ?? 0;
  return (document?.exercise.repetitions ?? []).map(({ start_s, extreme_s, end_s }) => ({
    start_s: start_s - first,
    extreme_s: extreme_s - first,
    end_s: end_s - first,
  }));
};

function Controls({ clock, times }: { clock: Clock; times: Float64Array }) {
  const { t } = useLanguage();
  const slider = useRef<HTMLInputElement>(null);
  const said = useRef<HTMLSpanElement>(null);
  const [playing, setPlaying] = useState(clock.playing);
  const [speed, setSpeed] = useState(String(clock.speed));
  useEffect(() => {
    const follow = () => {
      if (slider.current) {
        slider.current.value = String(clock.time);
        slider.current.setAttribute('aria-valuetext', seconds(clock.time));
      }
      if (said.current) said.current.textContent = `${seconds(clock.time)} / ${seconds(clock.duration)}`;
      setPlaying(clock.playing);
    };
    follow();
    return clock.on(follow);
  }, [clock]);
  const step = (by: number) => {
    clock.pause();
    clock.seek(stepped(times, clock.time, by));
  };
  return (
    <div className="replay-controls">
      <Button onClick={() => (playing ? clock.pause() : clock.play())}>
        {t(playing ? 'chart.replay.pause' : 'chart.replay.play')}
      </Button>
      <Button variant="default" onClick={() => step(-1)}>
        {t('chart.replay.back')}
      </Button>
      <Button variant="default" onClick={() => step(1)}>
        {t('chart.replay.forth')}
      </Button>
      <NativeSelect
        size="sm"
        aria-label={t('chart.replay.speed')}
        value={speed}
        data={SPEEDS.map((one) => ({ value: String(one), label: `${one}×` }))}
        onChange={(event) => {
          const chosen = SPEEDS.find((one) => String(one) === event.currentTarget.value) ?? 1;
          clock.speed = chosen;
          setSpeed(String(chosen));
        }}
      />
      <input
        ref={slider}
        type="range"
        min={0}
        max={clock.duration}
        step={0.01}
        defaultValue={0}
        aria-label={t('chart.replay.time')}
        onChange={(event) => clock.seek(Number(event.currentTarget.value))}
      />
      <span ref={said} className="small replay-time" aria-hidden="true" />
    </div>
  );
}

/** A recorded movement from all around, alone or beside another one in step with it. */
export function Player({ clock, label, movement, document, side, beside, reference }: Props) {
  const { t } = useLanguage();
  const [view, setView] = useState<{ view: View; turn: number }>({ view: 'camera', turn: 0 });
  const [one, other] = [useRef<Figure3d>(undefined), useRef<Figure3d>(undefined)];
  const own = useMemo(() => reader(movement), [movement]);
  const referenceAt = useReference(
    reference?.exercise,
    reference !== undefined && worksLeft(reference.exercise.facts(), side),
    document,
  );
  const second = useMemo(() => {
    if (!beside) return undefined;
    const read = reader(beside.movement);
    const [mine, theirs] = [relative(document), relative(beside.document)];
    const duration = beside.movement.times.at(-1) ?? 0;
    return (time: number) => read(inStep(mine, theirs, clock.duration, duration, time));
  }, [beside, document, clock]);
  const beyond = second ?? referenceAt;
  const keys = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      if (
        event.target instanceof HTMLInputElement ||
        event.target instanceof HTMLSelectElement ||
        event.target instanceof HTMLButtonElement
      )
        return;
      const { times } = movement;
      const does: Record<string, () => void> = {
        ' ': () => (clock.playing ? clock.pause() : clock.play()),
        ',': () => clock.seek(stepped(times, clock.time, -1)),
        '.': () => clock.seek(stepped(times, clock.time, 1)),
        ArrowLeft: () => clock.seek(clock.time - SECOND),
        ArrowRight: () => clock.seek(clock.time + SECOND),
        ArrowUp: () => setView((now) => ({ ...now, turn: now.turn + 1 })),
        ArrowDown: () => setView((now) => ({ ...now, turn: now.turn - 1 })),
        ...Object.fromEntries(VIEWS.map((name, i) => [String(i + 1), () => setView({ view: name, turn: 0 })])),
      };
      const act = does[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    },
    [clock, movement],
  );
  return (
    <div
      className="player"
      role="group"
      aria-label={t('chart.replay')}
      aria-describedby="replay-keys"
      tabIndex={0}
      onKeyDown={keys}
    >
      <div className="panes">
        <Pane
          label={label}
          bones={movement.bones}
          clock={clock}
          at={own}
          camera={movement.camera}
          side={side ?? 'left'}
          view={view}
          figure={one}
        />
        {beyond && (
          <Pane
            label={beside?.label ?? reference?.label ?? ''}
            bones={movement.bones}
            clock={clock}
            at={beyond}
            camera={movement.camera}
            side={side ?? 'left'}
            view={view}
            figure={other}
          />
        )}
      </div>
      <div className="views" role="group" aria-label={t('chart.replay.views')}>
        {VIEWS.map((name) => (
          <Button
            key={name}
            size="xs"
            variant={view.view === name ? 'filled' : 'default'}
            aria-pressed={view.view === name}
            onClick={() => setView({ view: name, turn: 0 })}
          >
            {t(`chart.view.${name}`)}
          </Button>
        ))}
        <Button size="xs" variant="default" onClick={() => setView({ ...view, turn: view.turn - 1 })}>
          {t('chart.replay.turnLeft')}
        </Button>
        <Button size="xs" variant="default" onClick={() => setView({ ...view, turn: view.turn + 1 })}>
          {t('chart.replay.turnRight')}
        </Button>
      </div>
      <Controls clock={clock} times={movement.times} />
      <p className="small" id="replay-keys">
        {t('chart.replay.keys')}
      </p>
    </div>
  );
}
