// SPDX-License-Identifier: Apache-2.0
// The postures that the record has, without photos (photos/photo_record.ts).
import type { Binary, DocumentReference } from 'fhir/r4';
import type { PostureView } from 'reprise-engine';
import { fhirRead } from '../../data/api.ts';
import { searchAll } from '../../data/fhir_search.ts';
import { VIEWS } from './points.ts';

export interface KeptPosture {
  /** "Binary/ID" */
  address: string;
  at: string;
  /** "urn:uuid:…", in common with a photo; undefined: not known. */
  measurement?: string | undefined;
}

/** What the resources of one measurement have in common. */
export const measurementOf = ({ identifier = [] }: DocumentReference) =>
  identifier.find(({ system }) => system === 'urn:reprise:session')?.value;

const OF_MEASUREMENTS = 'urn:reprise:document%7Cmeasurement';
const POSTURE = 'urn:reprise:measurement%7Cposture';

/** The newest first. */
export async function loadPostures(patient: string): Promise<KeptPosture[]> {
  const documents = await searchAll<DocumentReference>(
    'DocumentReference',
    `?subject=Patient/${patient}&type=${OF_MEASUREMENTS}&category=${POSTURE}&_sort=-date&_count=50`,
  );
  return documents.flatMap((document) => {
    const { status, context, content } = document;
    const address = content?.[0]?.attachment.url;
    const at = context?.period?.start;
    const readable = address !== undefined && /^Binary\/[A-Za-z0-9.-]{1,64}$/.test(address);
    return status === 'current' && at && readable ? [{ address, at, measurement: measurementOf(document) }] : [];
  });
}

export interface EarlierPosture extends KeptPosture {
  /** measurement.json */
  document: string;
  view: PostureView;
  /** By name. */
  points: Map<string, { x: number; y: number }>;
  values: ShownValue[];
}

export interface ShownValue {
  measure: string;
  part: string | null;
  side: 'left' | 'right' | null;
  value: number;
  unit: string;
  uncertainty: number | null;
}

interface PostureDocument {
  values: ShownValue[];
  tables: { events: string; rows: { part: string; values: { point_x: number; point_y: number } }[] }[];
}

/** Undefined where the text is no posture. */
export function postureIn(document: string, kept: KeptPosture): EarlierPosture | undefined {
  let parsed: PostureDocument;
  try {
    parsed = JSON.parse(document) as PostureDocument;
  } catch {
    return undefined; // one that cannot be read must not hide the others
  }
  const { values, tables } = parsed;
  const rows = tables.find(({ events }) => events === 'points')?.rows ?? [];
  const view = VIEWS.find((one) => rows.some(({ part }) => part.startsWith(`${one}_`)));
  if (!view) return undefined;
  const points = new Map(
    rows
      .filter(({ part }) => part.startsWith(`${view}_`))
      .map(({ part, values: { point_x, point_y } }) => [part.slice(view.length + 1), { x: point_x, y: point_y }]),
  );
  return { ...kept, document, view, points, values };
}

export async function loadEarlier(kept: KeptPosture): Promise<EarlierPosture | undefined> {
  const { data = '' } = JSON.parse(await fhirRead(kept.address)) as Binary;
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  return postureIn(new TextDecoder().decode(bytes), kept);
}

/** How many of the newest are read: an earlier one of the same view is among them. */
const READ = 8;

export async function loadEarlierAll(patient: string): Promise<EarlierPosture[]> {
  const kept = await loadPostures(patient);
  const read = await Promise.all(kept.slice(0, READ).map(loadEarlier));
  return read.flatMap((one) => one ?? []);
}
