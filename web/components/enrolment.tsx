import { Stack } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { ask, type Enrolled, type Enrolment, type Session } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { setSession } from '../data/session.ts';
import { useAct } from '../hooks/act.ts';
import { CodeField } from './code_field.tsx';
import { Qr, Taken } from './copied.tsx';
import { Form } from './form.tsx';
import { RecoveryCodes } from './recovery_codes.tsx';
import { Asked } from './section.tsx';

/** Sets a second factor up. `onCodes`: it is there, and its recovery codes are shown; `onDone`: they are kept. */
export function Enrol({ onCodes, onDone }: { onCodes?: () => void; onDone?: () => void }) {
  const { t } = useLanguage();
  const [enrolment, setEnrolment] = useState<Enrolment>();
  const [done, setDone] = useState<Enrolled>();
  const [code, setCode] = useState('');
  const { failure, act } = useAct();
  const begin = useCallback(async () => {
    await act(async () => setEnrolment(await ask<Enrolment>('POST', 'enrolment', {})));
  }, [act]);
  useEffect(() => {
    void begin();
  }, [begin]);

  const confirm = async () => {
    setDone(await ask<Enrolled>('POST', 'enrolment/confirmation', { code }));
    onCodes?.();
  };
  const keep = (session: Session) => {
    setSession(session);
    onDone?.();
  };
  if (done) return <RecoveryCodes codes={done.recoveryCodes} onKept={() => keep(done.session)} />;
  return (
    <Asked asked={{ value: enrolment, failure, reload: begin }}>
      {({ secret, qr }) => (
        <Stack gap="md">
          <p>{t('enrolment.scan')}</p>
          <Qr svg={qr} label={t('enrolment.qr')} />
          <div>
            <p>{t('enrolment.type')}</p>
            <Taken text={secret.replace(/(.{4})(?=.)/g, '$1 ')} label={t('copy')} />
          </div>
          <Form submit={t('enrolment.confirm')} onSubmit={confirm}>
            <CodeField label={t('code.app')} value={code} onValue={setCode} />
          </Form>
        </Stack>
      )}
    </Asked>
  );
}
