// SPDX-License-Identifier: Apache-2.0
// Parts of the screens on which worn sensors are set up.
import { Stack, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { say } from '../../../coach/voice.ts';
import { Alert } from '../../../components/alert.tsx';
import { useLanguage } from '../../../translations/language.tsx';
import type { Device } from '../../devices/device.ts';
import { DeviceRow } from '../../devices/device_row.tsx';
import { useDeviceNow } from '../../devices/use_device.ts';
import { useWornWords } from './words.ts';

/** One sensor and its connection; `children`: where it sits. */
export function WornCard({ name, device, children }: { name: string; device: Device; children?: ReactNode }) {
  const { t } = useLanguage();
  const words = useWornWords();
  const linked = useDeviceNow(device);
  return (
    <Stack gap="xs" className="card">
      <Title order={2} className="worn-place">
        {name}
      </Title>
      {children}
      <DeviceRow
        device={linked}
        label={t('worn.connect', { place: name })}
        problem={words.failure(linked.failure)}
        text={t('worn.connected')}
      />
    </Stack>
  );
}

/** What to do now, spoken as well. `failed`: why the attempt before failed; `share`: of the step, if it has an end. */
export function WornStep({
  text,
  failed,
  problem,
  share,
}: {
  text: string;
  failed: string;
  problem: string | undefined;
  share: number | undefined;
}) {
  const { t, language } = useLanguage();
  useEffect(() => say([failed, text].filter(Boolean).join(' '), language, 'cue'), [failed, text, language]);
  return (
    <div className="card worn-step" role="status">
      {failed && <Alert tone="careful">{failed}</Alert>}
      {problem && <Alert tone="careful">{problem}</Alert>}
      <p className="worn-text">{text}</p>
      {share !== undefined && <progress max={1} value={share} aria-label={t('worn.progress')} />}
    </div>
  );
}
