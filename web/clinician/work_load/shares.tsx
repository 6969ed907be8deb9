// SPDX-License-Identifier: Apache-2.0
import { Table } from '@mantine/core';
import type { ShareRange, WorkLoad } from 'reprise-engine';
import { useLanguage, type Key } from '../../translations/language.tsx';
import { useRangeWords } from './use_range_words.ts';

const percent = (share: number) => `${Math.round(100 * share)}\u00a0%`;

/** How much of the time each action level holds, surely and possibly. */
export function Shares({ load }: { load: WorkLoad }) {
  const { t } = useLanguage();
  const words = useRangeWords();
  const between = ({ surely, possibly }: ShareRange) => words([surely, possibly], percent);
  return (
    <div className="scrolled">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('workload.shares.level')}</Table.Th>
            <Table.Th>{t('workload.shares.measured')}</Table.Th>
            <Table.Th>{t('workload.shares.range')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {load.load.levels.map(({ level, all, measured }) => (
            <Table.Tr key={level} data-level={level}>
              <Table.Td>
                <strong>{level}</strong> {t(`workload.level.${load.method}.${level}` as Key)}
              </Table.Td>
              <Table.Td>{between(measured)}</Table.Td>
              <Table.Td>
                {between(all)}
                <svg className="share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                  <rect className="ground" width={100} height={6} />
                  <rect className="all" width={100 * all.possibly} height={6} />
                  <rect className="measured" width={100 * measured.surely} height={6} />
                </svg>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
