import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../parts/dialog.tsx';
import { Field, Form } from '../../parts/form.tsx';
import { ask, ROLES, type Account, type Role } from '../../source/api.ts';
import { useLanguage } from '../../source/language.tsx';
import { useAccount } from '../../source/session.ts';
import { isId } from '../../source/route.ts';

export const isMail = (text: string) => /^[^\s@]+@[^\s@]+$/.test(text);

export function NewAccountDialog({ onClose, onMade }: { onClose: () => void; onMade: (account: Account) => void }) {
  const { t } = useLanguage();
  const own = useAccount().account;
  const [role, setRole] = useState<Role>('patient');
  const [name, setName] = useState('');
  const [person, setPerson] = useState('');
  const [mail, setMail] = useState('');
  const given = (field: string, text: string) => (text.trim() ? { [field]: text.trim() } : {});
  const make = async () => onMade(await ask<Account>('POST', 'accounts', { role, name: name.trim(), ...given('person', person), ...given('mail', mail) }));
  return (
    <Dialog title={t('people.new')} onClose={onClose}>
      <Form submit={t('people.make')} onSubmit={make}>
        {own.role === 'administrator' && (
          <NativeSelect label={t('account.role')} value={role} data-autofocus onChange={(event) => setRole(event.currentTarget.value as Role)}
            data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))} />
        )}
        <Field label={t('account.name')} description={t('person.name.what')} value={name} onValue={setName} maxLength={128} />
        <Field label={t(role === 'patient' ? 'person.patientId' : 'person.practitionerId')} description={t('person.id.what')} value={person}
          onValue={setPerson} optional={role === 'administrator'} problem={person === '' || isId(person.trim()) ? undefined : t('person.id.problem')} className="code" />
        <Field label={t('person.mail')} description={t('person.mail.what')} value={mail} onValue={setMail} optional type="email" inputMode="email"
          problem={mail.trim() === '' || isMail(mail.trim()) ? undefined : t('person.mail.problem')} />
      </Form>
    </Dialog>
  );
}
