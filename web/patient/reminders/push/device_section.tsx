// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Alert } from '../../../components/alert.tsx';
import { FailureAlert } from '../../../components/failure_alert.tsx';
import { Section } from '../../../components/section.tsx';
import { Failure } from '../../../data/api.ts';
import { queryKeys } from '../../../data/query_keys.ts';
import { useAccount } from '../../../data/session.ts';
import { clockNow } from '../../../fhir/reminders.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { useChoose, zoneHere, type Reminders } from '../reminders.ts';
import { useNoticeWords } from './notice_words.ts';
import { pushState, type PushDevice } from './push_state.ts';
import { endDevice, subscribeHere, thisBrowser } from './this_device.ts';

/** Whether mails are a way to this patient. */
const hasMail = ({ mail, sendsMail }: Reminders) => sendsMail && mail !== '';

/** Subscribing and ending, each with the choice in the record. */
function useDevices(reminders: Reminders) {
  const client = useQueryClient();
  const {
    account: { person = '' },
  } = useAccount();
  const choose = useChoose(reminders);
  const onSettled = () => client.invalidateQueries({ queryKey: queryKeys.reminders(person) });
  const { choice, push } = reminders;
  const start = useMutation({
    mutationFn: async () => {
      if (!(await subscribeHere(push?.key ?? ''))) return;
      const first = { time: clockNow(new Date()), zone: zoneHere() };
      await choose.mutateAsync({ ...(choice ?? first), wanted: true, onDevices: true });
    },
    onSettled,
  });
  const end = useMutation({
    mutationFn: async (device: PushDevice) => {
      await endDevice(device);
      const isLast = push?.devices.length === 1;
      if (isLast && choice?.onDevices)
        await choose.mutateAsync({ ...choice, onDevices: undefined, wanted: choice.wanted && hasMail(reminders) });
    },
    onSettled,
  });
  return { start, end };
}

/** Says who passes the messages on, and waits for the patient to agree. */
function Agreement({ start }: { start: ReturnType<typeof useDevices>['start'] }) {
  const { t } = useLanguage();
  const [agreed, setAgreed] = useState(false);
  return (
    <Stack gap="md">
      <p className="note">{t('push.passes')}</p>
      <p className="note">{t('push.says', { words: t('push.notice.exercises') })}</p>
      <p className="note">{t('push.own')}</p>
      <Checkbox
        size="md"
        label={t('push.agree')}
        checked={agreed}
        onChange={({ currentTarget }) => setAgreed(currentTarget.checked)}
      />
      <div className="actions">
        <Button loading={start.isPending} disabled={!agreed} onClick={() => start.mutate()}>
          {t('push.start')}
        </Button>
      </div>
    </Stack>
  );
}

function Problem({ error }: { error: Error | null }) {
  const { t } = useLanguage();
  if (!error) return null;
  // 422: the clinic does not send to this browser's maker. Others than the server's failures are the browser's.
  if (error instanceof Failure && error.status !== 422) return <FailureAlert failure={error} />;
  return (
    <Alert tone="bad" role="alert">
      {t('push.failed')}
    </Alert>
  );
}

/** Reminders on this device, by Web Push; nothing where the server sends none. */
export function DeviceSection({ reminders }: { reminders: Reminders }) {
  const { t, moment } = useLanguage();
  const { start, end } = useDevices(reminders);
  const { push } = reminders;
  const state = pushState(push, thisBrowser());
  useNoticeWords(push);
  if (!push || state === 'off') return null;
  const here = push.devices.find((device) => device.here);
  return (
    <Section title={t('push.title')}>
      <Stack gap="md">
        <p className="note">{t('push.lead')}</p>
        <div role="status">{state === 'on' && <Alert tone="good">{t('push.on')}</Alert>}</div>
        {state === 'unsupported' && <Alert tone="careful">{t('push.unsupported')}</Alert>}
        {state === 'homeScreen' && <Alert tone="careful">{t('push.homeScreen')}</Alert>}
        {state === 'refused' && <Alert tone="careful">{t('push.refused')}</Alert>}
        {state === 'offered' && <Agreement start={start} />}
        {here && (
          <div className="actions">
            <Button variant="default" loading={end.isPending} onClick={() => end.mutate(here)}>
              {t('push.end')}
            </Button>
          </div>
        )}
        {push.devices
          .filter((device) => !device.here)
          .map((device) => (
            <div key={device.id} className="actions">
              <span>{t('push.other', { when: moment(device.since) })}</span>
              <Button variant="default" disabled={end.isPending} onClick={() => end.mutate(device)}>
                {t('push.endOther')}
              </Button>
            </div>
          ))}
        <Problem error={start.error ?? end.error} />
      </Stack>
    </Section>
  );
}

/** Where the reminders go to, where that is not by mail; undefined: by mail. */
export function useDeviceWords({ push, choice, ...mails }: Reminders) {
  const { t } = useLanguage();
  if (!push) return undefined;
  const count = push.devices.length;
  if (choice?.onDevices && count > 0) return t('push.goTo', { count });
  return mails.sendsMail && mails.mail !== '' ? undefined : t('push.noMail');
}
