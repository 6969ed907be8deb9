// What a clinician decides about flags: Tasks, which the server carries out (docs/rules.md).
import { SIMULATED } from '../../parts/questionnaire/response.ts';
import { sendTransaction } from '../../source/api.ts';

export interface Decision { what: 'close' | 'snooze' | 'reopen'; why?: string; until?: string }
export interface About { patient: string; practitioner: string; simulated: boolean }

const UUIDS = 'urn:ietf:rfc:3986';

export function taskOf(flag: string, { what, why, until }: Decision, { patient, practitioner, simulated }: About, uuid: string, now: string) {
  return {
    resourceType: 'Task',
    ...(simulated && { meta: SIMULATED }),
    identifier: [{ system: UUIDS, value: `urn:uuid:${uuid}` }],
    status: 'completed',
    intent: 'order',
    code: { coding: [{ system: 'urn:reprise:flag-task', code: what }] },
    focus: { reference: `Flag/${flag}` },
    for: { reference: `Patient/${patient}` },
    authoredOn: now,
    requester: { reference: `Practitioner/${practitioner}` },
    ...(why && { statusReason: { text: why.trim() } }),
    ...(until && { restriction: { period: { end: until } } }),
  };
}

/** About all of them, or none. */
export async function decide(flags: readonly string[], decision: Decision, about: About) {
  const now = new Date().toISOString();
  await sendTransaction(JSON.stringify({
    resourceType: 'Bundle', type: 'transaction',
    entry: flags.map((flag) => {
      const uuid = crypto.randomUUID();
      return { resource: taskOf(flag, decision, about, uuid, now), request: { method: 'POST', url: 'Task', ifNoneExist: `identifier=${UUIDS}|urn:uuid:${uuid}` } };
    }),
  }));
}
