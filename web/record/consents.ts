// What the patient agreed to: written into the record like a result, and remembered until the record has it.
import type { GivenConsent, Programme, Reprise } from 'reprise-engine';
import { localTime } from './local_time.ts';
import { shelf } from './kept.ts';
import { post } from './outbox.ts';

export type Consents = Programme['consents'];
const NAMES = { app_use: 'appUse', movement_recording: 'movementRecording' } as const;

interface Remembered { at: string; permits: boolean }
type Answers = Partial<Record<keyof Consents, Remembered>>;

const keyOf = (account: string) => `consents ${account}`;

/** `words`: what was shown and answered, in `language`. Done when it is kept on the device. */
export async function giveConsent(reprise: Reprise, account: string, consent: Pick<GivenConsent, 'patient' | 'simulated' | 'kind' | 'permits' | 'language' | 'words'>) {
  const id = crypto.randomUUID();
  const now = new Date();
  await post({ id, kind: 'consent', bundle: reprise.consentBundle({ ...consent, id, when: localTime(now) }) });
  const kept = await shelf();
  const before = await kept.value<Answers>(keyOf(account));
  await kept.putValue(keyOf(account), { ...before, [NAMES[consent.kind]]: { at: now.toISOString(), permits: consent.permits } }).catch(() => {});
}

/** As the record had it at `asked`, but for what was answered here since. */
export async function consentsNow(account: string, recorded: Consents, asked: string): Promise<Consents> {
  const answers = await (await shelf()).value<Answers>(keyOf(account)) ?? {};
  const now = { ...recorded };
  for (const [name, { at, permits }] of Object.entries(answers) as [keyof Consents, Remembered][]) {
    // A record that says nothing has not been told yet.
    if (at >= asked || now[name] === null) now[name] = permits;
  }
  return now;
}
