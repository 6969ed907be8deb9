// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { memo } from 'react';
import { Link } from '../../components/link.tsx';
import { Badge } from '../../components/badge.tsx';
import { useWhoWords } from '../../components/who.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { addressOfChart } from '../../clinical/chart/address.ts';
import { ageOn } from '../../fhir/people.ts';
import type { Reason, Row as RowData } from '../../clinical/flags/worklist.ts';

const SHOWN = 3;
const TONES = { now: 'bad', soon: 'careful', watch: 'plain' } as const;

interface Props {
  row: RowData;
  words: (reason: Reason) => string;
  onFlags: (id: string) => void;
}

/** Shows a patient, the reasons, and waiting items. The browser skips rows outside the screen (worklist.css). */
export const Row = memo(function Row({ row, words, onFlags }: Props) {
  const { t, counted } = useLanguage();
  const { behind } = useWhoWords();
  const { id, name, birthDate, gender, reasons, snoozed, messages, erasure, notes } = row;
  const first = reasons[0]?.urgency;
  const age = birthDate ? ageOn(birthDate, new Date()) : undefined;
  return (
    <li className="work" data-urgency={first ?? 'none'}>
      <div className="who">
        <Link href={addressOfChart(id)} data-row={id}>
          {name}
        </Link>
        <span className="small">
          {[
            behind(row),
            age !== undefined && t('chart.age', { years: age }),
            gender === 'female' || gender === 'male' ? t(`work.gender.${gender}`) : undefined,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <div className="why">
        {first && <Badge tone={TONES[first]}>{t(`work.urgency.${first}`)}</Badge>}
        {reasons.some(({ hold }) => hold === 'on') && <Badge tone="bad">{t('work.onHold')}</Badge>}
        {reasons.length === 0 && (
          <span className="small">
            {snoozed.length > 0 ? counted('work.snoozed', snoozed.length) : t('work.nothing')}
          </span>
        )}
        {reasons.length > 0 && (
          <ul>
            {reasons.slice(0, SHOWN).map((reason) => (
              <li key={reason.flag}>
                {words(reason)}
                {reason.times > 1 && <span className="small"> {counted('work.times', reason.times)}</span>}
              </li>
            ))}
            {reasons.length > SHOWN && <li className="small">{counted('work.more', reasons.length - SHOWN)}</li>}
          </ul>
        )}
      </div>
      <div className="waits">
        {messages > 0 && (
          <Link
            href={addressOfChart(id, 'messages')}
            aria-label={t('inbox.of', { what: erasure ? t('work.erasure') : counted('work.messages', messages), name })}
          >
            <Badge tone={erasure ? 'bad' : 'careful'}>
              {erasure ? t('work.erasure') : counted('work.messages', messages)}
            </Badge>
          </Link>
        )}
        {notes > 0 && (
          <Link
            href={addressOfChart(id, 'notes')}
            aria-label={t('inbox.of', { what: counted('work.notes', notes), name })}
          >
            <Badge tone="plain">{counted('work.notes', notes)}</Badge>
          </Link>
        )}
        {reasons.length + snoozed.length > 0 && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => onFlags(id)}
            aria-label={t('work.decide.of', { name })}
          >
            {t('work.decide')}
          </Button>
        )}
      </div>
    </li>
  );
});
