// SPDX-License-Identifier: Apache-2.0
// The patient lets a carer in: what that means, who it is, and the patient's own yes.
import { Button, Checkbox, NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import { CopyableText, Qr } from '../../components/copyable_text.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field, Form, useProblem } from '../../components/form.tsx';
import { inviteCarer, type CarerLink } from '../../data/carers.ts';
import { loginFor, RELATIONS, type Relation } from '../../fhir/carers.ts';
import { useLanguage } from '../../translations/language.tsx';
import { LEAVE_WORDS, wordsOfLeave } from './words.ts';

export function ShownLink({ name, shown: { link, qr, endsAt } }: { name: string; shown: CarerLink }) {
  const { t, moment } = useLanguage();
  return (
    <Stack gap="sm">
      <p role="status">{t('carers.give', { name })}</p>
      <CopyableText text={link} label={t('copy')} />
      <Qr svg={qr} label={t('invite.qr')} />
      <p className="small">{t('invite.until', { end: moment(endsAt) })}</p>
    </Stack>
  );
}

/** Nothing is ticked beforehand. */
function Agree({ agreed, onAgreed }: { agreed: boolean; onAgreed: (yes: boolean) => void }) {
  const { t } = useLanguage();
  const error = useProblem(agreed ? undefined : t('carers.agreeFirst'));
  return (
    <Checkbox
      size="md"
      label={t('carers.agree')}
      checked={agreed}
      error={error}
      aria-invalid={error !== undefined}
      onChange={(event) => onAgreed(event.currentTarget.checked)}
    />
  );
}

function Who({ relation, onRelation }: { relation: string; onRelation: (relation: Relation) => void }) {
  const { t } = useLanguage();
  const error = useProblem(relation === '' ? t('field.missing') : undefined);
  return (
    <NativeSelect
      label={t('carers.who')}
      value={relation}
      error={error}
      aria-invalid={error !== undefined}
      data={[
        { value: '', label: t('carers.choose') },
        ...RELATIONS.map((value) => ({ value, label: t(`carers.relation.${value}`) })),
      ]}
      onChange={(event) => onRelation(event.currentTarget.value as Relation)}
    />
  );
}

export function LetInDialog({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const { t, language } = useLanguage();
  const [name, setName] = useState('');
  const [relation, setRelation] = useState<Relation | ''>('');
  const [login, setLogin] = useState<string>();
  const [agreed, setAgreed] = useState(false);
  const [shown, setShown] = useState<CarerLink>();
  const signIn = login ?? loginFor(name);
  const invite = async () => {
    if (relation === '') return;
    const words = wordsOfLeave(t, name.trim(), relation);
    setShown(await inviteCarer({ name: name.trim(), relationship: relation, login: signIn.trim(), language, words }));
    onMade();
  };
  return (
    <Dialog title={shown ? t('carers.linkFor', { name }) : t('carers.letIn')} onClose={onClose}>
      {shown ? (
        <Stack gap="md">
          <ShownLink name={name} shown={shown} />
          <Button onClick={onClose}>{t('close')}</Button>
        </Stack>
      ) : (
        <Stack gap="md">
          <ul className="plain">
            {LEAVE_WORDS.map((key) => (
              <li key={key}>{t(`carers.${key}`)}</li>
            ))}
          </ul>
          <Form
            submit={t('carers.allow')}
            onSubmit={invite}
            beside={
              <Button variant="default" size="md" onClick={onClose}>
                {t('cancel')}
              </Button>
            }
          >
            <Field label={t('carers.name')} value={name} onValue={setName} maxLength={60} autoCapitalize="words" />
            <Who relation={relation} onRelation={setRelation} />
            <Field
              label={t('carers.login')}
              description={t('carers.loginWhat')}
              value={signIn}
              onValue={setLogin}
              maxLength={60}
            />
            <Agree agreed={agreed} onAgreed={setAgreed} />
          </Form>
        </Stack>
      )}
    </Dialog>
  );
}
