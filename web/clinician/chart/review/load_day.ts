// SPDX-License-Identifier: Apache-2.0
// Loads the sets of one day with their measurements, recordings and comments.
import type { Communication, DocumentReference, Observation, Practitioner, Procedure, ServiceRequest } from 'fhir/r4';
import { fromBase64 } from '../../../data/base64.ts';
import { searchAll } from '../../../data/fhir_search.ts';
import { resourcesIn, type Stored } from '../../../fhir/resources.ts';
import { codeIn, codeOf, partIn, rangeIn, type Range } from '../../../fhir/results.ts';
import { fhirRead } from '../../../data/api.ts';
import { loadExercise, stillAllowed } from '../../../clinical/chart/load.ts';
import { nameOf } from '../../../fhir/people.ts';
import { extensionOf, sideIn } from '../../../clinical/chart/records.ts';
import { setsDone, type SetDone, type Side } from '../../../clinical/chart/series.ts';

export interface ReviewedSet extends SetDone {
  version: string | undefined;
  stopped: string | undefined;
  repetitions: number | undefined;
  hold_s: number | undefined;
  quality: number | undefined;
  ranges: (Range & { side: Side | undefined; measure: string | undefined })[];
  byHand: boolean;
  recording: { id: string; url: string; gzip: boolean } | undefined;
  notes: string[];
}

export interface Comment {
  resource: Communication;
  id: string;
  by: string;
  sent: string;
  text: string;
  time_s: number | undefined;
  set: string;
}

export const COMMENT = { system: 'urn:reprise:communication', code: 'session-comment' };
export const COMMENT_TIME = 'urn:reprise:recording-time';
const RECORDING = 'urn:reprise:document%7Clandmark-recording';
const PAGE = 1000;

function recordingOf(id: string, documents: readonly DocumentReference[]): ReviewedSet['recording'] {
  const one = documents.find(
    ({ status, context }) =>
      status === 'current' && context?.related?.some(({ reference }) => reference === `Procedure/${id}`),
  );
  const attachment = one?.content?.[0]?.attachment;
  if (!one?.id || !attachment?.url || !/^Binary\/[A-Za-z0-9.-]{1,64}$/.test(attachment.url)) return undefined;
  return { id: one.id, url: attachment.url, gzip: attachment.contentType?.endsWith('+gzip') ?? false };
}

function reviewed(
  set: SetDone,
  procedure: Procedure,
  observations: readonly Observation[],
  documents: readonly DocumentReference[],
): ReviewedSet {
  const own = observations.filter(({ partOf }) => partOf?.[0]?.reference === `Procedure/${set.id}`);
  const named = (code: string) => own.find((one) => codeIn(one.code) === code);
  return {
    ...set,
    version: procedure.instantiatesCanonical?.[0]?.split('|')[1],
    stopped: codeOf(procedure.statusReason, 'urn:reprise:stop-reason'),
    repetitions: named('repetitions')?.valueInteger,
    hold_s: (named('hold-time') ?? named('tension-time'))?.valueQuantity?.value,
    quality: named('movement-quality')?.valueQuantity?.value,
    ranges: own.flatMap((one) => {
      const code = codeIn(one.code);
      const isRange = code === 'best-range' || code === 'mean-range' || code === 'muscle-activity';
      const range = isRange ? rangeIn(one, code === 'best-range') : undefined;
      return range
        ? [
            {
              ...range,
              measure: codeOf(one.code, 'urn:reprise:measure'),
              side: sideIn(one.bodySite ? [one.bodySite] : undefined) ?? set.side,
            },
          ]
        : [];
    }),
    byHand: own.some(({ method }) => method?.text === 'counted by hand'),
    recording: recordingOf(set.id, documents),
    notes: (procedure.note ?? []).flatMap(({ authorReference, text }) => (authorReference && text ? [text] : [])),
  };
}

export interface DayReview {
  sets: ReviewedSet[];
  pains: { at: string; moment: string; value: number }[];
}

/** `day`: YYYY-MM-DD by the clock of who looks. */
export async function loadDay(patient: string, day: string): Promise<DayReview> {
  const from = new Date(`${day}T00:00`);
  const to = new Date(from.getFullYear(), from.getMonth(), from.getDate() + 1);
  const when = `&date=ge${from.toISOString()}&date=lt${to.toISOString()}`;
  const of = `?subject=Patient/${patient}&_count=${PAGE}`;
  const [procedures, observations, documents] = await stillAllowed(
    patient,
    Promise.all([
      searchAll<Procedure>('Procedure', of + when),
      searchAll<Observation>('Observation', of + when),
      searchAll<DocumentReference>(
        'DocumentReference',
        `${of}&type=${RECORDING}&period=ge${from.toISOString()}&period=lt${to.toISOString()}`,
      ),
    ]),
  );
  const sets = setsDone(procedures, Date.now()).flatMap((set) => {
    const procedure = procedures.find(({ id }) => id === set.id);
    return procedure ? [reviewed(set, procedure, observations, documents)] : [];
  });
  const pains = observations
    .filter((one) => codeOf(one.code, 'http://loinc.org') === '72514-3')
    .flatMap((one) => {
      const [at, value] = [one.effectiveDateTime, one.valueQuantity?.value];
      return at === undefined || value === undefined
        ? []
        : [
            {
              at,
              value,
              moment: codeOf(partIn(one, 'moment')?.valueCodeableConcept, 'urn:reprise:moment') ?? 'unsaid',
            },
          ];
    })
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return { sets: sets.filter((set) => set.day === day), pains };
}

/** Other sets of an exercise that have a recording, the newest first. */
export async function loadRecorded(
  patient: string,
  exercise: string,
): Promise<{ id: string; at: number; side: Side | undefined }[]> {
  const documents = await searchAll<DocumentReference>(
    'DocumentReference',
    `?subject=Patient/${patient}&type=${RECORDING}&_count=${PAGE}&_elements=status,content,context`,
  );
  const ids = new Set(
    documents
      .flatMap(({ context }) => context?.related ?? [])
      .map(({ reference }) => reference?.replace('Procedure/', '')),
  );
  const procedures = await searchAll<Procedure>(
    'Procedure',
    `?subject=Patient/${patient}&code=urn:reprise:exercise%7C${exercise}&_count=${PAGE}&_sort=-date`,
  );
  return setsDone(procedures, Date.now())
    .filter(({ id }) => ids.has(id))
    .reverse()
    .map(({ id, at, side }) => ({ id, at, side }));
}

/** Any one set, for beside another. */
export async function loadSet(patient: string, id: string): Promise<ReviewedSet | undefined> {
  const [procedure, observations, documents] = await stillAllowed(
    patient,
    Promise.all([
      fhirRead(`Procedure/${id}`),
      searchAll<Observation>('Observation', `?subject=Patient/${patient}&part-of=Procedure/${id}&_count=${PAGE}`),
      searchAll<DocumentReference>('DocumentReference', `?subject=Patient/${patient}&related=Procedure/${id}`),
    ]),
  );
  const read = JSON.parse(procedure) as Stored<Procedure>;
  const [set] = setsDone([read], Date.now());
  return set && reviewed(set, read, observations, documents);
}

export async function loadComments(patient: string, set: string): Promise<Comment[]> {
  const text = await stillAllowed(
    patient,
    fhirRead(
      `Communication?subject=Patient/${patient}&category=${COMMENT.system}%7C${COMMENT.code}&_sort=sent` +
        `&_count=${PAGE}&_include=Communication:sender:Practitioner`,
    ),
  );
  const people = resourcesIn<Practitioner>([text], 'Practitioner');
  return resourcesIn<Communication>([text], 'Communication')
    .filter(
      ({ status, about }) => status === 'completed' && about?.some(({ reference }) => reference === `Procedure/${set}`),
    )
    .map((resource): Comment => {
      const person = people.find(({ id }) => resource.sender?.reference === `Practitioner/${id}`);
      return {
        resource,
        set,
        id: resource.id ?? '',
        sent: resource.sent ?? '',
        by: (person && nameOf(person)) ?? '',
        text: (resource.payload ?? []).flatMap(({ contentString }) => contentString ?? []).join('\n'),
        time_s: extensionOf(resource, COMMENT_TIME)?.valueQuantity?.value,
      };
    })
    .sort((a, b) => (a.time_s ?? 0) - (b.time_s ?? 0));
}

export async function loadBytes(url: string): Promise<Uint8Array> {
  const { data = '' } = JSON.parse(await fhirRead(url)) as { data?: string };
  return fromBase64(data);
}

/** The limit that the order set: of the version that held then, as far as the record tells. */
export async function loadCeiling({ request, at }: SetDone): Promise<number | undefined> {
  if (!request) return undefined;
  const versions = await searchAll<ServiceRequest>('ServiceRequest', `/${request}/_history?_count=100`);
  const ordered = versions.sort((a, b) => Number(a.meta?.versionId) - Number(b.meta?.versionId));
  const held = ordered.findLast(({ meta }) => Date.parse(meta?.lastUpdated ?? '') <= at) ?? ordered[0];
  return extensionOf(extensionOf(held, 'urn:reprise:max-range'), 'value')?.valueQuantity?.value;
}

export { loadExercise };
