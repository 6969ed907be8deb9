// SPDX-License-Identifier: Apache-2.0
// Consents that are written into the record at once and read from it: what they allow begins only there
// (docs/reference/programme.md, "Patient consent").
import type { GivenConsent } from 'reprise-engine';
import type { Consent, Meta } from 'fhir/r4';
import { consentAnswer, timeOfAnswer, type ConsentAnswer, type ConsentCode } from '../fhir/consents.ts';
import { localTime } from '../fhir/local_time.ts';
import { isSimulated } from '../fhir/people.ts';
import { fhirRead, sendTransaction } from './api.ts';
import { programmeEngine } from './engine.ts';
import { searchAll } from './fhir_search.ts';

/** The answer that holds. */
export async function recordedConsent(patient: string, code: ConsentCode): Promise<ConsentAnswer> {
  return consentAnswer(
    await searchAll<Consent>(
      'Consent',
      `?patient=Patient/${patient}&status=active&category=urn:reprise:consent%7C${code}`,
    ),
    code,
  );
}

const CODES = {
  app_use: 'app-use',
  movement_recording: 'movement-recording',
  video_visit: 'video-visit',
  posture_photo: 'posture-photo',
} as const;

/** Stores the answer; resolves when the record has it. `words`: the text as shown and answered, in `language`. */
export async function recordConsent(answer: Pick<GivenConsent, 'patient' | 'kind' | 'permits' | 'language' | 'words'>) {
  const [reprise, text, last] = await Promise.all([
    programmeEngine(),
    fhirRead(`Patient/${answer.patient}`),
    recordedConsent(answer.patient, CODES[answer.kind]),
  ]);
  const simulated = isSimulated(JSON.parse(text) as { meta?: Meta | undefined });
  const when = localTime(timeOfAnswer(new Date(), last));
  await sendTransaction(reprise.consentBundle({ ...answer, id: crypto.randomUUID(), simulated, when }));
}
