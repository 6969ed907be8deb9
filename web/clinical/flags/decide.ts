// SPDX-License-Identifier: Apache-2.0
// What a clinician decides about flags: Tasks, which the server carries out (docs/clinician/rules.md).
import { recountUrgent } from '../use_attention.ts';
import { createAll } from '../../data/write.ts';

export interface Decision {
  what: 'close' | 'snooze' | 'reopen';
  why?: string;
  until?: string;
}
export interface About {
  patient: string;
  practitioner: string;
  simulated: boolean;
}

function taskOf(flag: string, { what, why, until }: Decision, { patient, practitioner }: About, now: string) {
  return {
    resourceType: 'Task',
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

/** Stores a decision about all the flags or none. The counts of the navigation follow at once. */
export async function decide(flags: readonly string[], decision: Decision, about: About): Promise<void> {
  await createAll(
    flags.map((flag) => taskOf(flag, decision, about, new Date().toISOString())),
    about.simulated,
  );
  void recountUrgent();
}
