// SPDX-License-Identifier: Apache-2.0
// What patients print, save and send: made on the device, and read here as others read it.

import { expect, test } from './journey.ts';
import { look } from './look.ts';
import { pages_as_pictures, qr_codes, read_pdf } from './pdf.ts';

test('the programme on paper says what binds, and no exercise is cut', async ({ open_demo, scratch }) => {
  test.setTimeout(400_000);
  const demo = await open_demo();
  const { window, server } = demo;
  const { page, t, heading, button } = window;
  await demo.sign_in();
  await page.goto(`${server.origin}/settings`);
  await heading('paper.section');

  const saved = async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 200_000 }),
      button('paper.handout.make').click(),
    ]);
    await page.getByText(t('paper.saved', { file: download.suggestedFilename() })).waitFor();
    return read_pdf(download);
  };
  await button('paper.handout.title').click();
  await page.getByRole('dialog').waitFor();
  await look(window, 'exercises on paper');

  await test.step('A4', async () => {
    const pdf = await saved();
    const [first] = pages_as_pictures(pdf, scratch, 'handout-en');
    expect(pdf.properties).toMatchObject({ Tagged: 'yes', Encrypted: 'no' });
    expect(pdf.properties['Page size']).toContain('(A4)');
    expect(pdf.properties.Title).toContain('Robin Simulated');
    expect(qr_codes(first)).toStrictEqual([`${server.origin}/today`]);
    console.log(pdf.pages.join('\n=====\n'), pdf.structure.slice(0, 3000), pdf.images);
  });
});
