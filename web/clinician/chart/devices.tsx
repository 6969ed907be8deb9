// SPDX-License-Identifier: Apache-2.0
// The devices that measured for a patient, and which of them need attention.
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { Section } from '../../components/section.tsx';
import { LEAST_USABLE, LOW_BATTERY, POOR_IN_A_ROW, type DeviceSeen } from '../../clinical/chart/devices.ts';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import { useLanguage } from '../../translations/language.tsx';

const COLUMNS = ['device', 'seen', 'battery', 'usable', 'said'] as const;

function useNames() {
  const { t } = useLanguage();
  return ({ kind, name }: DeviceSeen) => [t(`devices.kind.${kind}`), name].filter(Boolean).join(', ');
}

/** A line for each device that needs something. */
export function DevicesInNeed({ chart: { devices } }: { chart: Chart }) {
  const { t } = useLanguage();
  const nameOf = useNames();
  const lines = devices.flatMap((device) => device.needs.map((need) => ({ device, need })));
  return lines.length === 0 ? null : (
    <Alert tone="careful">
      {lines.map(({ device, need }) => (
        <p key={`${device.kind} ${device.name} ${need}`}>
          {t(`devices.need.${need}`, {
            device: nameOf(device),
            percent: Math.round((need === 'battery' ? device.battery?.percent : device.usable) ?? 0),
          })}
        </p>
      ))}
    </Alert>
  );
}

function Row({ device }: { device: DeviceSeen }) {
  const { t, moment } = useLanguage();
  const { kind, name, lastSeen, battery, usable, noContact, notices, needs } = device;
  const percent = (value: number | undefined) =>
    value === undefined ? t('devices.unknown') : t('devices.percent', { percent: Math.round(value) });
  const mark = (need: (typeof needs)[number]) =>
    needs.includes(need) && <Badge tone="careful">{t(`devices.mark.${need}`)}</Badge>;
  const said = [
    ...(noContact !== undefined && noContact >= 1 ? [t('devices.noContact', { percent: Math.round(noContact) })] : []),
    ...notices.map((notice) => t(`devices.notice.${notice}`)),
  ];
  return (
    <tr>
      <th scope="row">
        {t(`devices.kind.${kind}`)}
        {name && <span className="small"> {name}</span>}
      </th>
      <td>{moment(new Date(lastSeen).toISOString())}</td>
      <td>
        {percent(battery?.percent)} {mark('battery')}
      </td>
      <td>
        {percent(usable)} {mark('quality')}
      </td>
      <td>{said.join('; ') || '–'}</td>
    </tr>
  );
}

export function Devices({ chart: { devices } }: { chart: Chart }) {
  const { t } = useLanguage();
  return devices.length === 0 ? null : (
    <Section title={t('devices.title')}>
      <p className="small">{t('devices.what', { battery: LOW_BATTERY, usable: LEAST_USABLE, count: POOR_IN_A_ROW })}</p>
      <div className="wide" tabIndex={0} role="region" aria-label={t('devices.list')}>
        <table className="table">
          <thead>
            <tr>
              {COLUMNS.map((one) => (
                <th key={one} scope="col">
                  {t(`devices.column.${one}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {devices.map((device) => (
              <Row key={`${device.kind} ${device.name}`} device={device} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
