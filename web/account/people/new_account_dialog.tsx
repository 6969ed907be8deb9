// SPDX-License-Identifier: Apache-2.0
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { Field, Form } from '../../components/form.tsx';
import { PatientField } from '../../components/patient_field.tsx';
import type { Who } from '../../fhir/people.ts';
import { ask, ROLES, type Account, type Role } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { PractitionerField } from './practitioner_field.tsx';

export const isMail = (text: string) => /^[^\s@]+@[^\s@]+$/.test(text);

/** `whose`: of a patient who is chosen already. */
export function NewAccountDialog({
  whose,
  onClose,
  onMade,
}: {
  whose?: Who;
  onClose: () => void;
  onMade: (account: Account) => void;
}) {
  const { t } = useLanguage();
  const own = useAccount().account;
  const [role, setRole] = useState<Role>('patient');
  const [name, setName] = useState('');
  const [patient, setPatient] = useState(whose);
  const [practitioner, setPractitioner] = useState('');
  const [mail, setMail] = useState('');
  const given = (field: string, text: string) => (text.trim() ? { [field]: text.trim() } : {});
  const make = async () =>
    onMade(
      await ask<Account>('POST', 'accounts', {
        role,
        name: name.trim(),
        ...given('person', role === 'patient' ? (patient?.id ?? '') : practitioner),
        ...given('mail', mail),
      }),
    );
  return (
    <Dialog title={t('people.new')} onClose={onClose}>
      <Form submit={t('people.make')} onSubmit={make}>
        {own.role === 'administrator' && (
          <NativeSelect
            label={t('account.role')}
            value={role}
            data-autofocus
            onChange={(event) => setRole(event.currentTarget.value as Role)}
            data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          />
        )}
        <Field
          label={t('account.name')}
          description={t('person.name.what')}
          value={name}
          onValue={setName}
          maxLength={128}
        />
        {role === 'patient' ? (
          <PatientField chosen={patient} onChoose={setPatient} ofClinic={own.role === 'administrator'} />
        ) : (
          <PractitionerField value={practitioner} onValue={setPractitioner} optional={role === 'administrator'} />
        )}
        <Field
          label={t('person.mail')}
          description={t('person.mail.what')}
          value={mail}
          onValue={setMail}
          optional
          type="email"
          inputMode="email"
          problem={mail.trim() === '' || isMail(mail.trim()) ? undefined : t('person.mail.problem')}
        />
      </Form>
    </Dialog>
  );
}
