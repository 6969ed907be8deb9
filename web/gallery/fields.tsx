// SPDX-License-Identifier: Apache-2.0
import { Checkbox, NativeSelect, Radio, Switch, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Choices } from '../components/choices.tsx';
import { CodeField } from '../components/code_field.tsx';
import { Attempted, Field, Form } from '../components/form.tsx';
import { NewPasswordField, PasswordField } from '../components/password_field.tsx';
import { PatientField } from '../components/patient_field.tsx';
import { Questions } from '../components/questions.tsx';
import { Scale } from '../components/scale.tsx';
import { YesNo } from '../components/yes_no.tsx';
import { Failure } from '../data/api.ts';
import type { Answers } from '../fhir/questionnaire/model.ts';
import type { Who } from '../fhir/people.ts';
import { useLanguage } from '../translations/language.tsx';
import { ITEMS, LONG_TEXT, PEOPLE } from './sample.ts';
import { Example, Group } from './example.tsx';

/** A value that the reader may change. */
function WithValue<T>({ first, children }: { first: T; children: (value: T, set: (value: T) => void) => ReactNode }) {
  const [value, setValue] = useState(first);
  return children(value, setValue);
}

function Plain() {
  const { t } = useLanguage();
  const label = t('account.name');
  return (
    <>
      <Example of="Field" state="at rest">
        <WithValue first="">{(value, set) => <Field label={label} value={value} onValue={set} />}</WithValue>
      </Example>
      <Example of="Field" state="in focus">
        <div className="focus-shown">
          <Field label={label} value="robin" onValue={() => {}} />
        </div>
      </Example>
      <Example of="Field" state="optional, with a long label">
        <WithValue first={LONG_TEXT}>
          {(value, set) => <Field label={LONG_TEXT} optional value={value} onValue={set} />}
        </WithValue>
      </Example>
      <Example of="Field" state="disabled">
        <Field label={label} value="robin" onValue={() => {}} disabled />
      </Example>
      <Example of="Field" state="with an error">
        <Attempted value={true}>
          <WithValue first="">{(value, set) => <Field label={label} value={value} onValue={set} />}</WithValue>
        </Attempted>
      </Example>
      <Example of="CodeField" state="with an error">
        <Attempted value={true}>
          <WithValue first="12">
            {(value, set) => <CodeField label={t('code.app')} value={value} onValue={set} />}
          </WithValue>
        </Attempted>
      </Example>
      <Example of="PasswordField" state="at rest">
        <WithValue first="">
          {(value, set) => <PasswordField label={t('password.title')} value={value} onValue={set} />}
        </WithValue>
      </Example>
      <Example of="PasswordField" state="with an error">
        <Attempted value={true}>
          <WithValue first="">
            {(value, set) => <PasswordField label={t('password.title')} value={value} onValue={set} />}
          </WithValue>
        </Attempted>
      </Example>
      <Example of="NewPasswordField" state="some rules are met">
        <WithValue first="abcdefgh">
          {(value, set) => <NewPasswordField label={t('password.title')} account="robin" value={value} onValue={set} />}
        </WithValue>
      </Example>
    </>
  );
}

function OfTheLibrary() {
  const { t } = useLanguage();
  return (
    <>
      <Example of="TextInput" state="a day">
        <TextInput type="date" label={t('progress.day')} defaultValue="2026-03-11" />
      </Example>
      <Example of="Textarea" state="with an error">
        <Textarea label={t('feeling.words')} defaultValue={LONG_TEXT} error={t('field.missing')} />
      </Example>
      <Example of="NativeSelect" state="at rest, disabled">
        <NativeSelect label={t('language')} data={['English', 'Deutsch']} />
        <NativeSelect label={t('language')} data={['English']} disabled mt="xs" />
      </Example>
      <Example of="Checkbox" state="open, checked, disabled, with an error">
        <Checkbox label={t('yes')} />
        <Checkbox label={t('yes')} defaultChecked mt="xs" />
        <Checkbox label={t('yes')} disabled mt="xs" />
        <Checkbox label={LONG_TEXT} error={t('field.missing')} mt="xs" />
      </Example>
      <Example of="Radio" state="open, checked, disabled">
        <Radio label={t('yes')} name="gallery-radio" value="a" />
        <Radio label={t('no')} name="gallery-radio" value="b" defaultChecked mt="xs" />
        <Radio label={t('no')} name="gallery-radio" value="c" disabled mt="xs" />
      </Example>
      <Example of="Switch" state="off, on, disabled">
        <Switch label={t('yes')} />
        <Switch label={t('yes')} defaultChecked mt="xs" />
        <Switch label={t('yes')} disabled mt="xs" />
      </Example>
    </>
  );
}

function Chosen() {
  const { t } = useLanguage();
  const question = t('pain.before');
  return (
    <>
      <Example of="Choices" state="at rest">
        <WithValue<'yes' | 'no'> first="no">
          {(value, set) => (
            <Choices
              label={question}
              choices={[
                { value: 'yes', label: t('yes') },
                { value: 'no', label: t('no') },
              ]}
              value={value}
              onValue={set}
            />
          )}
        </WithValue>
      </Example>
      {[false, true].map((missing) => (
        <Example key={String(missing)} of="YesNo" state={missing ? 'with an error' : 'at rest'}>
          <WithValue<boolean | undefined> first={missing ? undefined : true}>
            {(value, set) => <YesNo question={question} value={value} onValue={set} missing={missing} />}
          </WithValue>
        </Example>
      ))}
      {[false, true].map((invalid) => (
        <Example key={String(invalid)} of="Scale" state={invalid ? 'with an error' : 'at rest'} wide>
          <WithValue<number | undefined> first={invalid ? undefined : 3}>
            {(value, set) => (
              <Scale label={question} value={value} onValue={set} least={t('no')} most={LONG_TEXT} invalid={invalid} />
            )}
          </WithValue>
        </Example>
      ))}
      {[undefined, PEOPLE[0]].map((first) => (
        <Example key={first?.id ?? ''} of="PatientField" state={first ? 'chosen' : 'open'}>
          <WithValue<Who | undefined> first={first}>
            {(value, set) => <PatientField chosen={value} onChoose={set} />}
          </WithValue>
        </Example>
      ))}
    </>
  );
}

function AllQuestions({ wrong }: { wrong: boolean }) {
  const [answers, setAnswers] = useState<Answers>({});
  return (
    <Questions
      items={ITEMS}
      answers={answers}
      onAnswer={(linkId, given) => setAnswers({ ...answers, [linkId]: given })}
      problems={wrong ? Object.fromEntries(ITEMS.map(({ linkId }) => [linkId, 'missing' as const])) : {}}
    />
  );
}

export function Fields() {
  const { t } = useLanguage();
  return (
    <Group id="fields" title="Fields and questions">
      <Plain />
      <OfTheLibrary />
      <Chosen />
      <Example of="Questions" state="at rest">
        <AllQuestions wrong={false} />
      </Example>
      <Example of="Questions" state="with errors">
        <AllQuestions wrong />
      </Example>
      <Example of="Form" state="at rest; it fails when it is sent">
        <Form submit={t('goOn')} onSubmit={() => Promise.reject(new Failure('unreachable'))}>
          <WithValue first="robin">
            {(value, set) => <Field label={t('account.name')} value={value} onValue={set} />}
          </WithValue>
        </Form>
      </Example>
    </Group>
  );
}
