// SPDX-License-Identifier: Apache-2.0
// Fields for pulse, oxygen and blood pressure: typed in, or from a device.
import { TextInput } from '@mantine/core';
import type { DeviceNotice } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { DeviceRow } from '../devices/device_row.tsx';
import type { LinkedDevice } from '../devices/use_device.ts';
import type { HeartState } from './heart.ts';
import type { Sensors } from './use_sensors.ts';
import { isSlip, VITALS, type Typed, type Vital } from './values.ts';

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

/** What a device says of its values, and what to do. */
function Notices({ notices }: { notices: readonly DeviceNotice[] }) {
  const { t } = useLanguage();
  return notices.length === 0 ? null : (
    <div role="status">
      <Alert tone="careful">
        {notices.map((notice) => (
          <p key={notice}>{t(`endurance.notice.${notice}`)}</p>
        ))}
      </Alert>
    </div>
  );
}

/** `show`: which fields; `missing`: those that the clinic's limits need. */
export function Vitals({
  show,
  typed,
  missing,
  sensors: { oximeter, cuff, cuffSays, now },
  onTyped,
}: {
  show: Readonly<Record<Vital, boolean>>;
  typed: Typed;
  missing: readonly Vital[];
  sensors: Sensors;
  onTyped: (change: Partial<Typed>) => void;
}) {
  const { t } = useLanguage();
  const { oxygen, oxygenNotice } = now;
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
        <>
          <DeviceRow
            device={oximeter}
            label={t('endurance.oximeter.connect')}
            text={
              oxygen === undefined
                ? t('endurance.oximeter.waiting')
                : t('endurance.oximeter.good', { percent: Math.floor(oxygen) })
            }
          />
          <Notices notices={oxygenNotice ? [oxygenNotice] : []} />
        </>
      )}
      {show.systolic && (
        <>
          <DeviceRow
            device={cuff}
            label={t('endurance.cuff.connect')}
            text={t(`endurance.cuff.${cuffSays.result}`)}
            unused={cuffSays.result !== 'waiting' && cuffSays.result !== 'given'}
          />
          <Notices notices={cuffSays.notices} />
        </>
      )}
    </>
  );
}
