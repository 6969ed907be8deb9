// SPDX-License-Identifier: Apache-2.0
import { Button, Stack, Title } from '@mantine/core';
import type { PhoneTest, PhoneTestRequest, Programme } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { Page } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { go } from '../../hooks/route.ts';
import { useConfirmations } from '../session/confirmations.tsx';
import { mayAsk } from './sensors.ts';
import type { SensorState } from './use_sensors.ts';

/** Steps are the lines of one text. */
export function StepsList({ text }: { text: string }) {
  return (
    <ol className="steps-list">
      {text.split('\n').map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ol>
  );
}

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
  const { check, boxes } = useConfirmations([
    { id: 'support', label: t(`phone.support.${test}`) },
    { id: 'clear', label: t('phone.clear') },
    ...(asked.helper ? [{ id: 'helper', label: t('introduce.helper') }] : []),
  ]);
  return (
    <Page title={t(`phone.test.${test}`)} lead={t(`phone.what.${test}`)}>
      <div className="card">
        <Title order={2}>{t('introduce.steps')}</Title>
        <StepsList text={t(`phone.steps.${test}`, { meters: number(asked.courseMeters ?? 0) })} />
        {asked.instruction && (
          <Alert tone="plain">
            {t('introduce.fromClinic')} {asked.instruction}
          </Alert>
        )}
      </div>
      {programme.weightBearing !== 'full' && (
        <Alert tone="careful">
          {t(`today.bearing.${programme.weightBearing}`)}
          {programme.affectedSide && ` (${t(`plan.side.${programme.affectedSide}`)})`}
        </Alert>
      )}
      <Stack gap="sm" className="card">
        <Title order={2}>{t('phone.safe')}</Title>
        {boxes}
        {asked.supportNote && <p className="small">{asked.supportNote}</p>}
      </Stack>
      <p className="note">{t('phone.stopAnyTime')}</p>
      <div className="actions">
        <Button size="lg" loading={busy} onClick={() => check() && onReady()}>
          {t('goOn')}
        </Button>
        <Button size="lg" variant="default" onClick={() => go('/today')}>
          {t('phone.notNow')}
        </Button>
      </div>
      <p className="note">{t('nobodyWatches')}</p>
      <p className="small">{t('phone.private')}</p>
    </Page>
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
            <StepsList text={t('phone.place.steps')} />
          </div>
          <div className="actions">
            <Button size="xl" fullWidth onClick={onStart}>
              {t('phone.start')}
            </Button>
          </div>
        </>
      )}
      <div className="actions">
        <Button size="lg" variant="default" onClick={() => go('/today')}>
          {t('phone.notNow')}
        </Button>
      </div>
      <p className="note">{t('nobodyWatches')}</p>
    </Page>
  );
}
