// SPDX-License-Identifier: Apache-2.0
import type { Organization, PlanDefinition } from 'fhir/r4';
import { Button, NativeSelect } from '@mantine/core';
import { useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Field, Form } from '../../components/form.tsx';
import { Alert } from '../../components/alert.tsx';
import { Page, Section } from '../../components/section.tsx';
import { searchAll } from '../../data/fhir_search.ts';
import { dayOf } from '../../fhir/results.ts';
import { useLanguage } from '../../translations/language.tsx';
import { go } from '../../hooks/route.ts';
import { useAccount } from '../../data/session.ts';
import type { Account } from '../../data/api.ts';
import { isMail } from '../../account/people/new_account_dialog.tsx';
import { ShownInvitation } from '../../account/people/shown_invitation.tsx';
import { attachedFile, newestOfEach, said, type TemplateFile } from '../programme/catalog.ts';
import { loginOf, register, type Person, type Registered } from './register.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { queryKeys } from '../../data/query_keys.ts';

async function load() {
  const [organizations, protocols] = await Promise.all([
    searchAll<Organization>('Organization', '?_count=1000&_elements=name'),
    searchAll<PlanDefinition>('PlanDefinition', '?type=clinical-protocol&status=active&_count=1000'),
  ]);
  return {
    organizations,
    templates: newestOfEach(protocols).flatMap((one) => attachedFile<TemplateFile>(one)?.file ?? []),
  };
}

const NOBODY: Omit<Person, 'organization' | 'problem'> = {
  given: '',
  family: '',
  birthDate: '',
  gender: '',
  login: '',
  mail: '',
};

function Registration({
  organizations,
  templates,
  onDone,
}: {
  organizations: readonly Organization[];
  templates: readonly TemplateFile[];
  onDone: (registered: Registered, template: string) => void;
}) {
  const { t, language } = useLanguage();
  const {
    account: { person: practitioner = '' },
  } = useAccount();
  const [person, setPerson] = useState(NOBODY);
  const [organization, setOrganization] = useState(organizations[0]?.id ?? '');
  const [template, setTemplate] = useState('');
  const [side, setSide] = useState<'' | 'left' | 'right'>('');
  const [ids] = useState(() => ({
    patient: crypto.randomUUID(),
    team: crypto.randomUUID(),
    condition: crypto.randomUUID(),
  }));
  const account = useRef<Account>(undefined);
  const set = (change: Partial<typeof NOBODY>) => setPerson((now) => ({ ...now, ...change }));
  const login = person.login || loginOf(person.given, person.family);
  const chosen = templates.find(({ id }) => id === template);
  const [coding] = chosen?.conditions ?? [];
  const send = async () => {
    const problem = chosen && coding ? { text: said(chosen.title, language), coding, side } : undefined;
    onDone(
      await register({ ...person, login, organization, problem }, practitioner, ids, account.current, (made) => {
        account.current = made;
      }),
      template,
    );
  };
  const today = dayOf(new Date());
  return (
    <Section title={t('newPatient.who')}>
      <Form submit={t('newPatient.make')} onSubmit={send}>
        <Field
          label={t('newPatient.given')}
          value={person.given}
          onValue={(given) => set({ given })}
          maxLength={80}
          autoCapitalize="words"
          autoFocus
        />
        <Field
          label={t('newPatient.family')}
          value={person.family}
          onValue={(family) => set({ family })}
          maxLength={80}
          autoCapitalize="words"
        />
        <Field
          label={t('newPatient.birth')}
          type="date"
          value={person.birthDate}
          onValue={(birthDate) => set({ birthDate })}
          max={today}
          problem={
            person.birthDate > today || (person.birthDate !== '' && person.birthDate < '1880')
              ? t('newPatient.birth.problem')
              : undefined
          }
        />
        <NativeSelect
          label={t('newPatient.gender')}
          value={person.gender}
          onChange={({ currentTarget }) => set({ gender: currentTarget.value as Person['gender'] })}
          data={[
            { value: '', label: t('plan.side.unset') },
            ...(['female', 'male', 'other'] as const).map((value) => ({
              value,
              label: t(`newPatient.gender.${value}`),
            })),
          ]}
        />
        <Field
          label={t('person.mail')}
          description={t('newPatient.mail.what')}
          value={person.mail}
          onValue={(mail) => set({ mail })}
          optional
          type="email"
          inputMode="email"
          problem={person.mail.trim() === '' || isMail(person.mail.trim()) ? undefined : t('person.mail.problem')}
        />
        <Field
          label={t('account.name')}
          description={t('newPatient.login.what')}
          value={login}
          onValue={(next) => set({ login: next })}
          maxLength={128}
        />
        {organizations.length > 1 && (
          <NativeSelect
            label={t('newPatient.clinic')}
            value={organization}
            data={organizations.map(({ id = '', name }) => ({ value: id, label: name ?? id }))}
            onChange={({ currentTarget }) => setOrganization(currentTarget.value)}
          />
        )}
        <NativeSelect
          label={t('newPatient.template')}
          description={t('newPatient.template.what')}
          value={template}
          onChange={({ currentTarget }) => setTemplate(currentTarget.value)}
          data={[
            { value: '', label: t('newPatient.template.none') },
            ...[...templates]
              .sort((a, b) => said(a.title, language).localeCompare(said(b.title, language), language))
              .map((one) => ({ value: one.id, label: said(one.title, language) })),
          ]}
        />
        {chosen && (
          <NativeSelect
            label={t('plan.field.affected')}
            value={side}
            onChange={({ currentTarget }) => setSide(currentTarget.value as typeof side)}
            data={[
              { value: '', label: t('plan.side.unset') },
              { value: 'left', label: t('plan.side.left') },
              { value: 'right', label: t('plan.side.right') },
            ]}
          />
        )}
      </Form>
    </Section>
  );
}

/** Registers a new patient in the record and in the user's care team, with an invitation. The programme comes next. */
export function NewPatientPage() {
  const { t } = useLanguage();
  const query = useQuery({ queryKey: queryKeys.registrationChoices(), queryFn: load });
  const [done, setDone] = useState<{ registered: Registered; template: string }>();
  return (
    <Page title={t('newPatient.title')} lead={t('newPatient.lead')} narrow>
      {!done && (
        <QueryBoundary query={query}>
          {({ organizations, templates }) => (
            <Registration
              organizations={organizations}
              templates={templates}
              onDone={(registered, template) => setDone({ registered, template })}
            />
          )}
        </QueryBoundary>
      )}
      {done && (
        <>
          <Section title={t('newPatient.invited')}>
            <ShownInvitation invitation={done.registered.invitation} />
          </Section>
          <Alert tone="good" role="status">
            {t('newPatient.next')}
          </Alert>
          <div className="actions">
            <Button
              onClick={() =>
                go(`/programme?patient=${done.registered.patient}${done.template ? `&template=${done.template}` : ''}`)
              }
              data-autofocus
            >
              {t('plan.begin')}
            </Button>
            <Button variant="default" onClick={() => setDone(undefined)}>
              {t('newPatient.another')}
            </Button>
          </div>
        </>
      )}
    </Page>
  );
}
