// SPDX-License-Identifier: Apache-2.0
// Before a set with sensors: putting them on, connecting each, and the movements by which they learn the limb.
import { Button, Stack, Title } from '@mantine/core';
import { wakeVoice } from '../../../coach/voice.ts';
import { Page } from '../../../components/section.tsx';
import type { Prescribed } from '../../../exercises/prescribed.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { useAllConnected } from '../../devices/use_device.ts';
import { useConfirmations } from '../confirmations.tsx';
import { OtherWays } from '../other_ways.tsx';
import type { SensorCoach, WornDevice, WornNow } from './sensor_coach.ts';
import { swingsLeg, type Way } from './ways.ts';
import { useWornWords } from './words.ts';
import { WornCard, WornStep } from './worn_parts.tsx';

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
  const words = useWornWords();
  return (
    <WornCard name={way === 'muscle' ? words.muscle(prescribed) : words.place(place)} device={device}>
      <p>{words.where(place, prescribed, way)}</p>
    </WornCard>
  );
}

function Calibration({ now, prescribed }: Pick<Props, 'now' | 'prescribed'>) {
  const { t } = useLanguage();
  const words = useWornWords();
  const { step, share, trouble, problem } = now;
  return (
    <WornStep
      text={words.step(step, prescribed)}
      failed={trouble && (step === 'pose' || step === 'relax') ? t(`worn.trouble.${trouble}`) : ''}
      problem={problem && words.problem(problem)}
      share={step === 'tracking' || step === 'movement' ? undefined : share}
    />
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
  const connected = useAllConnected(devices);
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
