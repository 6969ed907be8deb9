// SPDX-License-Identifier: Apache-2.0
// What the patient agrees to: written into the record like a result.
import type { GivenConsent, ProgrammeEngine } from 'reprise-engine';
import { rememberAnswered } from './answered.ts';
import { localTime } from '../fhir/local_time.ts';
import { post } from './outbox.ts';

/** Queues a consent. `words`: the text as shown and answered, in `language`. Resolves once the device has stored it. */
export async function giveConsent(
  reprise: ProgrammeEngine,
  account: string,
  consent: Pick<GivenConsent, 'patient' | 'simulated' | 'kind' | 'permits' | 'language' | 'words'>,
) {
  const id = crypto.randomUUID();
  const bundle = reprise.consentBundle({ ...consent, id, when: localTime(new Date()) });
  await post({ id, kind: 'consent', bundle });
  const {
    entry: [{ resource }],
  } = JSON.parse(bundle) as { entry: [{ resource: object }] };
  await rememberAnswered(account, `consent ${consent.kind}`, id, resource).catch(() => {});
}
