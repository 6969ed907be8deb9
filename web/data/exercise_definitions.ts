// SPDX-License-Identifier: Apache-2.0
// The exercises of a programme as the record has them. Each ActivityDefinition holds the exercise's whole file, in all
// languages, so those that this device has in the same version do not come again.
import type { ActivityDefinition } from 'fhir/r4';
import { resourcesIn, type Stored } from '../fhir/resources.ts';
import { fhirRead } from './api.ts';

const TYPE = 'ActivityDefinition';
const MOST = '_count=100';

/** A version of a resource is never another. */
const versionOf = ({ id, meta }: Stored<ActivityDefinition>) => meta?.versionId && `${id} ${meta.versionId}`;

/** `urls`: of the exercises. `before`: what the record answered last, among other texts. */
export async function exerciseDefinitions(urls: readonly string[], before: readonly string[]): Promise<string[]> {
  if (urls.length === 0) return [];
  const asked = `${TYPE}?url=${urls.map(encodeURIComponent).join(',')}&${MOST}`;
  const known = new Map(resourcesIn<ActivityDefinition>(before, TYPE).map((one) => [versionOf(one), one]));
  known.delete(undefined);
  if (known.size === 0) return [await fhirRead(asked)];
  const listed = resourcesIn<ActivityDefinition>([await fhirRead(`${asked}&_elements=url,version`)], TYPE);
  const lacking = listed.filter((one) => !known.has(versionOf(one))).map(({ id }) => id);
  const entry = listed.flatMap((one) => known.get(versionOf(one)) ?? []).map((resource) => ({ resource }));
  return [
    JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }),
    ...(lacking.length === 0 ? [] : [await fhirRead(`${TYPE}?_id=${lacking.join(',')}&${MOST}`)]),
  ];
}
