// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'react';
import type { PhoneTest } from 'reprise-engine';
import { useAwake } from '../../hooks/awake.ts';
import { useLanguage } from '../../translations/language.tsx';
import { HoldButton } from './hold_button.tsx';
import { useRun, type Recorded, type RunEvents } from './use_run.ts';

interface Props extends RunEvents {
  test: PhoneTest;
  /** Undefined: before the start. */
  onHeld: (recorded: Recorded | undefined) => void;
}

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** Fills the screen during a test: whatever touches it in a pocket does nothing, except for a long hold. */
export function LockedScreen({ test, onHeld, ...events }: Props) {
  const { t } = useLanguage();
  const { phase, seconds, limit_s, end, finish } = useRun(test, events);
  const screen = useRef<HTMLDivElement>(null);
  useAwake(true);
  useEffect(() => {
    screen.current?.querySelector<HTMLElement>('button')?.focus();
  }, []);
  const running = phase === 'running';
  const held = () => {
    if (!running) {
      onHeld(undefined);
      return;
    }
    const recorded = finish();
    if (recorded) onHeld(recorded);
  };
  return (
    <div ref={screen} className="locked" role="dialog" aria-modal="true" aria-label={t(`phone.test.${test}`)}>
      <div className="locked-what">
        <p className="locked-name">{t(`phone.test.${test}`)}</p>
        <p className="count" role="timer">
          {running && end === 'time' ? clock(Math.max(0, limit_s - seconds)) : running ? clock(seconds) : seconds}
        </p>
        <p className="cue" role="status">
          {running ? t(`phone.go.${test}`) : t('phone.countdown')}
        </p>
        <p className="hint">{running ? t(`phone.end.${end}`) : t('phone.locked')}</p>
        <p className="hint">{t('nobodyWatches')}</p>
      </div>
      <HoldButton
        label={t(running ? 'phone.hold.end' : 'phone.hold.cancel')}
        holding={t('phone.hold.on')}
        onHeld={held}
      />
    </div>
  );
}
