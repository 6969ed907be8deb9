// SPDX-License-Identifier: Apache-2.0
import { Stack, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Section } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { answerVisits, visitsConsented, wordsOfVisits } from './consent.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { queryKeys } from '../../data/query_keys.ts';

/** Lets a patient withdraw the consent to video visits, or give it again. */
export function VisitConsent() {
  const { t, language } = useLanguage();
  const {
    account: { person = '' },
  } = useAccount();
  const client = useQueryClient();
  const queryKey = queryKeys.visitConsent(person);
  const query = useQuery({
    queryKey,
    queryFn: async () => ({ consent: await visitsConsented(person) }),
  });
  const answering = useMutation({
    mutationFn: (permits: boolean) => answerVisits(person, permits, language, wordsOfVisits(t, permits)),
    onSuccess: () => client.invalidateQueries({ queryKey }),
  });
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
                checked={answering.isPending ? answering.variables : consent}
                onChange={(event) => answering.mutate(event.currentTarget.checked)}
              />
              <FailureAlert failure={answering.error} />
            </Stack>
          )
        }
      </QueryBoundary>
    </Section>
  );
}
