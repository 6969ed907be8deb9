// SPDX-License-Identifier: Apache-2.0
// A clinician's changes of the record. A resource is created once however often it is sent. It is changed only if its
// version is still the same.
import type { Resource } from 'fhir/r4';
import { SIMULATED } from '../fhir/questionnaire/response.ts';
import { Failure, fhirRead, sendTransaction } from './api.ts';

const UUIDS = 'urn:ietf:rfc:3986';

const send = (entry: readonly object[]) =>
  sendTransaction(JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }));

// Without a fullUrl: the record would take an identifier that is the same for a reference to the entry, and not know it
// again.
function created(resource: Resource, simulated: boolean, uuid: string) {
  const value = `urn:uuid:${uuid}`;
  return {
    resource: { ...resource, ...(simulated && { meta: SIMULATED }), identifier: [{ system: UUIDS, value }] },
    request: { method: 'POST', url: resource.resourceType, ifNoneExist: `identifier=${UUIDS}|${value}` },
  };
}

/** `simulated`: of the patient; whatever is about no person says so. What it is in the record: ["Goal/17"]. */
export const create = <T extends Resource>(resource: T, simulated: boolean, uuid: string = crypto.randomUUID()) =>
  send([created(resource, simulated, uuid)]);

/** All of them, or none. */
export const createAll = (resources: readonly Resource[], simulated: boolean) =>
  send(resources.map((one) => created(one, simulated, crypto.randomUUID())));

/** All of them, or none; those are left out that are there by the same name. */
export const createNamed = (
  resources: readonly { resource: Resource; system: string; name: string }[],
  simulated: boolean,
) =>
  send(
    resources.map(({ resource, system, name }) => ({
      resource: { ...resource, ...(simulated && { meta: SIMULATED }), identifier: [{ system, value: name }] },
      request: { method: 'POST', url: resource.resourceType, ifNoneExist: `identifier=${system}|${name}` },
    })),
  );

/** Returns a transaction entry that updates the resource if its version is still the same. */
export const changed = <T extends Resource>(resource: T) => ({
  resource,
  request: {
    method: 'PUT',
    url: `${resource.resourceType}/${resource.id ?? ''}`,
    ifMatch: `W/"${resource.meta?.versionId ?? ''}"`,
  },
});

/** Updates a resource. `resource`: the whole resource as read, with the changes. */
export const change = <T extends Resource>(resource: T) => send([changed(resource)]);

/**
 * Writes a resource as it was before one change, as a new version. Throws a Failure where it was changed again since:
 * that was another user's decision.
 */
export async function restore(before: Resource) {
  const { meta } = JSON.parse(await fhirRead(`${before.resourceType}/${before.id ?? ''}`)) as Resource;
  if (Number(meta?.versionId) !== Number(before.meta?.versionId) + 1) throw new Failure('changed', 0, 412);
  await change({ ...before, meta: { ...before.meta, ...meta } });
}

/** All of them, or none. */
export const changeAll = (resources: readonly Resource[]) => send(resources.map(changed));

const there = (resource: Resource) => ({
  resource,
  request: { method: 'PUT', url: `${resource.resourceType}/${resource.id ?? ''}`, ifNoneMatch: '*' },
});

/** At the id that it bears, if nothing is there. */
export const createThere = (resource: Resource) => send([there(resource)]);

/** Creates a resource at its id and updates the one that refers to it: both or none. */
export const createWith = (made: Resource, next: Resource) => send([there(made), changed(next)]);

/** Its versions before stay in the record. */
export const remove = ({ resourceType, id, meta }: Resource) =>
  send([
    { request: { method: 'DELETE', url: `${resourceType}/${id ?? ''}`, ifMatch: `W/"${meta?.versionId ?? ''}"` } },
  ]);
