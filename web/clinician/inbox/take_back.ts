// SPDX-License-Identifier: Apache-2.0
import type { Meta } from 'fhir/r4';
import { fhirRead } from '../../data/api.ts';
import { change } from '../../data/write.ts';

/** A message that is wrong is shown no longer; it stays in the record and says so. */
export async function takeBack(recordId: string) {
  const now = JSON.parse(await fhirRead(`Communication/${recordId}`)) as {
    resourceType: string;
    id: string;
    meta: Meta;
  };
  const wrong = { ...now, status: 'entered-in-error' };
  await change(wrong);
}
