// SPDX-License-Identifier: Apache-2.0
// The photos of posture that the record keeps, each beside its measurement.
import type { DocumentReference, Extension } from 'fhir/r4';
import type { PostureView } from 'reprise-engine';
import { fhirRead } from '../../../data/api.ts';
import { searchAll } from '../../../data/fhir_search.ts';
import { change } from '../../../data/write.ts';
import type { Stored } from '../../../fhir/resources.ts';
import { VIEWS } from '../points.ts';
import { loadPostures, measurementOf, type KeptPosture } from '../record.ts';

export interface KeptPhoto {
  /** Of its DocumentReference. */
  id: string;
  at: string;
  view: PostureView;
  faceHidden: boolean;
  /** Pixels of the kept photo for one of the measured one. */
  scale: number;
  roll_deg: number | null;
  mirrored: boolean;
  /** "Binary/ID"; undefined: erased. */
  address: string | undefined;
  /** Undefined: its values are not in the record any more. */
  posture: KeptPosture | undefined;
}

const PHOTO = 'urn:reprise:posture-photo';
const OF_PHOTOS = 'urn:reprise:document%7Cposture-photo';

const part = (extension: Extension | undefined, url: string) => extension?.extension?.find((one) => one.url === url);

/** Undefined where the resource says nothing that can be shown. */
export function photoIn(document: Stored<DocumentReference>, postures: readonly KeptPosture[]): KeptPhoto | undefined {
  const facts = document.extension?.find(({ url }) => url === PHOTO);
  const view = VIEWS.find((one) => one === part(facts, 'view')?.valueCode);
  const scale = part(facts, 'scale')?.valueDecimal;
  const at = document.context?.period?.start;
  const address = document.content?.[0]?.attachment.url;
  if (!document.id || !view || !at || scale === undefined || !(scale > 0)) return undefined;
  const readable = document.status !== 'entered-in-error' && /^Binary\/[A-Za-z0-9.-]{1,64}$/.test(address ?? '');
  const measurement = measurementOf(document);
  return {
    id: document.id,
    at,
    view,
    scale,
    faceHidden: part(facts, 'face-hidden')?.valueBoolean === true,
    roll_deg: part(facts, 'roll')?.valueQuantity?.value ?? null,
    mirrored: part(facts, 'mirrored')?.valueBoolean === true,
    address: readable ? address : undefined,
    posture: postures.find((one) => measurement !== undefined && one.measurement === measurement),
  };
}

/** The newest first, erased ones among them. */
export async function loadPhotos(patient: string): Promise<KeptPhoto[]> {
  const [documents, postures] = await Promise.all([
    searchAll<DocumentReference>(
      'DocumentReference',
      `?subject=Patient/${patient}&type=${OF_PHOTOS}&_sort=-date&_count=50`,
    ),
    loadPostures(patient),
  ]);
  return documents.flatMap((one) => photoIn(one, postures) ?? []);
}

/** The server erases the picture in all versions; that there was one stays. */
export async function erasePhoto(id: string) {
  const now = JSON.parse(await fhirRead(`DocumentReference/${id}`)) as Stored<DocumentReference>;
  await change({ ...now, status: 'entered-in-error' });
}
