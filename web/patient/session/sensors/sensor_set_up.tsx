// SPDX-License-Identifier: Apache-2.0
// Before a set with sensors: putting them on, connecting each, and the movements by which they learn the limb.
import { Button, Stack, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { say, wakeVoice } from '../../../coach/voice.ts';
import { Alert } from '../../../components/alert.tsx';
import { Page } from '../../../components/section.tsx';
import type { Prescribed } from '../../../exercises/prescribed.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { DeviceRow } from '../../devices/device_row.tsx';
import { useDeviceNow } from '../../devices/use_device.ts';
import { useConfirmations } from '../confirmations.tsx';
import { OtherWays } from '../other_ways.tsx';
import type { SensorCoach, WornDevice, WornNow } from './sensor_coach.ts';
import { swingsLeg, type Way } from './ways.ts';
import { useWornWords } from './words.ts';

interface Props {
  coach: SensorCoach;
  devices: readonly WornDevice[];
  now: WornNow;
  prescribed: Prescribed;
  way: Way;
  onReady: () => void;
  onByHand: () => void;
  onHurt: () => void;
  onSkip: () => void;
  onStop: () => void;
}

/** One sensor: where it sits, and its connection. */
function Sensor({
  worn: { place, device },
  prescribed,
  way,
}: Pick<Props, 'prescribed' | 'way'> & { worn: WornDevice }) {
  const { t } = useLanguage();
  const words = useWornWords();
  const linked = useDeviceNow(device);
  const name = way === 'muscle' ? words.muscle(prescribed) : words.place(place);
  return (
    <Stack gap="xs" className="card">
      <Title order={2} className="worn-place">
        {name}
      </Title>
      <p>{words.where(place, prescribed, way)}</p>
      <DeviceRow
        device={linked}
        label={t('worn.connect', { place: name })}
        problem={words.failure(linked.failure)}
        text={t('worn.connected')}
      />
    </Stack>
  );
}

/** What to do now, spoken as well. */
function Calibration({ now, prescribed }: Pick<Props, 'now' | 'prescribed'>) {
  const { t, language } = useLanguage();
  const words = useWornWords();
  const { step, share, trouble, problem } = now;
  const text = words.step(step, prescribed);
  const failed = trouble && (step === 'pose' || step === 'relax') ? t(`worn.trouble.${trouble}`) : '';
  useEffect(() => say([failed, text].filter(Boolean).join(' '), language, 'cue'), [failed, text, language]);
  return (
    <div className="card worn-step" role="status">
      {failed && <Alert tone="careful">{failed}</Alert>}
      {problem && <Alert tone="careful">{words.problem(problem)}</Alert>}
      <p className="worn-text">{text}</p>
      {step !== 'tracking' && step !== 'movement' && <progress max={1} value={share} aria-label={t('worn.progress')} />}
    </div>
  );
}

export function SensorSetUp({
  coach,
  devices,
  now,
  prescribed,
  way,
  onReady,
  onByHand,
  onHurt,
  onSkip,
  onStop,
}: Props) {
  const { t } = useLanguage();
  const [states, setStates] = useState(() => devices.map(({ device }) => device.now().state));
  useEffect(() => {
    const look = () => setStates(devices.map(({ device }) => device.now().state));
    look();
    const ends = devices.map(({ device }) => device.onChange(look));
    return () => {
      for (const end of ends) end();
    };
  }, [devices]);
  const connected = states.every((state) => state === 'connected');
  const leg = way === 'sensors' && swingsLeg(prescribed);
  const { check, boxes } = useConfirmations(leg ? [{ id: 'steady', label: t('worn.steady') }] : []);
  const ready = now.begun && now.step === 'tracking';
  const begin = () => {
    if (!check()) return;
    wakeVoice();
    coach.calibrate();
  };
  // What to do now stands first, above the sensors that are on.
  const learning = connected && now.begun;
  const sensors = devices.map((one) => <Sensor key={one.place} worn={one} prescribed={prescribed} way={way} />);
  return (
    <Page title={t(`worn.title.${way}`)} lead={t(`worn.lead.${way}`)} narrow>
      {!learning && sensors}
      {connected && !now.begun && (
        <Stack gap="sm" className="card">
          <Title order={2}>{t('worn.learn')}</Title>
          <p>{t(way === 'muscle' ? 'worn.learn.muscle' : leg ? 'worn.learn.leg' : 'worn.learn.arm')}</p>
          {boxes}
          <Button size="xl" onClick={begin}>
            {t('worn.begin')}
          </Button>
        </Stack>
      )}
      {learning && <Calibration now={now} prescribed={prescribed} />}
      <div className="actions">
        {connected && ready && (
          <>
            <Button size="xl" onClick={onReady}>
              {t('setUp.start')}
            </Button>
            <Button size="lg" variant="default" onClick={begin}>
              {t('worn.anew')}
            </Button>
          </>
        )}
        <Button size="lg" color="red.9" onClick={onHurt}>
          {t('live.hurts')}
        </Button>
        <OtherWays hand={t('worn.byHand')} onByHand={onByHand} onSkip={onSkip} onStop={onStop} />
      </div>
      {learning && sensors}
      <p className="small">{t('worn.note')}</p>
    </Page>
  );
}
