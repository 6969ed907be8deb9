// SPDX-License-Identifier: Apache-2.0
import { Table } from '@mantine/core';
import type { PostureResult, PostureView } from 'reprise-engine';
import { useLanguage } from '../../translations/language.tsx';
import { isSide } from './points.ts';
import { useValueWords } from './value_words.ts';
import { measureIn, signOf } from './words.ts';

interface Props {
  view: PostureView;
  result: PostureResult;
  /** Of the earlier posture that `result.changes` compare with; undefined: none. */
  comparedWith: string | undefined;
}

export function Values({ view, result, comparedWith }: Props) {
  const { t, day, number } = useLanguage();
  const { signed, named, afterView } = useValueWords(view);
  return (
    <>
      <div className="scrolled" role="group" aria-label={t('posture.values')} tabIndex={0}>
        <Table className="posture-values">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('posture.measure')}</Table.Th>
              <Table.Th>{t('posture.value')}</Table.Th>
              {comparedWith && <Table.Th>{t('posture.change', { day: day(comparedWith.slice(0, 10)) })}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {result.values.map((value) => {
              const change = result.changes.find(
                (one) => one.measure === value.measure && one.part === value.part && one.side === value.side,
              );
              const measure = measureIn(value.measure);
              if (!measure) return null;
              const words = named(measure, afterView(value.part), value.side);
              return (
                <Table.Tr key={words} data-measure={value.measure} data-part={value.part ?? undefined}>
                  <Table.Td>
                    {words}
                    <span className="small"> {t(signOf(measure, isSide(view)))}</span>
                  </Table.Td>
                  <Table.Td className="number">
                    {signed(value.value)}
                    {value.uncertainty !== null && ` ±${number(value.uncertainty)}`} {value.unit}
                  </Table.Td>
                  {comparedWith && (
                    <Table.Td>
                      {change
                        ? t(change.certain ? 'posture.change.more' : 'posture.change.less', {
                            change: signed(change.change),
                            least: number(change.least),
                            unit: change.unit,
                          })
                        : '–'}
                    </Table.Td>
                  )}
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </div>
      {result.gaps.length > 0 && (
        <details className="gaps">
          <summary>{t('posture.gaps', { count: result.gaps.length })}</summary>
          <ul>
            {result.gaps.map(({ measure, part, side, missing }) => (
              <li key={measure + part + String(side)}>
                {named(measure, part, side)}:{' '}
                {missing.length > 0
                  ? t('posture.gap.points', { points: missing.map((one) => t(`posture.point.${one}`)).join(', ') })
                  : t('posture.gap.scale')}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
