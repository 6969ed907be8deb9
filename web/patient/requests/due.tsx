// SPDX-License-Identifier: Apache-2.0
// On Today: what the clinic asks the patient to do besides the exercises.
import { Button } from '@mantine/core';
import type { RequestTerms } from 'reprise-engine';
import { Badge } from '../../components/badge.tsx';
import { Section } from '../../components/section.tsx';
import { localTime } from '../../fhir/local_time.ts';
import { go } from '../../hooks/route.ts';
import { useLanguage } from '../../translations/language.tsx';

/** Whether it is to be done today, by the patient's own clock. */
export const isDueNow = ({ done, due }: RequestTerms, today = localTime(new Date()).slice(0, 10)) =>
  !done && (due === null || due <= today);

interface Shown {
  asked: RequestTerms;
  title: string;
  details: readonly string[];
  address: string;
}

function Row({
  asked,
  title,
  details,
  address,
  action,
  unclear,
}: Shown & { action: string | undefined; unclear: string }) {
  const { t, day } = useLanguage();
  const { helper, held, answerBy, lastDone, due, done, problem } = asked;
  const open = isDueNow(asked);
  return (
    <li className="row">
      <div>
        <strong>{title}</strong> {held && <Badge tone="careful">{t('held.paused.all')}</Badge>}
        {problem !== null ? (
          <p className="small">{unclear}</p>
        ) : (
          <>
            <p className="small">{[...details, helper && t('phone.helper')].filter(Boolean).join(' · ')}</p>
            {answerBy && open && <p className="small">{t('phone.by', { when: day(answerBy) })}</p>}
            {lastDone && <p className="small">{t('phone.last', { when: day(lastDone) })}</p>}
          </>
        )}
      </div>
      <div className="end">
        {problem === null &&
          (open
            ? !held &&
              action !== undefined && (
                <Button onClick={() => go(address)}>
                  {action}
                  <span className="hidden"> {title}</span>
                </Button>
              )
            : (done || due !== null) && (
                <Badge tone={done ? 'good' : 'plain'}>
                  {done || due === null ? t('phone.done') : t('questions.next', { when: day(due) })}
                </Badge>
              ))}
      </div>
    </li>
  );
}

/** `action`: on the button; undefined: there is none; `unclear`: where an order cannot be read. */
export function RequestsDue({
  title,
  lead,
  action,
  unclear,
  rows,
}: {
  title: string;
  lead: string;
  action: string | undefined;
  unclear: string;
  rows: readonly Shown[];
}) {
  if (rows.length === 0) return null;
  return (
    <Section title={title}>
      <p className="note">{lead}</p>
      <ul className="rows">
        {rows.map((row) => (
          <Row key={row.asked.request} {...row} action={action} unclear={unclear} />
        ))}
      </ul>
    </Section>
  );
}
