// SPDX-License-Identifier: Apache-2.0
import { Stack, Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Section } from '../../components/section.tsx';
import { useSwitch } from '../../hooks/use_switch.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { answerVisits, visitsConsented, wordsOfVisits } from './consent.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { queryKeys } from '../../data/query_keys.ts';

function Choice({ consent, reload }: { consent: boolean; reload: () => Promise<unknown> }) {
  const { t, language } = useLanguage();
  const {
    account: { person = '' },
  } = useAccount();
  const { props, error } = useSwitch(consent, async (permits) => {
    await answerVisits(person, permits, language, wordsOfVisits(t, permits));
    await reload();
  });
  return (
    <Stack gap="md">
      <Switch size="md" label={t('visit.setting.switch')} description={t('visit.setting.what')} {...props} />
      <FailureAlert failure={error} />
    </Stack>
  );
}

/** Lets a patient withdraw the consent to video visits, or give it again. */
export function VisitConsent() {
  const { t } = useLanguage();
  const {
    account: { person = '' },
  } = useAccount();
  const client = useQueryClient();
  const queryKey = queryKeys.visitConsent(person);
  const query = useQuery({
    queryKey,
    queryFn: async () => ({ consent: await visitsConsented(person) }),
  });
  return (
    <Section title={t('visit.setting')}>
      <QueryBoundary query={query}>
        {({ consent }) =>
          consent === undefined ? (
            <p className="note">{t('visit.setting.unasked')}</p>
          ) : (
            <Choice consent={consent} reload={() => client.invalidateQueries({ queryKey })} />
          )
        }
      </QueryBoundary>
    </Section>
  );
}
