// What a clinician changes in a chart. Made once however often it is sent; changed only if nobody else did meanwhile.
import { SIMULATED } from '../../parts/questionnaire/response.ts';
import { sendTransaction } from '../../source/api.ts';
import type { Meta } from '../../record/results.ts';

interface Resource { resourceType: string; id?: string; meta?: Meta }

const UUIDS = 'urn:ietf:rfc:3986';

/** `simulated`: of the patient; whatever is about no person says so. */
export async function create(resource: Resource, simulated: boolean, uuid: string = crypto.randomUUID()) {
  const value = `urn:uuid:${uuid}`;
  await sendTransaction(JSON.stringify({
    resourceType: 'Bundle', type: 'transaction',
    entry: [{
      // Not the identifier's value: whatever is like a full URL becomes a reference.
      fullUrl: `urn:uuid:${crypto.randomUUID()}`, resource: { ...resource, ...(simulated && { meta: SIMULATED }), identifier: [{ system: UUIDS, value }] },
      request: { method: 'POST', url: resource.resourceType, ifNoneExist: `identifier=${UUIDS}|${value}` },
    }],
  }));
}

/** `resource`: the whole of it, as the record gave it, with what is to be another. */
export async function change(resource: Resource) {
  const { id, meta, resourceType } = resource;
  await sendTransaction(JSON.stringify({
    resourceType: 'Bundle', type: 'transaction',
    entry: [{ resource, request: { method: 'PUT', url: `${resourceType}/${id ?? ''}`, ifMatch: `W/"${meta?.versionId ?? ''}"` } }],
  }));
}
