import { Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useAct } from '../../hooks/act.ts';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Section } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { answerVisits, visitsConsented, wordsOfVisits } from './consent.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { queryKeys } from '../../data/query_keys.ts';

/** In the settings of a patient: takes back what was said about video visits, or says it anew. */
export function VisitConsent() {
  const { t, language } = useLanguage();
  const {
    account: { person = '' },
  } = useAccount();
  const query = useQuery({
    queryKey: queryKeys.visitConsent(person),
    queryFn: async () => ({ consent: await visitsConsented(person) }),
  });
  const { failure, act } = useAct();
  const [chosen, setChosen] = useState<boolean>();
  const change = async (permits: boolean) => {
    setChosen(permits);
    const kept = await act(async () => {
      await answerVisits(person, permits, language, wordsOfVisits(t, permits));
      await query.refetch();
    });
    if (!kept) setChosen(undefined);
  };
  return (
    <Section title={t('visit.setting')}>
      <QueryBoundary query={query}>
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
      </QueryBoundary>
    </Section>
  );
}
