// SPDX-License-Identifier: Apache-2.0
import { Button, Title } from '@mantine/core';
import type { PhoneTest, PhoneTestRequest, Programme } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { Page } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { NotNow, PreparePage, StepsList } from '../requests/safe_steps.tsx';
import { mayAsk } from './sensors.ts';
import type { SensorState } from './use_sensors.ts';

/** How the test goes, and what must be ready for it to be safe. */
export function Prepare({
  test,
  asked,
  programme,
  busy,
  onReady,
}: {
  test: PhoneTest;
  asked: PhoneTestRequest;
  programme: Programme;
  busy: boolean;
  onReady: () => void;
}) {
  const { t, number } = useLanguage();
  return (
    <PreparePage
      title={t(`phone.test.${test}`)}
      lead={t(`phone.what.${test}`)}
      asked={asked}
      programme={programme}
      steps={<StepsList lines={t(`phone.steps.${test}`, { meters: number(asked.courseMeters ?? 0) }).split('\n')} />}
      needed={[
        { id: 'support', label: t(`phone.support.${test}`) },
        { id: 'clear', label: t('phone.clear') },
      ]}
      stop={t('phone.stopAnyTime')}
      foot={t('phone.private')}
      busy={busy}
      onReady={onReady}
    />
  );
}

const TONES: Record<SensorState, 'plain' | 'careful' | 'bad' | 'good'> = {
  ask: 'plain',
  denied: 'bad',
  waiting: 'plain',
  none: 'bad',
  part: 'bad',
  slow: 'careful',
  good: 'good',
};

/** Whether the sensors deliver, where the phone goes, and the start. */
export function Check({
  test,
  sensors: { state, rate_hz, allow },
  onStart,
}: {
  test: PhoneTest;
  sensors: { state: SensorState; rate_hz: number; allow: () => void };
  onStart: () => void;
}) {
  const { t } = useLanguage();
  const good = state === 'good';
  return (
    <Page title={t('phone.check')} lead={t(`phone.test.${test}`)}>
      <div role="status">
        <Alert tone={TONES[state]}>
          <p>{t(`phone.sensors.${state}`, { rate: rate_hz })}</p>
        </Alert>
      </div>
      {(state === 'ask' || state === 'denied' || (state === 'none' && mayAsk())) && (
        <div className="actions">
          <Button size="xl" fullWidth onClick={allow}>
            {t('phone.allow')}
          </Button>
        </div>
      )}
      {good && (
        <>
          <div className="card">
            <Title order={2}>{t('phone.place')}</Title>
            <StepsList lines={t('phone.place.steps').split('\n')} />
          </div>
          <div className="actions">
            <Button size="xl" fullWidth onClick={onStart}>
              {t('phone.start')}
            </Button>
          </div>
        </>
      )}
      <div className="actions">
        <NotNow />
      </div>
      <p className="note">{t('nobodyWatches')}</p>
    </Page>
  );
}
