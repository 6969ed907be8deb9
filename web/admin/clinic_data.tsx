// SPDX-License-Identifier: Apache-2.0
import type { ContactPoint, Organization } from 'fhir/r4';
import { Button, NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Field, Form } from '../components/form.tsx';
import { Alert } from '../components/alert.tsx';
import { Section } from '../components/section.tsx';
import { searchAll } from '../data/fhir_search.ts';
import { isSimulated } from '../fhir/people.ts';
import type { Stored } from '../fhir/resources.ts';
import { change, create } from '../data/write.ts';
import { useLanguage } from '../translations/language.tsx';
import { QueryBoundary } from '../components/query_boundary.tsx';
import { queryKeys } from '../data/query_keys.ts';

const EMERGENCY = 'urn:reprise:emergency-number';

const loadClinics = async () =>
  (await searchAll<Organization>('Organization', '?_count=1000')).sort((a, b) =>
    (a.name ?? '').localeCompare(b.name ?? ''),
  );

const isPhone = ({ system, use }: ContactPoint) => system === 'phone' && use !== 'old';
const phoneOf = ({ telecom = [] }: Organization) => telecom.find(isPhone)?.value ?? '';
const emergencyOf = ({ extension = [] }: Organization) =>
  extension.find(({ url }) => url === EMERGENCY)?.valueString ?? '';

/** Changes the name and the numbers of a clinic; other elements stay. FHIR allows no empty lists. */
function changed(
  clinic: Omit<Organization, 'id'> & { id?: string | undefined },
  name: string,
  phone: string,
  emergency: string,
) {
  const at = clinic.telecom?.findIndex(isPhone) ?? -1;
  const telecom =
    phone === ''
      ? (clinic.telecom ?? []).filter((_, i) => i !== at)
      : at < 0
        ? [...(clinic.telecom ?? []), { system: 'phone', value: phone }]
        : (clinic.telecom ?? []).map((one, i) => (i === at ? { ...one, value: phone } : one));
  const extension = [
    ...(clinic.extension ?? []).filter(({ url }) => url !== EMERGENCY),
    ...(emergency === '' ? [] : [{ url: EMERGENCY, valueString: emergency }]),
  ];
  const { telecom: _telecom, extension: _extension, ...others } = clinic;
  return { ...others, name, ...(telecom.length > 0 && { telecom }), ...(extension.length > 0 && { extension }) };
}

const isNumber = (text: string) => text.trim() === '' || /^[+\d][\d\s()/.-]{1,30}$/.test(text.trim());

function One({
  clinic,
  onSaved,
  onClose,
}: {
  clinic: Organization | undefined;
  onSaved: () => Promise<void>;
  onClose?: () => void;
}) {
  const { t } = useLanguage();
  const [name, setName] = useState(clinic?.name ?? '');
  const [phone, setPhone] = useState(clinic ? phoneOf(clinic) : '');
  const [emergency, setEmergency] = useState(clinic ? emergencyOf(clinic) : '');
  const save = async () => {
    const next = changed(clinic ?? { resourceType: 'Organization' }, name.trim(), phone.trim(), emergency.trim());
    await (clinic ? change(next) : create(next, false));
    await onSaved();
  };
  return (
    <Form
      submit={t('save')}
      onSubmit={save}
      beside={
        onClose && (
          <Button variant="default" size="md" onClick={onClose}>
            {t('cancel')}
          </Button>
        )
      }
    >
      <Field label={t('adm.clinic.name')} value={name} onValue={setName} maxLength={200} autoCapitalize="words" />
      <Field
        label={t('adm.clinic.phone')}
        description={t('adm.clinic.phone.what')}
        value={phone}
        onValue={setPhone}
        optional
        type="tel"
        inputMode="tel"
        problem={isNumber(phone) ? undefined : t('adm.clinic.number')}
      />
      <Field
        label={t('adm.clinic.emergency')}
        description={t('adm.clinic.emergency.what')}
        value={emergency}
        onValue={setEmergency}
        optional
        type="tel"
        inputMode="tel"
        problem={isNumber(emergency) ? undefined : t('adm.clinic.number')}
      />
    </Form>
  );
}

function Chosen({ clinics, reload }: { clinics: readonly Stored<Organization>[]; reload: () => Promise<unknown> }) {
  const { t } = useLanguage();
  const [id, setId] = useState<string>();
  const [making, setMaking] = useState(false);
  const [saved, setSaved] = useState(false);
  const clinic = clinics.find((one) => one.id === id) ?? clinics[0];
  const done = async () => {
    setMaking(false);
    setSaved(true);
    await reload();
  };
  return (
    <Stack gap="md">
      <div role="status">{saved && <Alert tone="good">{t('adm.clinic.saved')}</Alert>}</div>
      {!making && clinics.length > 1 && (
        <NativeSelect
          label={t('adm.clinic.which')}
          value={clinic?.id ?? ''}
          data={clinics.map((one) => ({ value: one.id, label: one.name ?? one.id }))}
          onChange={({ currentTarget }) => {
            setSaved(false);
            setId(currentTarget.value);
          }}
        />
      )}
      {making || !clinic ? (
        <One key="new" clinic={undefined} onSaved={done} {...(clinic && { onClose: () => setMaking(false) })} />
      ) : (
        <One key={`${clinic.id} ${clinic.meta?.versionId ?? ''}`} clinic={clinic} onSaved={done} />
      )}
      {clinic && isSimulated(clinic) && !making && <p className="small">{t('chart.simulated')}</p>}
      {clinic && !making && (
        <Button
          variant="default"
          onClick={() => {
            setSaved(false);
            setMaking(true);
          }}
          className="start"
        >
          {t('adm.clinic.new')}…
        </Button>
      )}
    </Stack>
  );
}

/** Edits the clinic's data, among them the numbers that patients call. */
export function ClinicData() {
  const { t } = useLanguage();
  const query = useQuery({ queryKey: queryKeys.clinicDetails(), queryFn: loadClinics });
  return (
    <Section title={t('adm.clinic.title')}>
      <p className="note">{t('adm.clinic.lead')}</p>
      <QueryBoundary query={query}>{(clinics) => <Chosen clinics={clinics} reload={query.refetch} />}</QueryBoundary>
    </Section>
  );
}
