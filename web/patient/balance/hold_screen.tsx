// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { BalanceLevel } from 'reprise-engine';
import { levelWords } from '../../clinical/chart/balance_words.ts';
import { hush } from '../../coach/local_voice.ts';
import { useAwake } from '../../hooks/awake.ts';
import { Page } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { HoldButton } from '../phone_test/hold_button.tsx';
import type { Place } from './session_store.ts';
import { StancePicture } from './stance_picture.tsx';
import { useHold, type Clocked } from './use_hold.ts';

/** Keys act on the screen's first button at once. */
function useFirstButton() {
  const screen = useRef<HTMLDivElement>(null);
  useEffect(() => {
    screen.current?.querySelector<HTMLElement>('button')?.focus();
  }, []);
  return screen;
}

interface Props {
  level: BalanceLevel;
  place: Place;
  /** To count backwards from. */
  number: number;
  /** To the end, as far as the clock knows. */
  onEnd: (clocked: Clocked) => void;
  /** The support was touched; in the pocket, the button was held. */
  onNeeded: (clocked: Clocked) => void;
  /** Before it began, or hidden: it does not count. */
  onInterrupted: (again: boolean) => void;
  onUnwell: () => void;
}

/** Fills the screen during a hold: the largest part of it is for a hand that does not look. */
export function HoldScreen({ level, place, number, onEnd, onNeeded, onInterrupted, onUnwell }: Props) {
  const { t } = useLanguage();
  const { running, seconds, end } = useHold(level, place, number, {
    onEnd,
    onInterrupted: () => onInterrupted(true),
  });
  const screen = useFirstButton();
  useAwake(true);
  const needed = () => {
    hush();
    const clocked = end();
    if (clocked) onNeeded(clocked);
    else onInterrupted(false);
  };
  const cue = running
    ? level.dualTask
      ? t('balance.run.count', { number })
      : t(level.eyesClosed ? 'balance.run.closed' : 'balance.run')
    : t('balance.run.getReady');
  return (
    <div ref={screen} className="locked" role="dialog" aria-modal="true" aria-label={levelWords(level, t)}>
      <div className="locked-what">
        <p className="count" role="timer">
          {seconds}
        </p>
        <p className="cue" role="status">
          {cue}
        </p>
        {!running && level.dualTask && <p className="hint">{t('balance.run.count', { number })}</p>}
        <p className="locked-name">{levelWords(level, t)}</p>
        <StancePicture level={level} />
      </div>
      {place === 'pocket' ? (
        <HoldButton
          label={t(running ? 'balance.hold.end' : 'phone.hold.cancel')}
          holding={t('phone.hold.on')}
          onHeld={needed}
        />
      ) : (
        <>
          <Button className="needed-support" size="xl" color={running ? 'blue.9' : 'gray.8'} onClick={needed}>
            {t(running ? 'balance.needed' : 'cancel')}
          </Button>
          <Button size="lg" color="red.9" onClick={onUnwell}>
            {t('endurance.unwell')}
          </Button>
        </>
      )}
    </div>
  );
}

/** While the phone may still be in the pocket: a touch by the cloth does nothing. */
export function InPocket({ cue, label, onOut }: { cue: string; label: string; onOut: () => void }) {
  const { t } = useLanguage();
  const screen = useFirstButton();
  useAwake(true);
  return (
    <div ref={screen} className="locked" role="dialog" aria-modal="true" aria-label={cue}>
      <div className="locked-what">
        <p className="cue" role="status">
          {cue}
        </p>
      </div>
      <HoldButton label={label} holding={t('phone.hold.on')} goesOn onHeld={onOut} />
    </div>
  );
}

/** How the hold went: a hand at the support is slow to tap. `early`: it was ended by the button. */
export function HowItEnded({
  early,
  onWhole,
  onNeeded,
  onRepeat,
  onUnwell,
}: { early: boolean } & Record<'onWhole' | 'onNeeded' | 'onRepeat' | 'onUnwell', () => void>) {
  const { t } = useLanguage();
  return (
    <Page title={t(early ? 'balance.told.early' : 'balance.told')} narrow>
      <div className="actions">
        {!early && (
          <Button size="xl" fullWidth variant="default" onClick={onWhole}>
            {t('balance.told.whole')}
          </Button>
        )}
        <Button size="xl" fullWidth variant="default" onClick={onNeeded}>
          {t('balance.needed')}
        </Button>
        <Button size="lg" variant="default" onClick={onRepeat}>
          {t('balance.told.repeat')}
        </Button>
        <Button size="lg" color="red.9" onClick={onUnwell}>
          {t('stop.unwell')}
        </Button>
      </div>
    </Page>
  );
}
