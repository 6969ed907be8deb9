// SPDX-License-Identifier: Apache-2.0
// The values that two postures have in common, and how they changed.
import { Table } from '@mantine/core';
import { useMemo } from 'react';
import type { PostureResult, PostureView } from 'reprise-engine';
import { useEngine } from '../../../data/engine.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { isSide } from '../points.ts';
import type { EarlierPosture } from '../record.ts';
import { useValueWords } from '../value_words.ts';
import { measureIn, signOf } from '../words.ts';

interface Props {
  view: PostureView;
  before: EarlierPosture;
  after: EarlierPosture;
}

export function ComparedValues({ view, before, after }: Props) {
  const { t, day, number } = useLanguage();
  const { signed, named, afterView } = useValueWords(view);
  const reprise = useEngine();
  const changes = useMemo((): PostureResult['changes'] | undefined => {
    try {
      return reprise?.postureChanges({ now: after.document, earlier: before.document });
    } catch {
      return []; // a document of an engine that this one cannot read
    }
  }, [reprise, before, after]);
  if (!changes) return null;
  if (changes.length === 0) return <p>{t('posture.compare.nothing')}</p>;
  return (
    <div className="scrolled" role="group" aria-label={t('posture.values')} tabIndex={0}>
      <Table className="posture-values compared-values">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('posture.measure')}</Table.Th>
            <Table.Th>{day(before.at.slice(0, 10))}</Table.Th>
            <Table.Th>{day(after.at.slice(0, 10))}</Table.Th>
            <Table.Th>{t('posture.compare.change')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map(({ measure, part, side, earlier, change, least, certain, unit }) => {
            const known = measureIn(measure);
            if (!known) return null;
            const words = named(known, afterView(part), side);
            return (
              <Table.Tr key={words} data-measure={measure} data-part={part ?? undefined}>
                <Table.Td>
                  {words}
                  <span className="small"> {t(signOf(known, isSide(view)))}</span>
                </Table.Td>
                <Table.Td className="number">{`${signed(earlier)} ${unit}`}</Table.Td>
                <Table.Td className="number">{`${signed(earlier + change)} ${unit}`}</Table.Td>
                <Table.Td>
                  {t(certain ? 'posture.change.more' : 'posture.change.less', {
                    change: signed(change),
                    least: number(least),
                    unit,
                  })}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}
