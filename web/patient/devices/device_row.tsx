// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { Alert } from '../../components/alert.tsx';
import { useLanguage } from '../../translations/language.tsx';
import type { LinkedDevice } from './use_device.ts';

const TONES = {
  none: 'plain',
  idle: 'plain',
  connecting: 'plain',
  connected: 'good',
  lost: 'careful',
  failed: 'bad',
} as const;

/** Connects one device, and says how it is. `text`: what it says while it is connected. */
export function DeviceRow({
  device: { state, name, battery, connect },
  label,
  text,
  problem,
  unused = false,
}: {
  device: LinkedDevice;
  label: string;
  text?: string | undefined;
  /** Why it failed, in words; undefined: the usual reasons. */
  problem?: string | undefined;
  /** Its last value was not taken. */
  unused?: boolean;
}) {
  const { t } = useLanguage();
  if (state === 'none') return <p className="small">{t('device.none')}</p>;
  return (
    <div className="device-row">
      {state !== 'idle' && (
        <div role="status">
          <Alert tone={state === 'connected' && unused ? 'careful' : TONES[state]}>
            <p>{(state === 'connected' && text) || (state === 'failed' && problem) || t(`device.${state}`)}</p>
            {state === 'connected' && (
              <p className="small">
                {[name, battery !== undefined && t('device.battery', { percent: battery })].filter(Boolean).join(' · ')}
              </p>
            )}
          </Alert>
        </div>
      )}
      {(state === 'idle' || state === 'failed' || state === 'lost') && (
        <Button size="lg" variant="default" onClick={connect}>
          {label}
        </Button>
      )}
    </div>
  );
}
