// SPDX-License-Identifier: Apache-2.0
// The patient's reminders: read from the record and written into it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Communication, Consent, Meta } from 'fhir/r4';
import { ask, Failure, fhirRead, sendTransaction } from '../../data/api.ts';
import { searchAll } from '../../data/fhir_search.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useAccount } from '../../data/session.ts';
import { localTime } from '../../fhir/local_time.ts';
import { isSimulated } from '../../fhir/people.ts';
import { choiceIn, choiceTransaction, openQuestion, readChoice, type Choice } from '../../fhir/reminders.ts';
import { useLanguage } from '../../translations/language.tsx';
import type { ServerPush } from './push/push_state.ts';
import { endDevice, recognized } from './push/this_device.ts';

export interface Reminders {
  /** Empty: the account has no address. */
  mail: string;
  sendsMail: boolean;
  /** Since when the calendar has an address; undefined: it has none. */
  calendarSince: string | undefined;
  /** Reminders on devices; undefined: the server sends none. */
  push: ServerPush | undefined;
  /** The Consent that holds, and its choice. */
  consent: Consent | undefined;
  choice: Choice | undefined;
  /** When the patient was asked whether to pause, without an answer yet. */
  asked: string | undefined;
}

async function load(patient: string): Promise<Reminders> {
  const [{ mail, sendsMail, calendarSince, push }, consents, communications] = await Promise.all([
    ask<{ mail: string; sendsMail: boolean; calendarSince?: string; push?: ServerPush }>('GET', 'reminders').then(
      async (found) => ({ ...found, push: await recognized(found.push) }),
    ),
    searchAll<Consent>('Consent', `?patient=Patient/${patient}&status=active&category=urn:reprise:consent%7Creminders`),
    searchAll<Communication>(
      'Communication',
      `?subject=Patient/${patient}&category=urn:reprise:communication%7Cexercise-reminder-question`,
    ),
  ]);
  const consent = choiceIn(consents);
  const asked = openQuestion(communications, consent);
  return { mail, sendsMail, calendarSince, push, consent, choice: consent && readChoice(consent), asked };
}

export const zoneHere = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function useReminders() {
  const {
    account: { person = '' },
  } = useAccount();
  return useQuery({ queryKey: queryKeys.reminders(person), queryFn: () => load(person) });
}

/** Stores choices without a problem; where the choice was changed elsewhere meanwhile, it is loaded anew. */
export function useChoose(reminders: Reminders, onStored?: () => void) {
  const { t, language } = useLanguage();
  const client = useQueryClient();
  const {
    account: { person: patient = '' },
  } = useAccount();
  return useMutation({
    mutationFn: async (wish: Choice) => {
      // Without reminders there is no device that receives them.
      const choice = wish.wanted ? wish : { ...wish, onDevices: undefined };
      const person = JSON.parse(await fhirRead(`Patient/${patient}`)) as { meta?: Meta };
      const answer = choice.wanted ? t('reminders.on', { time: choice.time }) : t('reminders.off');
      const what = choice.onDevices ? [t('push.what'), t('push.passes'), t('push.agree')] : [t('reminders.what')];
      const words = [t('reminders.title'), ...what, t('reminders.when'), t('reminders.clinic'), answer];
      await sendTransaction(
        choiceTransaction({
          patient,
          choice,
          earlier: reminders.consent,
          when: localTime(new Date()),
          language,
          words: words.join('\n'),
          simulated: isSimulated(person),
        }),
      );
      if (!choice.wanted) for (const device of reminders.push?.devices ?? []) await endDevice(device);
    },
    onSuccess: () => onStored?.(),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.reminders(patient) }),
  });
}

/** Whether another device or window changed the choice first. */
export const wasChanged = (error: Error | null) =>
  error instanceof Failure && (error.status === 409 || error.status === 412);
