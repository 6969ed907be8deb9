// SPDX-License-Identifier: Apache-2.0
// What the journeys of pictures and of videos in messages share.

import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';

/** Sends a message with a file, past the page that would make it anew; returns the server's status. */
export const send_as_it_is = (
  page: Page,
  { patient, contentType, tag, bytes }: { patient: string; contentType: string; tag: string; bytes: Buffer },
) =>
  page.evaluate(
    async ([binary, person, type, code, data]) => {
      const { csrf } = await (await fetch('/auth/session')).json();
      const message = {
        resourceType: 'Communication',
        status: 'completed',
        category: [{ coding: [{ system: 'urn:reprise:communication', code: 'message' }] }],
        subject: { reference: `Patient/${person}` },
        sender: { reference: `Patient/${person}` },
        payload: [{ contentAttachment: { contentType: type, url: `Binary/${binary}` } }],
      };
      const file = {
        resourceType: 'Binary',
        id: binary,
        meta: { tag: [{ system: 'urn:reprise:tag', code }] },
        contentType: type,
        securityContext: { reference: `Patient/${person}` },
        data,
      };
      const entry = [
        { request: { method: 'POST', url: 'Communication' }, resource: message },
        { request: { method: 'PUT', url: `Binary/${binary}` }, resource: file },
      ];
      const answer = await fetch('/fhir', {
        method: 'POST',
        headers: { 'content-type': 'application/fhir+json', 'x-csrf-token': csrf },
        body: JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }),
      });
      return answer.status;
    },
    [randomUUID(), patient, contentType, tag, bytes.toString('base64')],
  );

/** The content types of the files in the download of the record, by More. */
export async function downloaded_types({ page, button }, origin: string): Promise<string[]> {
  await page.goto(`${origin}/settings`);
  const download = page.waitForEvent('download');
  await button('download.action').click();
  const stream = await (await download).createReadStream();
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  const { entry } = JSON.parse(Buffer.concat(parts).toString());
  return entry.filter(({ resource }) => resource.resourceType === 'Binary').map(({ resource }) => resource.contentType);
}
