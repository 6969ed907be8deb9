// SPDX-License-Identifier: Apache-2.0
import type { Bundle } from 'fhir/r4';
import { fhirRead } from './api.ts';
import type { Stored } from '../fhir/resources.ts';

const nextOf = ({ link }: Bundle) =>
  link?.find(({ relation }) => relation === 'next')?.url?.replace(/^.*\/fhir\/?(?=[A-Z]|\?)/, '');

/** All pages of a search, as texts. */
export async function searchPages(path: string): Promise<string[]> {
  const texts: string[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const text = await fhirRead(next);
    texts.push(text);
    next = nextOf(JSON.parse(text) as Bundle);
  }
  return texts;
}

/** The resources of a type on all pages of a search. */
export async function searchAll<T>(type: string, query: string): Promise<Stored<T>[]> {
  const all: Stored<T>[] = [];
  for (let next: string | undefined = `${type}${query}`; next !== undefined; ) {
    const bundle = JSON.parse(await fhirRead(next)) as Bundle;
    for (const { resource } of bundle.entry ?? [])
      if (resource?.resourceType === type) all.push(resource as unknown as Stored<T>);
    next = nextOf(bundle);
  }
  return all;
}
