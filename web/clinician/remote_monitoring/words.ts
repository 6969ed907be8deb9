// SPDX-License-Identifier: Apache-2.0
// What the engine says, in words.
import type { ClaimLine, RemoteMonitoring } from 'reprise-engine';
import { useLanguage } from '../../translations/language.tsx';

type Missing = RemoteMonitoring['missing'][number];
export const TONE = { ready: 'good', waiting: 'plain', blocked: 'careful', claimed: 'plain' } as const;

/** What a row is about: rows are named so in catalog/billing. */
export function kindOf(row: string): 'setUp' | 'supply' | 'management' | 'more' {
  if (row === 'set-up') return 'setUp';
  if (row.startsWith('supply-')) return 'supply';
  return row.startsWith('management-more') ? 'more' : 'management';
}

export function useMonitoringWords() {
  const { t, counted, day } = useLanguage();
  const daysOf = (from: string, to: string) =>
    from === to ? day(from) : t('rtm.period', { from: day(from), to: day(to) });
  return {
    daysOf,
    line: ({ row, counted: count }: ClaimLine) => {
      const kind = kindOf(row);
      const unit = kind === 'setUp' || kind === 'supply' ? 'rtm.days' : 'rtm.minutes';
      return `${t(`rtm.kind.${kind}`)}, ${counted(unit, count)}`;
    },
    missing: ({ need, amount, by, code }: Missing) => {
      const until = t('rtm.by', { day: day(by) });
      const so = code ? ` (${code})` : '';
      if (need === 'data_days') return `${counted('rtm.moreDays', amount)} ${until}${so}`;
      if (need === 'minutes') return `${counted('rtm.moreMinutes', amount)} ${until}${so}`;
      return `${t(need === 'interaction' ? 'rtm.needTalk' : 'rtm.needSetUp')} ${until}${so}`;
    },
  };
}
