import { askRecord } from '../source/api.ts';

interface Bundle { link?: { relation?: string; url?: string }[]; entry?: { resource?: { resourceType?: string } }[] }

/** The resources of a type on all pages of a search. */
export async function found<T>(type: string, query: string): Promise<T[]> {
  const all: T[] = [];
  for (let next: string | undefined = `${type}${query}`; next !== undefined;) {
    const { link, entry = [] } = JSON.parse(await askRecord(next)) as Bundle;
    for (const { resource } of entry) if (resource?.resourceType === type) all.push(resource as T);
    next = link?.find(({ relation }) => relation === 'next')?.url?.replace(/^.*\/fhir\/?(?=[A-Z]|\?)/, '');
  }
  return all;
}
