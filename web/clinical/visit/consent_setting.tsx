import { Stack, Switch } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useAct, useLoaded } from '../../hooks/act.ts';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Asked, Section } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { answerVisits, visitsConsented, wordsOfVisits } from './consent.ts';

/** In the settings of a patient: takes back what was said about video visits, or says it anew. */
export function VisitConsent() {
  const { t, language } = useLanguage();
  const {
    account: { person = '' },
  } = useAccount();
  const asked = useLoaded(useCallback(async () => ({ consent: await visitsConsented(person) }), [person]));
  const { failure, act } = useAct();
  const [chosen, setChosen] = useState<boolean>();
  const change = async (permits: boolean) => {
    setChosen(permits);
    const kept = await act(async () => {
      await answerVisits(person, permits, language, wordsOfVisits(t, permits));
      await asked.reload();
    });
    if (!kept) setChosen(undefined);
  };
  return (
    <Section title={t('visit.setting')}>
      <Asked asked={asked}>
        {({ consent }) =>
          consent === undefined ? (
            <p className="note">{t('visit.setting.unasked')}</p>
          ) : (
            <Stack gap="md">
              <Switch
                size="md"
                label={t('visit.setting.switch')}
                description={t('visit.setting.what')}
                checked={chosen ?? consent}
                onChange={(event) => {
                  void change(event.currentTarget.checked);
                }}
              />
              <FailureAlert failure={failure} />
            </Stack>
          )
        }
      </Asked>
    </Section>
  );
}
