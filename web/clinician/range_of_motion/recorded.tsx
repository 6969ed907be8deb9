// SPDX-License-Identifier: Apache-2.0
import { Table } from '@mantine/core';
import { useLanguage } from '../../translations/language.tsx';
import type { Recorded } from '../../clinical/recorded_ranges.ts';
import { neutralZero } from '../../coach/range/angles.ts';
import { nameOf, RANGE_TESTS, rangeTest } from '../../coach/range/range_tests.ts';

type Newest = (test: string, passive: boolean, side: Recorded['side']) => Recorded | undefined;

const newestIn =
  (values: readonly Recorded[]): Newest =>
  (test, passive, side) =>
    values.find((one) => one.test === test && one.passive === passive && one.side === side);

/** Both directions in neutral-zero notation, of the newest values; nothing where one was not measured. */
function notation(newest: Newest, id: string, passive: boolean, side: Recorded['side']): string | undefined {
  const test = rangeTest(id);
  if (test?.pair?.place !== 'first') return undefined;
  const [first, last] = [newest(id, passive, side), newest(test.pair.opposite, passive, side)];
  return first && last && alike(first, last) ? neutralZero(first.degrees, last.degrees) : undefined;
}

/** Only these are compared: measured on one day by one method. */
const alike = (a: Recorded, b: Recorded) => a.method === b.method && a.at.slice(0, 10) === b.at.slice(0, 10);

const shown = (one: Recorded | undefined) =>
  one ? `${Math.round(one.degrees)}°${one.uncertainty === undefined ? '' : ` ±${Math.round(one.uncertainty)}`}` : '–';

/** The newest value of each movement. */
export function RecordedRanges({ values }: { values: readonly Recorded[] }) {
  const { t, language, day } = useLanguage();
  const newest = newestIn(values);
  const rows = RANGE_TESTS.flatMap((test) =>
    [false, true].flatMap((passive) => {
      const of = values.filter((one) => one.test === test.id && one.passive === passive);
      return of.length > 0 ? [{ test, passive, at: of[0]?.at ?? '' }] : [];
    }),
  );
  if (rows.length === 0) return <p className="small">{t('rom.recorded.none')}</p>;
  return (
    <div className="scrolled">
      <Table className="recorded-ranges">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('rom.test')}</Table.Th>
            <Table.Th>{t('side.left')}</Table.Th>
            <Table.Th>{t('side.right')}</Table.Th>
            <Table.Th>{t('rom.difference')}</Table.Th>
            <Table.Th>{t('rom.neutralZero')}</Table.Th>
            <Table.Th>{t('rom.day')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ test, passive, at }) => {
            const [left, right] = [newest(test.id, passive, 'left'), newest(test.id, passive, 'right')];
            const pairs = (test.sided ? (['left', 'right'] as const) : [undefined]).flatMap((side) => {
              const text = notation(newest, test.id, passive, side);
              return text ? [side ? `${t(`side.${side}`)} ${text}` : text] : [];
            });
            return (
              <Table.Tr key={`${test.id} ${String(passive)}`}>
                <Table.Td>
                  {nameOf(test, language)}
                  {passive && `, ${t('rom.isPassive')}`}
                </Table.Td>
                {test.sided ? (
                  <>
                    <Table.Td>{shown(left)}</Table.Td>
                    <Table.Td>{shown(right)}</Table.Td>
                    <Table.Td>
                      {left && right && alike(left, right) ? `${Math.round(left.degrees - right.degrees)}°` : '–'}
                    </Table.Td>
                  </>
                ) : (
                  <>
                    <Table.Td colSpan={2}>{shown(newest(test.id, passive, undefined))}</Table.Td>
                    <Table.Td>–</Table.Td>
                  </>
                )}
                <Table.Td>{pairs.join('; ')}</Table.Td>
                <Table.Td>{day(at.slice(0, 10))}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}
