// SPDX-License-Identifier: Apache-2.0
import type { ClaimLine } from 'reprise-engine';
import { Badge } from '../../components/badge.tsx';
import { useLanguage } from '../../translations/language.tsx';
import type { Loaded } from './load.ts';
import { TONE, useMonitoringWords } from './words.ts';

const TYPES = ['Procedure', 'Observation', 'QuestionnaireResponse', 'Task', 'Encounter'] as const;

function Evidence({ references, moments }: { references: readonly string[]; moments: Loaded['moments'] }) {
  const { t, counted, moment, day } = useLanguage();
  const shown = (when: string) => (when.length > 10 ? moment(when) : day(when));
  return (
    <details>
      <summary>{counted('rtm.evidence', references.length)}</summary>
      <ul className="plain">
        {references.map((reference) => {
          const when = moments.get(reference);
          const type = TYPES.find((one) => reference.startsWith(`${one}/`));
          return (
            <li key={reference}>
              {type && t(`rtm.evidence.${type}`)}, {when ? shown(when) : t('rtm.evidence.undated')}{' '}
              <span className="small">{reference}</span>
            </li>
          );
        })}
      </ul>
    </details>
  );
}

/** What may be claimed, what may not and why, each with what it rests on. */
export function ClaimLines({ lines, moments }: { lines: readonly ClaimLine[]; moments: Loaded['moments'] }) {
  const { t } = useLanguage();
  const words = useMonitoringWords();
  if (lines.length === 0) return <p className="none">{t('rtm.lines.none')}</p>;
  return (
    <ul className="lines">
      {[...lines].reverse().map((line) => (
        <li key={`${line.code} ${line.from}`}>
          <div className="line-head">
            <span>
              <strong>{line.code}</strong>
              {line.units > 1 && ` × ${line.units}`} · {words.line(line)}
            </span>
            <Badge tone={TONE[line.state]}>{t(`rtm.state.${line.state}`)}</Badge>
          </div>
          <p className="small">
            {words.daysOf(line.from, line.to)} · {t('rtm.rule', { rule: `${line.rules}/${line.row}` })}
          </p>
          {line.reasons.length > 0 && (
            <ul className="plain">
              {line.reasons.map(({ why, row, evidence }) => (
                <li key={`${why} ${row} ${evidence}`}>{t(`rtm.why.${why}`)}</li>
              ))}
            </ul>
          )}
          <Evidence references={line.evidence} moments={moments} />
        </li>
      ))}
    </ul>
  );
}
