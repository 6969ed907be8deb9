// SPDX-License-Identifier: Apache-2.0
import type { Questionnaire } from 'fhir/r4';
import { Button, Stack } from '@mantine/core';
import type { Hold, Programme } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { Numbers } from '../../components/numbers.tsx';
import { signIn } from '../../clinical/flags/signs.ts';
import { said as inLanguage } from '../../fhir/questionnaire/model.ts';
import { Section } from '../../components/section.tsx';
import { localTime } from '../../fhir/local_time.ts';
import { useLanguage } from '../../translations/language.tsx';
import { go } from '../../hooks/route.ts';

/** Of all exercises. */
export const holdsOfAll = ({ holds }: Programme) => holds.filter(({ exercise }) => exercise === null);

/**
 * Returns whether to omit even the day's questions: only a clinician may lift the hold, or it began today. On a later
 * day the record decides whether the answers are enough; this only decides whether to ask.
 */
export const isClosed = (programme: Programme, today = localTime(new Date()).slice(0, 10)) =>
  holdsOfAll(programme).some(
    ({ needsClinician, known, said }) => needsClinician || !known || (said ?? '').slice(0, 10) >= today,
  );

/** Why nothing may be started now, and whom to call or write to. */
export function HoldCard({
  programme,
  flags,
  onAsk = () => go('/session'),
}: {
  programme: Programme;
  flags: Questionnaire;
  onAsk?: (() => void) | undefined;
}) {
  const { t, language, moment } = useLanguage();
  const holds = holdsOfAll(programme);
  const clinicDecides = holds.some(({ needsClinician }) => needsClinician);
  const questions = ({ questions: ids }: Hold) =>
    ids.map((id) => {
      const item = flags.item?.find(({ linkId }) => linkId === id);
      const sign = signIn(id);
      return inLanguage(item?.text, item?._text, language) || (sign ? t(`work.sign.${sign}`) : id);
    });
  const what = (hold: Hold): string => {
    const when = hold.said ? moment(hold.said) : t('held.before');
    if (hold.questions.length > 0) return t('held.sign', { when });
    if (hold.reasons.includes('not-settled')) return t('held.unsettled', { when });
    if (hold.reasons.some((reason) => reason.startsWith('limit-passed'))) return t('held.limit', { when });
    return hold.pain === null ? t('held.stopped', { when }) : t('held.pain', { when, pain: hold.pain });
  };
  return (
    <Section title={t('held.title')}>
      <Stack gap="md">
        {holds.map((hold) => (
          <Alert key={hold.answers ?? hold.said} tone={hold.needsClinician ? 'bad' : 'careful'}>
            <p>{what(hold)}</p>
            {hold.questions.length > 0 && (
              <ul>
                {questions(hold).map((one) => (
                  <li key={one}>
                    <strong>{one}</strong>
                  </li>
                ))}
              </ul>
            )}
          </Alert>
        ))}
        <p>
          <strong>
            {t(clinicDecides ? 'held.untilClinic' : isClosed(programme) ? 'held.untilTomorrow' : 'held.askAgain')}
          </strong>
        </p>
        {holds.some(({ known }) => !known) && <p role="status">{t('held.unsent')}</p>}
        <Numbers {...programme} />
        <div className="actions">
          {!isClosed(programme) && (
            <Button size="lg" onClick={onAsk}>
              {t('held.check')}
            </Button>
          )}
          <Button size="lg" variant="default" onClick={() => go('/messages')}>
            {t('held.write')}
          </Button>
        </div>
      </Stack>
    </Section>
  );
}
