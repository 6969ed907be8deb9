// SPDX-License-Identifier: Apache-2.0
// One set in front of the camera: finding the place, the start, the movement itself.
import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef, useState, type ComponentProps } from 'react';
import { say, wakeVoice } from '../../coach/voice.ts';
import { useLanguage } from '../../translations/language.tsx';
import { CameraTrouble } from './camera_trouble.tsx';
import { LiveSet } from './live_set.tsx';
import type { LiveResult } from './use_live_set.ts';
import type { Prescribed } from '../../exercises/prescribed.ts';
import { SetUp } from './set_up.tsx';
import { createFraming } from './framing.ts';
import { drawSkeleton } from '../../components/skeleton.ts';
import { isOfCoach, type CameraCoach, type CameraCoachState } from './camera_coach.ts';

interface Props {
  cameraCoach: CameraCoach;
  prescribed: Prescribed;
  play: ComponentProps<typeof LiveSet>['play'];
  /** From 1. */
  set: number;
  part: ComponentProps<typeof LiveSet>['part'];
  hurts: boolean;
  onDone: (result: LiveResult) => void;
  onByHand: () => void;
  /** The coach broke down: what it had counted is kept, and another set begins. */
  onAnew: () => void;
  onSkip: () => void;
  onHurt: () => void;
  onStop: () => void;
}

export function CameraSet({
  cameraCoach,
  prescribed,
  play,
  set,
  part,
  hurts,
  onDone,
  onByHand,
  onAnew,
  onSkip,
  onHurt,
  onStop,
}: Props) {
  const { t, language } = useLanguage();
  const { bones } = prescribed.exercise;
  const mirror = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [state, setState] = useState<CameraCoachState>(cameraCoach.state());
  const [started, setStarted] = useState(false);

  const open = useCallback(() => {
    if (mirror.current) void cameraCoach.start(mirror.current);
  }, [cameraCoach]);
  useEffect(() => {
    const forget = cameraCoach.onState(() => setState(cameraCoach.state()));
    open();
    return () => {
      forget();
      cameraCoach.rest(); // turns the camera's light off while its picture is unused
    };
  }, [cameraCoach, open]);
  useEffect(
    () =>
      cameraCoach.onLook((look) => {
        if (canvas.current) drawSkeleton(canvas.current, look, cameraCoach.size, bones);
      }),
    [cameraCoach, bones],
  );

  useEffect(() => {
    const place = mirror.current;
    // Before the set, the whole picture shows the patient's position in it.
    if (!started || !place) return undefined;
    const framing = createFraming();
    return cameraCoach.onLook((look) => {
      const at = framing(look, cameraCoach.size, { width: place.clientWidth, height: place.clientHeight });
      place.toggleAttribute('data-fills', at !== undefined);
      place.style.setProperty('--at-x', `${(at?.x ?? 0.5) * 100}%`);
      place.style.setProperty('--at-y', `${(at?.y ?? 0.5) * 100}%`);
    });
  }, [cameraCoach, started]);

  const begin = useCallback(() => {
    wakeVoice();
    say(t('live.go'), language, 'done');
    setStarted(true);
  }, [t, language]);

  return (
    <div className="stage" data-on={state.kind === 'on' || undefined} data-live={started || undefined}>
      <div className="mirror" aria-hidden="true" ref={mirror}>
        <canvas ref={canvas} />
      </div>
      {state.kind === 'loading' && (
        <div className="waiting" role="status">
          <p>{t('camera.loading', { percent: Math.round(state.share * 100) })}</p>
          <progress max={1} value={state.share} aria-label={t('loading')} />
          <Button variant="default" onClick={onByHand}>
            {t('introduce.byHand')}
          </Button>
        </div>
      )}
      {state.kind === 'on' && !started && (
        <SetUp
          cameraCoach={cameraCoach}
          prescribed={prescribed}
          again={set > 1}
          onReady={begin}
          onByHand={onByHand}
          onSkip={onSkip}
        />
      )}
      {/* Stays mounted while the camera is off, because it holds the count. */}
      {started && (
        <LiveSet
          watcher={cameraCoach}
          by={t(`model.${cameraCoach.coach?.model ?? 'lite'}`)}
          prescribed={prescribed}
          play={play}
          set={set}
          part={part}
          hurts={hurts}
          onDone={onDone}
          onSkip={onSkip}
          onHurt={onHurt}
          onStop={onStop}
        />
      )}
      {state.kind === 'failed' && (
        <CameraTrouble
          code={state.code}
          onAgain={started && isOfCoach(state.code) ? onAnew : open}
          onByHand={onByHand}
          onLeave={onSkip}
        />
      )}
    </div>
  );
}
