// SPDX-License-Identifier: Apache-2.0
import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ask, type Enrolled, type Enrolment, type Session } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { setSession } from '../data/session.ts';
import { CodeField } from './code_field.tsx';
import { Qr, CopyableText } from './copyable_text.tsx';
import { Form } from './form.tsx';
import { RecoveryCodes } from './recovery_codes.tsx';
import { queryKeys } from '../data/query_keys.ts';
import { QueryBoundary } from './query_boundary.tsx';

/** Sets a second factor up. `onCodes`: it is there, and its recovery codes are shown; `onDone`: they are kept. */
export function Enrol({ onCodes, onDone }: { onCodes?: () => void; onDone?: () => void }) {
  const { t } = useLanguage();
  const [done, setDone] = useState<Enrolled>();
  const [code, setCode] = useState('');
  // A new secret each time: nothing of the one before is shown.
  const query = useQuery({
    queryKey: queryKeys.enrolment(),
    queryFn: () => ask<Enrolment>('POST', 'enrolment', {}),
  });

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
    <QueryBoundary query={query}>
      {({ secret, qr }) => (
        <Stack gap="md">
          <p>{t('enrolment.scan')}</p>
          <Qr svg={qr} label={t('enrolment.qr')} />
          <div>
            <p>{t('enrolment.type')}</p>
            <CopyableText text={secret.replace(/(.{4})(?=.)/g, '$1 ')} label={t('copy')} />
          </div>
          <Form submit={t('enrolment.confirm')} onSubmit={confirm}>
            <CodeField label={t('code.app')} value={code} onValue={setCode} />
          </Form>
        </Stack>
      )}
    </QueryBoundary>
  );
}
