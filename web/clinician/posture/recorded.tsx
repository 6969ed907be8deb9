// SPDX-License-Identifier: Apache-2.0
import { Table } from '@mantine/core';
import { useLanguage } from '../../translations/language.tsx';
import type { EarlierPosture, ShownValue } from './record.ts';
import { measureIn } from './words.ts';

/** The postures of the record, their main values in one line each. */
export function RecordedPostures({ postures }: { postures: readonly EarlierPosture[] }) {
  const { t, day, number } = useLanguage();
  const lineOf = ({ measure, side, value, unit, uncertainty }: ShownValue) => {
    // The document has units of UCUM, and all digits.
    const shown = (of: number) => number((unit === 'deg' ? of : Math.round(of)) || 0);
    const known = measureIn(measure);
    const words = [known && t(`sensed.measure.${known}`), side && t(`side.${side}`)].filter(Boolean).join(' ');
    const error = uncertainty === null ? '' : ` ±${shown(uncertainty)}`;
    return `${words} ${shown(value)}${error} ${unit === 'deg' ? '°' : unit}`;
  };
  if (postures.length === 0) return <p className="small">{t('posture.recorded.none')}</p>;
  return (
    <div className="scrolled" role="group" aria-label={t('posture.recorded')} tabIndex={0}>
      <Table className="recorded-postures">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('rom.day')}</Table.Th>
            <Table.Th>{t('posture.view')}</Table.Th>
            <Table.Th>{t('posture.value')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {postures.map(({ address, at, view, values }) => (
            <Table.Tr key={address}>
              <Table.Td>{day(at.slice(0, 10))}</Table.Td>
              <Table.Td>{t(`posture.view.${view}`)}</Table.Td>
              <Table.Td>
                {values
                  .filter(({ part }) => part === view)
                  .map((value) => lineOf(value))
                  .join('; ')}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
