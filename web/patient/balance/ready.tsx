// SPDX-License-Identifier: Apache-2.0
// The screens before the holds: what must be ready, where the phone is, and the next stance.
import { Button, Checkbox, Stack, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { BalanceLevel, BalanceRequest, Programme } from 'reprise-engine';
import { levelWords } from '../../clinical/chart/balance_words.ts';
import { signal, wakeVoice } from '../../coach/voice.ts';
import { Alert } from '../../components/alert.tsx';
import { Page } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { mayAsk } from '../phone_test/sensors.ts';
import { useSensors } from '../phone_test/use_sensors.ts';
import { NotNow, PreparePage, StepsList } from '../requests/safe_steps.tsx';
import { InPocket } from './hold_screen.tsx';
import type { Place } from './session_store.ts';
import { StancePicture } from './stance_picture.tsx';

/** Until the sound is played with the phone in the pocket. Unsourced default. */
const PUT_AWAY_MS = 10_000;

/** How the session goes, and what must be ready for it to be safe; again each time. */
export function Prepare({
  asked,
  level,
  programme,
  before,
  old,
  busy,
  onReady,
}: {
  asked: BalanceRequest;
  level: BalanceLevel;
  programme: Programme;
  /** Holds that were done before a reload. */
  before: number;
  /** A session was not finished, and is too old. */
  old: boolean;
  busy: boolean;
  onReady: () => void;
}) {
  const { t, counted } = useLanguage();
  const lines = [
    t(`balance.how.${level.stance}`),
    ...(level.foam ? [t('balance.how.foam')] : []),
    t('balance.how.hold', { seconds: level.hold_s }),
    t('balance.how.support'),
    t(level === asked.levels[0] ? 'balance.how.fine' : 'balance.how.easier'),
  ];
  return (
    <>
      {before > 0 && <Alert tone="plain">{counted('balance.goesOn', before)}</Alert>}
      {old && <Alert tone="careful">{t('balance.old')}</Alert>}
      <PreparePage
        title={t('balance.name')}
        lead={`${t('balance.level', { number: asked.levels.indexOf(level) + 1 })}: ${levelWords(level, t)}`}
        asked={asked}
        programme={programme}
        steps={<StepsList lines={lines} />}
        needed={[
          { id: 'support', label: t('balance.safe.support') },
          { id: 'clear', label: t('phone.clear') },
          ...(level.foam ? [{ id: 'foam', label: t('balance.safe.foam') }] : []),
        ]}
        stop={t('balance.stopAnyTime')}
        busy={busy}
        onReady={onReady}
      />
    </>
  );
}

/** In the pocket the phone measures sway, if the person wants that and its sensors deliver. */
export function PhonePlace({ onPlaced }: { onPlaced: (place: Place) => void }) {
  const { t } = useLanguage();
  const [wanted, setWanted] = useState(false);
  return (
    <Page title={t('balance.place')} lead={t('balance.place.lead')} narrow>
      <div className="actions">
        <Button size="xl" fullWidth onClick={() => onPlaced('beside')}>
          {t('balance.place.beside')}
        </Button>
        {!wanted && (
          <Button size="xl" fullWidth variant="default" onClick={() => setWanted(true)}>
            {t('balance.place.pocket')}
          </Button>
        )}
      </div>
      {wanted && <Pocket onPlaced={() => onPlaced('pocket')} />}
      <div className="actions">
        <NotNow />
      </div>
      <p className="small">{t('balance.private')}</p>
    </Page>
  );
}

function Pocket({ onPlaced }: { onPlaced: () => void }) {
  const { t } = useLanguage();
  const { state, rate_hz, allow } = useSensors();
  const asks = state === 'ask' || state === 'denied' || (state === 'none' && mayAsk());
  return (
    <Stack gap="sm" className="card">
      <p role="status">{t(`phone.sensors.${state}`, { rate: rate_hz })}</p>
      {asks && (
        <Button size="lg" variant="default" onClick={allow}>
          {t('phone.allow')}
        </Button>
      )}
      {state === 'good' && (
        <>
          <StepsList lines={t('balance.place.steps').split('\n')} />
          <Button size="lg" onClick={onPlaced}>
            {t('goOn')}
          </Button>
        </>
      )}
    </Stack>
  );
}

/** The sound that ends a hold with closed eyes, heard where the phone will be. */
function TheEnd({ place, onHeard }: { place: Place; onHeard: () => void }) {
  const { t, language } = useLanguage();
  const [played, setPlayed] = useState<'waits' | 'now' | 'heard'>();
  const words = t('balance.said.open');
  useEffect(() => {
    if (played !== 'waits') return undefined;
    const timer = setTimeout(() => {
      signal(words, language, 'done');
      setPlayed('now');
    }, PUT_AWAY_MS);
    return () => clearTimeout(timer);
  }, [played, words, language]);
  if (played === 'waits' || played === 'now')
    return (
      <InPocket
        cue={t(played === 'waits' ? 'balance.sound.wait' : 'balance.sound.played')}
        label={t('balance.pocket.goOn')}
        onOut={() => setPlayed(played === 'now' ? 'heard' : undefined)}
      />
    );
  return (
    <Stack gap="sm" className="card">
      <Title order={2}>{t('balance.sound')}</Title>
      <p>{t('balance.sound.what')}</p>
      {place === 'pocket' && <p>{t('balance.sound.pocket', { seconds: PUT_AWAY_MS / 1000 })}</p>}
      <Button
        size="lg"
        variant="default"
        onClick={() => {
          wakeVoice();
          if (place === 'beside') signal(words, language, 'done');
          setPlayed(place === 'beside' ? 'heard' : 'waits');
        }}
      >
        {t('balance.sound.play')}
      </Button>
      {played === 'heard' && (
        <Checkbox size="md" label={t('balance.sound.heard')} checked={false} onChange={() => onHeard()} />
      )}
    </Stack>
  );
}

export interface Last {
  /** The support was needed. */
  supported: boolean;
  /** The next hold is at an easier level. */
  easier: boolean;
}

/** The next stance. With closed eyes it starts only after the person has heard how it ends. */
export function Ready({
  level,
  number,
  left,
  last,
  again,
  countFrom,
  place,
  heard,
  onHeard,
  onStart,
  onStop,
  onUnwell,
}: {
  level: BalanceLevel;
  /** Of the level, from 1. */
  number: number;
  left: number;
  /** Undefined: it is the first hold. */
  last: Last | undefined;
  again: boolean;
  /** Of the second task. */
  countFrom: number;
  place: Place;
  heard: boolean;
  onHeard: () => void;
  onStart: () => void;
  onStop: () => void;
  onUnwell: () => void;
}) {
  const { t, counted } = useLanguage();
  const needsSound = level.eyesClosed && !heard;
  return (
    <Page
      title={levelWords(level, t)}
      lead={`${t('balance.level', { number })} · ${counted(last ? 'balance.left' : 'balance.count', left)}`}
      narrow
    >
      <div role="status">
        {again && <Alert tone="careful">{t('balance.again')}</Alert>}
        {last && (
          <Alert tone={last.supported ? 'plain' : 'good'}>
            {t(last.supported ? (last.easier ? 'balance.last.easier' : 'balance.last.same') : 'balance.last.whole')}
          </Alert>
        )}
      </div>
      <div className="card balance-words">
        <StancePicture level={level} />
        <p className="balance-what">{t(`balance.how.${level.stance}`)}</p>
        {level.side !== null && <p className="balance-what">{t(`balance.side.${level.side}`)}</p>}
        {level.foam && <p>{t('balance.how.foam')}</p>}
        {level.eyesClosed && <p>{t('balance.how.closed')}</p>}
        {level.dualTask && <p>{t('balance.how.count', { number: countFrom })}</p>}
        <p>{t(place === 'pocket' ? 'balance.ready.pocket' : 'balance.ready.beside', { seconds: level.hold_s })}</p>
      </div>
      {needsSound && <TheEnd place={place} onHeard={onHeard} />}
      <div className="actions">
        <Button
          size="xl"
          fullWidth
          disabled={needsSound}
          onClick={() => {
            wakeVoice();
            onStart();
          }}
        >
          {t('balance.start')}
        </Button>
        <Button size="lg" variant="default" onClick={onStop}>
          {t('balance.stop')}
        </Button>
        <Button size="lg" color="red.9" onClick={onUnwell}>
          {t('stop.unwell')}
        </Button>
      </div>
      <p className="note">{t('nobodyWatches')}</p>
    </Page>
  );
}
