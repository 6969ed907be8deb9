// SPDX-License-Identifier: Apache-2.0
// Before a walk: what it needs, the two sensors, their zero, and the check against the body's weight.
import { Button, Stack, Title } from '@mantine/core';
import type { Programme } from 'reprise-engine';
import { useState } from 'react';
import { wakeVoice, warn } from '../../coach/voice.ts';
import { Alert } from '../../components/alert.tsx';
import { Page } from '../../components/section.tsx';
import { limitKg } from '../../exercises/bearing.ts';
import { useAwake } from '../../hooks/awake.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useAllConnected } from '../devices/use_device.ts';
import { NotNow, PreparePage, StepsList } from '../requests/safe_steps.tsx';
import { useConfirmations } from '../session/confirmations.tsx';
import { useWornWords } from '../session/sensors/words.ts';
import { WornCard, WornStep } from '../session/sensors/worn_parts.tsx';
import type { Asked } from './asked.ts';
import type { LoadCoach, LoadNow } from './load_coach.ts';
import { useLoadWords } from './words.ts';

/** How the walk goes, and what must be ready for it to be safe. */
export function Prepare({
  asked,
  programme,
  changed,
  busy,
  onReady,
}: {
  asked: Asked;
  programme: Programme;
  /** The clinic has changed the limit since the page was opened. */
  changed: boolean;
  busy: boolean;
  onReady: () => void;
}) {
  const { t, number } = useLanguage();
  const kg = number(limitKg(asked.limit));
  return (
    <>
      {changed && (
        <Alert tone="careful" role="alert">
          {t('load.changed')}
        </Alert>
      )}
      <PreparePage
        title={t('load.title')}
        lead={t(`load.prepare.${asked.side}`, { kg })}
        asked={asked}
        programme={programme}
        steps={<StepsList lines={t('load.steps').split('\n')} />}
        needed={[
          { id: 'aids', label: t('load.aids') },
          { id: 'clear', label: t('load.clear') },
          { id: 'phone', label: t('load.phone') },
        ]}
        stop={t('phone.stopAnyTime')}
        foot={t('load.private')}
        busy={busy}
        onReady={onReady}
      />
    </>
  );
}

function Ready({ asked, now: { step, trouble, problem, share, level } }: { asked: Asked; now: LoadNow }) {
  const { t } = useLanguage();
  const words = useLoadWords(asked);
  return (
    <>
      <WornStep
        text={words.step(step)}
        failed={trouble ? words.trouble(trouble) : ''}
        problem={problem && words.problem(problem)}
        share={step === 'tracking' ? undefined : share}
      />
      {level > 0 && <Alert tone="bad">{t(`load.tooMuch.${asked.side}`)}</Alert>}
    </>
  );
}

/** The sound above the limit, heard where the phone will be. */
function Sound({ onPlayed }: { onPlayed: () => void }) {
  const { t } = useLanguage();
  return (
    <>
      <p>{t('load.sound')}</p>
      <Button
        size="lg"
        variant="default"
        onClick={() => {
          wakeVoice();
          warn(3);
          onPlayed();
        }}
      >
        {t('load.sound.play')}
      </Button>
    </>
  );
}

export function SetUp({
  asked,
  coach,
  now,
  heard,
  busy,
  onHeard,
  onStart,
  onDone,
  onUnwell,
}: {
  asked: Asked;
  coach: LoadCoach;
  now: LoadNow;
  /** The patient has heard the warning. */
  heard: boolean;
  busy: boolean;
  onHeard: () => void;
  onStart: () => void;
  /** Ends a walk that was begun; undefined: none was. */
  onDone: (() => void) | undefined;
  onUnwell: () => void;
}) {
  const { t } = useLanguage();
  const words = useWornWords();
  const { devices } = coach;
  const connected = useAllConnected(devices);
  const [played, setPlayed] = useState(heard);
  const { check, boxes } = useConfirmations([
    { id: 'held', label: t('load.held') },
    { id: 'steady', label: t('load.steady') },
    ...(asked.helper ? [{ id: 'helper', label: t('load.helper') }] : []),
    ...(played && !heard ? [{ id: 'heard', label: t('load.sound.heard') }] : []),
  ]);
  const begin = () => {
    if (!check()) return;
    onHeard();
    wakeVoice();
    coach.calibrate();
  };
  const learning = connected && now.begun;
  useAwake(learning);
  const ready = learning && now.step === 'tracking' && !now.problem;
  const insoles = devices.map(({ place, device }) => (
    <WornCard key={place} name={words.place(place)} device={device} />
  ));
  return (
    <Page title={t('load.setUp')} lead={t('load.setUp.lead')} narrow>
      {!learning && insoles}
      {connected && !now.begun && (
        <Stack gap="sm" className="card">
          <Title order={2}>{t('load.check')}</Title>
          {now.stopped?.kind === 'hidden' && (
            <Alert tone="careful" role="alert">
              {t('load.check.hidden')}
            </Alert>
          )}
          <p>{t('load.check.what')}</p>
          {!heard && <Sound onPlayed={() => setPlayed(true)} />}
          {boxes}
          <Button size="xl" disabled={!played} onClick={begin}>
            {t('load.check.begin')}
          </Button>
        </Stack>
      )}
      {learning && <Ready asked={asked} now={now} />}
      <div className="actions">
        {ready && (
          <Button size="xl" fullWidth loading={busy} onClick={onStart}>
            {t('load.start')}
          </Button>
        )}
        {learning && (
          <Button size="lg" variant="default" onClick={() => coach.calibrate()}>
            {t('load.anew')}
          </Button>
        )}
        {onDone ? (
          <Button size="lg" variant="default" onClick={onDone}>
            {t('load.finish')}
          </Button>
        ) : (
          <NotNow />
        )}
        <Button size="lg" color="red.9" onClick={onUnwell}>
          {t('stop.unwell')}
        </Button>
      </div>
      {learning && insoles}
      <p className="small">{t('load.note')}</p>
      <p className="note">{t('nobodyWatches')}</p>
    </Page>
  );
}
