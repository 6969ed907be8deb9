// SPDX-License-Identifier: Apache-2.0
import { useLanguage } from '../../../translations/language.tsx';
import type { Deed } from './deeds.ts';
import './deeds.css';

/** Strokes on a field of 24 by 24. */
const SIGNS: Record<Exclude<Deed, `repetitions-${string}`>, string> = {
  // A flag.
  'first-session': 'M7 20V4M7 5h10l-3 3.5L17 12H7',
  // A calendar.
  'first-week': 'M4 6h16v13H4zM4 10h16M8 3v5M16 3v5M8 14h.5M12 14h.5M16 14h.5',
  // A way that turns back.
  'came-back': 'M19 18v-4a5 5 0 0 0-5-5H5M9 5L5 9l4 4',
  // A speech bubble.
  asked: 'M4 5h16v11h-8l-4 4v-4H4zM8 9h8M8 12h5',
  // An open book.
  'read-five': 'M12 6C9.5 4.5 6.5 4.5 4 5v13c2.5-.5 5.5-.5 8 1 2.5-1.5 5.5-1.5 8-1V5c-2.5-.5-5.5-.5-8 1zM12 6v13',
};

function Sign({ deed }: { deed: Deed }) {
  const [, number] = /^repetitions-(\d+)$/.exec(deed) ?? [];
  return (
    <svg viewBox="0 0 40 40" aria-hidden="true">
      <circle cx="20" cy="20" r="18.5" />
      {number ? (
        <text x="20" y="20" dy="0.35em" textAnchor="middle">
          {number}
        </text>
      ) : (
        <path d={SIGNS[deed as keyof typeof SIGNS]} transform="translate(8 8)" />
      )}
    </svg>
  );
}

export function DeedList({ deeds }: { deeds: readonly Deed[] }) {
  const { t } = useLanguage();
  return (
    <ul className="deeds">
      {deeds.map((deed) => (
        <li key={deed}>
          <Sign deed={deed} />
          <span>{t(`deed.${deed}`)}</span>
        </li>
      ))}
    </ul>
  );
}
