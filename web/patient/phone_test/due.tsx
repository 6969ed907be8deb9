// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import type { PhoneTestRequest, Programme } from 'reprise-engine';
import { Badge } from '../../components/badge.tsx';
import { Section } from '../../components/section.tsx';
import { localTime } from '../../fhir/local_time.ts';
import { useLanguage } from '../../translations/language.tsx';
import { go } from '../../hooks/route.ts';
import { addressOf } from './address.ts';

/** Whether it is to be done today, by the patient's own clock. */
export const isTestDue = ({ done, due }: PhoneTestRequest, today = localTime(new Date()).slice(0, 10)) =>
  !done && (due === null || due <= today);

function Row({ asked }: { asked: PhoneTestRequest }) {
  const { t, day, number } = useLanguage();
  const { test, request, courseMeters, helper, held, answerBy, lastDone, due, done, problem } = asked;
  const title = test ? t(`phone.test.${test}`) : t('phone.title');
  const open = isTestDue(asked);
  return (
    <li className="row">
      <div>
        <strong>{title}</strong> {held && <Badge tone="careful">{t('held.paused.all')}</Badge>}
        {problem !== null ? (
          <p className="small">{t('phone.unclearOrder')}</p>
        ) : (
          <>
            <p className="small">
              {[
                courseMeters !== null && t('phone.course', { meters: number(courseMeters) }),
                helper && t('phone.helper'),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            {answerBy && open && <p className="small">{t('phone.by', { when: day(answerBy) })}</p>}
            {lastDone && <p className="small">{t('phone.last', { when: day(lastDone) })}</p>}
          </>
        )}
      </div>
      <div className="end">
        {problem === null &&
          (open
            ? !held && (
                <Button onClick={() => go(addressOf(request))}>
                  {t('phone.open')}
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

/** On Today: the tests that the clinic has prescribed. */
export function PhoneTestsDue({ programme: { tests } }: { programme: Programme }) {
  const { t } = useLanguage();
  if (tests.length === 0) return null;
  return (
    <Section title={t('phone.title')}>
      <p className="note">{t('phone.lead')}</p>
      <ul className="rows">
        {tests.map((one) => (
          <Row key={one.request} asked={one} />
        ))}
      </ul>
    </Section>
  );
}
