// SPDX-License-Identifier: Apache-2.0
// Fields for pulse, oxygen and blood pressure: typed in, or from a device.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Reprise } from 'reprise-engine';
import { useLanguage } from '../../translations/language.tsx';
import type { HeartState } from './heart.ts';
import { DeviceRow } from '../devices/device_row.tsx';
import { useDevice, type LinkedDevice } from '../devices/use_device.ts';
import { isOld, isSlip, VITALS, type Typed, type Vital } from './values.ts';

/** The strap, and what its contact needs. */
export function StrapRow({
  device,
  state,
  rate,
}: {
  device: LinkedDevice;
  state: HeartState;
  rate?: number | undefined;
}) {
  const { t } = useLanguage();
  return (
    <DeviceRow
      device={device}
      label={t('endurance.strap.connect')}
      text={
        state === 'good' && rate !== undefined
          ? t('endurance.strap.good', { rate })
          : state === 'good'
            ? t('endurance.strap.waiting')
            : t(`endurance.strap.${state}`)
      }
    />
  );
}

/** `show`: which fields; `missing`: those that the clinic's limits need. */
export function Vitals({
  reprise,
  show,
  typed,
  missing,
  oximeter,
  oxygen,
  onTyped,
  onSimulated,
}: {
  reprise: Reprise;
  show: Readonly<Record<Vital, boolean>>;
  typed: Typed;
  missing: readonly Vital[];
  oximeter: LinkedDevice;
  /** Percent, from the oximeter; undefined: none now. */
  oxygen: number | undefined;
  onTyped: (change: Partial<Typed>) => void;
  /** A program made a value, not a device. */
  onSimulated: () => void;
}) {
  const { t } = useLanguage();
  const [cuffSays, setCuffSays] = useState<'waiting' | 'failed' | 'old' | 'given'>('waiting');
  const cuff = useDevice('blood_pressure', ({ bytes, simulated }) => {
    try {
      const { systolic_mmhg, diastolic_mmhg, taken } = reprise.bloodPressureValue(bytes);
      if (isOld(taken, new Date())) {
        setCuffSays('old');
        return;
      }
      onTyped({ systolic: String(Math.round(systolic_mmhg)), diastolic: String(Math.round(diastolic_mmhg)) });
      if (simulated) onSimulated();
      setCuffSays('given');
    } catch {
      setCuffSays('failed');
    }
  });
  const field = (vital: Vital) => (
    <TextInput
      key={vital}
      size="md"
      label={t(`endurance.vital.${vital}`)}
      description={vital === 'pulse' ? t('endurance.vital.pulse.how') : undefined}
      inputMode="decimal"
      autoComplete="off"
      value={typed[vital]}
      onChange={(event) => onTyped({ [vital]: event.currentTarget.value })}
      error={
        isSlip(vital, typed[vital])
          ? t('endurance.vital.slip')
          : missing.includes(vital)
            ? t('endurance.vital.missing')
            : undefined
      }
    />
  );
  return (
    <>
      {VITALS.filter((vital) => show[vital] && !(vital === 'oxygen' && oxygen !== undefined)).map(field)}
      {show.oxygen && (
        <DeviceRow
          device={oximeter}
          label={t('endurance.oximeter.connect')}
          text={
            oxygen === undefined
              ? t('endurance.oximeter.waiting')
              : t('endurance.oximeter.good', { percent: Math.floor(oxygen) })
          }
        />
      )}
      {show.systolic && (
        <DeviceRow device={cuff} label={t('endurance.cuff.connect')} text={t(`endurance.cuff.${cuffSays}`)} />
      )}
    </>
  );
}
