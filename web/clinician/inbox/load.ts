// SPDX-License-Identifier: Apache-2.0
import { clinicIn } from '../../fhir/clinic.ts';
import { searchAll } from '../../data/fhir_search.ts';
import { messagesIn, type Message } from '../../data/messages.ts';
import { REACTION_QUERY, reactionsIn, type Reaction } from '../../data/message_reactions.ts';
import { NAMED } from '../../data/patients.ts';
import type { PatientNamed } from '../../fhir/people.ts';
import { resourcesIn } from '../../fhir/resources.ts';
import { CLINIC_KINDS } from '../../fhir/unanswered.ts';
import { fhirRead, Failure } from '../../data/api.ts';

interface Telecom {
  system?: string;
  use?: string;
  value?: string;
}

export interface Loaded {
  messages: Message[];
  reactions: Reaction[];
  /** There are older ones. */
  more: boolean;
  /** Where the clinic is called, and where the patient is. */
  clinicPhone: string | null;
  patientPhone: string | undefined;
}

const hasMore = (bundle: string) =>
  (JSON.parse(bundle) as { link?: { relation?: string }[] }).link?.some(({ relation }) => relation === 'next') ?? false;

/**
 * The `count` messages that reached the record last. Throws where the patient may not be seen: a search that may show
 * nothing is merely empty.
 */
export async function loadConversation(patient: string, count: number): Promise<Loaded> {
  const [bundle, people, reactions] = await Promise.all([
    fhirRead(
      `Communication?subject=Patient/${patient}&category=${CLINIC_KINDS}&_sort=-_lastUpdated&_count=${count}` +
        `&_include=Communication:sender:Practitioner&_include=Communication:sender:RelatedPerson`,
    ),
    fhirRead(`Patient?_id=${patient}&_include=Patient:organization:Organization`),
    fhirRead(`Communication?subject=Patient/${patient}&${REACTION_QUERY}`),
  ]);
  const [person] = resourcesIn<{ telecom?: Telecom[] }>([people], 'Patient');
  if (!person) throw new Failure('not-allowed', 0, 403);
  return {
    messages: messagesIn([bundle], patient),
    reactions: reactionsIn([reactions], patient),
    more: hasMore(bundle),
    clinicPhone: clinicIn([people]).clinic.phone,
    patientPhone: person.telecom?.find(({ system, use }) => system === 'phone' && use !== 'old')?.value,
  };
}

/** All own patients, those too who are not treated any more: they may have written. */
export const loadPatients = () => searchAll<PatientNamed>('Patient', `?_count=1000&_elements=${NAMED}`);

/** The words of messages, by id. */
export async function loadWords(ids: readonly string[]): Promise<Map<string, string>> {
  const all = await searchAll<{ id?: string; payload?: { contentString?: string }[] }>(
    'Communication',
    `?_id=${ids.join(',')}&_count=${ids.length}&_elements=payload`,
  );
  return new Map(
    all.flatMap(({ id, payload = [] }) =>
      id ? [[id, payload.flatMap(({ contentString }) => contentString ?? []).join(' ')] as const] : [],
    ),
  );
}
