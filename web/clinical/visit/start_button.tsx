// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { go } from '../../hooks/route.ts';
import { useAccount } from '../../data/session.ts';
import { addressOfVisit } from './address.ts';
import { startVisit } from './visit.ts';

/** Joins the patient's video visit from the chart, or starts a new one. */
export function StartVisit({ patient, simulated }: { patient: string; simulated: boolean }) {
  const { t } = useLanguage();
  const {
    account: { person },
  } = useAccount();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (practitioner: string) => startVisit(patient, practitioner, simulated),
    onSuccess: (appointment) => go(addressOfVisit(appointment)),
  });
  if (!person) return null;
  return (
    <div className="actions unprinted">
      <Button variant="default" loading={isPending} onClick={() => mutate(person)}>
        {t('visit.start')}
      </Button>
      <FailureAlert failure={error} />
    </div>
  );
}
