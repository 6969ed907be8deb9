// SPDX-License-Identifier: Apache-2.0
// The screens around an endurance session: what must be ready, values at rest, values afterwards.
import { Button, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import type { EnduranceSign, Programme } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { Numbers } from '../../components/numbers.tsx';
import { Page } from '../../components/section.tsx';
import { go } from '../../hooks/route.ts';
import { useLanguage } from '../../translations/language.tsx';
import { NotNow, PreparePage, StepsList } from '../requests/safe_steps.tsx';
import type { Asked } from './asked.ts';
import type { HeartState } from './heart.ts';
import { RatingFields } from './rating.tsx';
import { Unwatched } from './unwatched.tsx';
import type { Sensors } from './use_sensors.ts';
import { isSlip, VITALS, vitalsFor, type Rating, type Typed, type Vital } from './values.ts';
import { StrapRow, Vitals } from './vitals.tsx';

/** How the session goes, and what must be ready for it to be safe. */
export function Prepare({
  asked,
  programme,
  busy,
  onReady,
}: {
  asked: Asked;
  programme: Programme;
  busy: boolean;
  onReady: () => void;
}) {
  const { t, counted, number } = useLanguage();
  const { activity, scale, effort, warmUp_min, main_min, coolDown_min } = asked;
  const phases = [
    warmUp_min > 0 && counted('endurance.prepare.warm_up', warmUp_min),
    t('endurance.prepare.main', {
      count: main_min,
      effort: t(`endurance.effort.${scale}`, { low: number(effort.low), high: number(effort.high) }),
    }),
    coolDown_min > 0 && counted('endurance.prepare.cool_down', coolDown_min),
    t('endurance.prepare.talk'),
  ];
  return (
    <PreparePage
      title={t(`endurance.activity.${activity}`)}
      lead={t('endurance.prepare.lead')}
      asked={asked}
      programme={programme}
      steps={<StepsList lines={phases.filter((line) => line !== false)} />}
      needed={[
        { id: 'support', label: t(`endurance.safe.${activity}`) },
        { id: 'phone', label: t('endurance.safe.phone') },
      ]}
      stop={t('endurance.stopAnyTime')}
      busy={busy}
      onReady={onReady}
    />
  );
}

interface MeasuringProps {
  asked: Asked;
  typed: Typed;
  rating: Rating;
  sensors: Sensors;
  heart: { state: HeartState; rate: number | undefined };
  oxygen: number | undefined;
  busy: boolean;
  onTyped: (change: Partial<Typed>) => void;
  onRating: (change: Partial<Rating>) => void;
}

const VITAL_OF: Partial<Record<EnduranceSign, Vital>> = {
  'heart-rate': 'pulse',
  'oxygen-saturation': 'oxygen',
  systolic: 'systolic',
  diastolic: 'diastolic',
};

/** Values at rest. `missing`: what the clinic's limits need first. */
export function Before({
  missing,
  onStart,
  ...props
}: MeasuringProps & { missing: readonly EnduranceSign[]; onStart: () => void }) {
  const { t } = useLanguage();
  const { asked, typed, rating, sensors, heart, oxygen, busy, onRating } = props;
  const [attempted, setAttempted] = useState(false);
  const whole = rating.effort !== undefined && rating.breathlessness !== undefined;
  const slips = VITALS.some((vital) => isSlip(vital, typed[vital]));
  const start = () => {
    setAttempted(true);
    if (whole && !slips) onStart();
  };
  return (
    <Page title={t('endurance.before')} lead={t('endurance.before.lead')} narrow>
      <Stack gap="md" className="card">
        <Title order={2}>{t('endurance.strap')}</Title>
        <p className="small">{t('endurance.strap.what')}</p>
        <StrapRow device={sensors.strap} {...heart} />
        <Vitals
          {...props}
          show={vitalsFor(asked.limits, heart.rate !== undefined)}
          missing={attempted ? missing.flatMap((sign) => VITAL_OF[sign] ?? []) : []}
        />
        <Unwatched limits={asked.limits} rate={heart.rate} oxygen={oxygen} />
      </Stack>
      <div className="card">
        <RatingFields atRest scale={asked.scale} rating={rating} attempted={attempted} onRating={onRating} />
      </div>
      {attempted && (slips || !whole || missing.length > 0) && (
        <Alert tone="careful" role="alert">
          {t(slips ? 'endurance.vital.slip' : whole ? 'endurance.before.missing' : 'scale.missing')}
        </Alert>
      )}
      <div className="actions">
        <Button size="xl" fullWidth loading={busy} onClick={start}>
          {t('phone.start')}
        </Button>
        <NotNow />
      </div>
      <p className="note">{t('nobodyWatches')}</p>
    </Page>
  );
}

/** Ratings and values at the end; only the ratings are required. `interrupted`: by a reload of the page. */
export function After({
  interrupted,
  onDone,
  onUnwell,
  ...props
}: MeasuringProps & { interrupted: boolean; onDone: () => void; onUnwell: () => void }) {
  const { t } = useLanguage();
  const { asked, typed, rating, heart, busy, onRating } = props;
  const [attempted, setAttempted] = useState(false);
  const whole = rating.effort !== undefined && rating.breathlessness !== undefined;
  const slips = VITALS.some((vital) => isSlip(vital, typed[vital]));
  return (
    <Page title={t('endurance.after')} lead={t('endurance.after.lead')} narrow>
      {interrupted && <Alert tone="careful">{t('endurance.interrupted')}</Alert>}
      <div className="card">
        <RatingFields scale={asked.scale} rating={rating} attempted={attempted} onRating={onRating} />
      </div>
      <Stack gap="md" className="card">
        <Vitals {...props} show={vitalsFor(asked.limits, heart.rate !== undefined)} missing={[]} />
      </Stack>
      {attempted && (slips || !whole) && (
        <Alert tone="careful" role="alert">
          {t(slips ? 'endurance.vital.slip' : 'scale.missing')}
        </Alert>
      )}
      <div className="actions">
        <Button
          size="lg"
          loading={busy}
          onClick={() => {
            setAttempted(true);
            if (whole && !slips) onDone();
          }}
        >
          {t('goOn')}
        </Button>
        <Button size="lg" color="red.9" onClick={onUnwell}>
          {t('stop.unwell')}
        </Button>
      </div>
    </Page>
  );
}

/** A value has passed a limit: no start today, or stop now. */
export function LimitPassed({
  during,
  passed,
  programme,
  onGoOn,
}: {
  during: boolean;
  passed: readonly EnduranceSign[];
  programme: Programme;
  /** To the questions about warning signs; undefined: it did not start. */
  onGoOn?: () => void;
}) {
  const { t } = useLanguage();
  return (
    <Page title={t(during ? 'endurance.stopNow' : 'endurance.notToday')} narrow>
      <Alert tone="bad" role="alert">
        <p>{t(during ? 'endurance.stopNow.what' : 'endurance.notToday.what')}</p>
        {passed.map((sign) => (
          <p key={sign}>{t(`endurance.sign.${sign}`)}</p>
        ))}
      </Alert>
      <div className="card">
        <Numbers {...programme} />
      </div>
      <p className="note">{t('nobodyWatches')}</p>
      <div className="actions">
        {onGoOn ? (
          <Button size="lg" onClick={onGoOn}>
            {t('goOn')}
          </Button>
        ) : (
          <Button size="lg" variant="default" onClick={() => go('/today')}>
            {t('session.toToday')}
          </Button>
        )}
      </div>
    </Page>
  );
}
