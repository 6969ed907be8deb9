// SPDX-License-Identifier: Apache-2.0
// What patients print, save and send: made on the device, and read here as others read it.

import { readFileSync } from 'node:fs';
import { expect, test } from './journey.ts';
import { look } from './look.ts';
import { pages_as_pictures, qr_codes, read_pdf, type ReadPdf } from './pdf.ts';

type Texts = Record<string, string>;
const texts = (language: string): Texts =>
  JSON.parse(readFileSync(new URL(`../../translations/${language}/paper.json`, import.meta.url), 'utf8'));
/** As `pdftotext` may break it into lines. */
const flat = (text: string) => text.replace(/\s+/g, ' ');
const times = (text: string, part: string) => text.split(part).length - 1;

/** Chooses a language as if it were chosen in another window. */
const speak = (page, language: string) =>
  page.evaluate((to) => {
    localStorage.setItem('reprise-language', to);
    window.dispatchEvent(
      new StorageEvent('storage', { key: 'reprise-language', newValue: to, storageArea: localStorage }),
    );
  }, language);

/** Each exercise begins and ends on one page: its first line and its boxes. */
function nothing_is_cut({ pages }: ReadPdf, words: Texts, of: number) {
  const cards = pages.map((page) => [
    [...page.matchAll(/^\s*\d\. \S.*(?: {4}|\n\n?)/gm)].length > 0,
    times(flat(page), words['paper.tick']),
  ]);
  expect(cards.reduce((sum, [, ticks]) => sum + Number(ticks), 0)).toBe(of);
  for (const [has_steps, ticks] of cards) if (has_steps) expect(ticks).toBeGreaterThan(0);
}

test('the programme on paper says what binds, and no exercise is cut', async ({ open_demo, scratch }) => {
  test.setTimeout(400_000);
  const demo = await open_demo();
  const { window, server } = demo;
  const { page, t, heading, button } = window;
  await demo.sign_in();
  await page.goto(`${server.origin}/settings`);
  await heading('paper.section');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));

  const dialog = page.getByRole('dialog');
  const saved = async (make: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 200_000 }),
      dialog.getByRole('button', { name: make, exact: true }).click(),
    ]);
    await dialog.getByRole('status').getByText(download.suggestedFilename()).waitFor();
    return read_pdf(download);
  };
  await button('paper.handout.title').click();
  await dialog.waitFor();
  await look(window, 'exercises on paper');

  await test.step('A4 in English', async () => {
    const words = texts('en');
    await dialog.getByRole('combobox', { name: t('paper.size') }).selectOption('A4');
    const pdf = await saved(t('paper.handout.make'));
    const all = flat(pdf.pages.join(' '));
    expect(pdf.properties).toMatchObject({ Tagged: 'yes', Encrypted: 'no' });
    expect(pdf.properties['Page size']).toContain('(A4)');
    expect(pdf.properties.Title).toBe('A stronger left knee, Robin Simulated');
    const [first] = pages_as_pictures(pdf, scratch, 'handout-en');
    expect(qr_codes(first)).toStrictEqual([`${server.origin}/today`]);
    // A start and an end of each of the five.
    expect(pdf.images).toBe(10);
    nothing_is_cut(pdf, words, 5);
    expect(all).toContain('Not farther than 90°.');
    expect(all).toContain('Left side. Stand on your left leg. Lift the right.');
    expect(all).toContain(t('paper.support'));
    expect(all).toContain('Emergency: 112');
    expect(all).toContain(t('nobodyWatches'));
    expect(all).toContain('Is one calf newly swollen, hot or painful?');
    expect(pdf.structure).toMatch(/H1 \(block\)\s+"A stronger left knee"/);
    expect(pdf.structure.match(/\bH2 \(block\)/g)?.length).toBe(6);
  });

  await test.step('Letter in German, with initials', async () => {
    const words = texts('de');
    await speak(page, 'de');
    await dialog.getByRole('combobox', { name: words['paper.size'] }).selectOption('LETTER');
    await dialog.getByRole('combobox', { name: words['paper.name'] }).selectOption('initials');
    const pdf = await saved(words['paper.handout.make']);
    const all = flat(pdf.pages.join(' '));
    expect(pdf.properties['Page size']).toContain('(letter)');
    expect(all).toContain('Für R. S.');
    expect(all + pdf.properties.Title).not.toContain('Robin');
    expect(all).toContain('Nicht weiter als 90°.');
    expect(all).toContain('Ist eine Wade neu geschwollen, heiß oder schmerzhaft?');
    nothing_is_cut(pdf, words, 5);
    pages_as_pictures(pdf, scratch, 'handout-de');
  });

  await test.step('large type in Spanish, without a name', async () => {
    const words = texts('es');
    await speak(page, 'es');
    await dialog.getByRole('combobox', { name: words['paper.name'] }).selectOption('none');
    await dialog.getByRole('checkbox', { name: words['paper.large'] }).check();
    const pdf = await saved(words['paper.handout.make']);
    const all = flat(pdf.pages.join(' '));
    expect(all + pdf.properties.Title).not.toContain('Robin');
    expect(all).toContain('No más allá de 90°.');
    nothing_is_cut(pdf, words, 5);
    pages_as_pictures(pdf, scratch, 'handout-es');
  });
  expect([...new Set(asked)], 'nothing leaves for elsewhere').toStrictEqual([server.origin]);
});
