// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { Badge } from '../../components/badge.tsx';
import { useLanguage } from '../../translations/language.tsx';
import type { Line } from './plot.tsx';

/** More rows than this are shown in parts. */
const PART = 200;

/**
 * Lists the numbers of a graph, the newest first, with the reason why a number is not drawn. The rows are built when a
 * user opens the list.
 */
export function Numbers({ lines, unit, digits = 0 }: { lines: readonly Line[]; unit: string; digits?: number }) {
  const { t, moment } = useLanguage();
  const [open, setOpen] = useState(false);
  const [parts, setParts] = useState(1);
  const rows = open
    ? lines.flatMap(({ label, points }) => points.map((point) => ({ label, ...point }))).sort((a, b) => b.at - a.at)
    : [];
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('chart.numbers')}</summary>
      {open && (
        <>
          <div className="wide" tabIndex={0} role="region" aria-label={t('chart.numbers')}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t('chart.when')}</th>
                  {lines.length > 1 && <th scope="col">{t('chart.what')}</th>}
                  <th scope="col">{t('chart.value')}</th>
                  <th scope="col">{t('chart.uncertainty')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.slice(0, parts * PART).map(({ label, at, value, uncertainty, trouble }, i) => (
                  <tr key={i}>
                    <td>{moment(new Date(at).toISOString())}</td>
                    {lines.length > 1 && <td>{label}</td>}
                    <td>
                      {value.toFixed(digits)}
                      {trouble === 'unit' ? '' : unit}{' '}
                      {trouble && <Badge tone="careful">{t(`chart.trouble.${trouble}`)}</Badge>}
                    </td>
                    <td>{uncertainty === undefined ? '–' : `± ${uncertainty.toFixed(digits)}${unit}`}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {rows.length > parts * PART && (
            <button type="button" className="more" onClick={() => setParts(parts + 1)}>
              {t('chart.more')}
            </button>
          )}
        </>
      )}
    </details>
  );
}
