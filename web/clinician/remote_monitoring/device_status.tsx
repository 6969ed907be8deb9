// SPDX-License-Identifier: Apache-2.0
import type { Organization } from 'fhir/r4';
import { useState } from 'react';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Field, Form } from '../../components/form.tsx';
import { Alert } from '../../components/alert.tsx';
import { Page, Section } from '../../components/section.tsx';
import { resourcesIn } from '../../fhir/resources.ts';
import { fhirRead, sendTransaction } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';
import { deviceBundle, deviceSince } from './forms.ts';
import { today } from './load.ts';
import { Standing } from './standing.tsx';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { queryKeys } from '../../data/query_keys.ts';

function Clinic({ clinic }: { clinic: Organization }) {
  const { t, day } = useLanguage();
  const [since, setSince] = useState(today());
  const [note, setNote] = useState('');
  const client = useQueryClient();
  const reload = () => client.invalidateQueries({ queryKey: queryKeys.clinicDetails() });
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => sendTransaction(deviceBundle(clinic, undefined, '')),
    onSuccess: reload,
  });
  const known = deviceSince(clinic);
  if (known) {
    return (
      <Section title={clinic.name ?? t('rtm.device')}>
        <Alert tone="good">{t('rtm.device.since', { day: day(known) })}</Alert>
        <div className="actions">
          <Button variant="default" mt="md" loading={isPending} onClick={() => mutate()}>
            {t('rtm.device.takeBack')}
          </Button>
        </div>
        <FailureAlert failure={error} />
      </Section>
    );
  }
  return (
    <Section title={clinic.name ?? t('rtm.device')}>
      <p className="note">{t('rtm.device.what')}</p>
      <Form
        submit={t('rtm.device.record')}
        onSubmit={async () => {
          await sendTransaction(deviceBundle(clinic, since, note));
          await reload();
        }}
      >
        <Field label={t('rtm.device.sinceWhen')} type="date" value={since} onValue={setSince} />
        <Field
          label={t('rtm.device.note')}
          value={note}
          onValue={setNote}
          optional
          maxLength={1000}
          autoCapitalize="sentences"
        />
      </Form>
    </Section>
  );
}

/** Lets the administrator declare that the system meets the definition of a device: supply is claimed only then. */
export function DeviceStatusPage() {
  const { t } = useLanguage();
  const query = useQuery({
    queryKey: queryKeys.clinicDetails(),
    queryFn: async () => resourcesIn<Organization>([await fhirRead('Organization?_count=1000')], 'Organization'),
  });
  return (
    <Page title={t('rtm.title')} lead={t('rtm.device.lead')}>
      <Standing />
      <QueryBoundary query={query}>
        {(clinics) => (
          <>
            {clinics.map((clinic) => (
              <Clinic key={`${clinic.id} ${clinic.meta?.versionId}`} clinic={clinic} />
            ))}
          </>
        )}
      </QueryBoundary>
    </Page>
  );
}
