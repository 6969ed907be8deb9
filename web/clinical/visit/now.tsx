// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Alert } from '../../components/alert.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { go } from '../../hooks/route.ts';
import { useAccount } from '../../data/session.ts';
import { addressOfVisit } from './address.ts';
import { openVisits } from './visit.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { polled } from '../../data/query_client.ts';

const LOOK_EACH_MS = 30_000;

/** Links the patient to the open video visit; shows nothing if there is none, or it is unknown. */
export function VisitNow() {
  const { t, moment } = useLanguage();
  const {
    account: { person = '' },
  } = useAccount();
  const { data: [visit] = [] } = useQuery({
    queryKey: queryKeys.openVisits(person),
    queryFn: () => openVisits(person),
    ...polled(LOOK_EACH_MS),
  });
  return (
    <div role="status">
      {visit && (
        <Alert tone="good">
          {t('visit.now', { when: moment(visit.start ?? '') })}{' '}
          <Button ml="sm" onClick={() => go(addressOfVisit(visit.id))}>
            {t('visit.toVisit')}
          </Button>
        </Alert>
      )}
    </div>
  );
}
