// SPDX-License-Identifier: Apache-2.0
// What patients print, save and send: made on the device, and read here as others read it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { daily_past, demo_patient, open_orders, pain_of, writer } from './chart_patient.mjs';
import { command, expect, pictures, test } from './journey.ts';
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
      page.waitForEvent('download', { timeout: 600_000 }),
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
    expect(all).toContain('Für RS');
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

const DAY_MS = 24 * 3600_000;

test('the record as a PDF is a summary that says what it is', async ({ open_demo, scratch }) => {
  const demo = await open_demo();
  const { window, server } = demo;
  const { page, t, heading, button } = window;
  await demo.sign_in();
  const { patient, requests } = await demo_patient(demo);
  const noon = new Date().setHours(12, 0, 0, 0) - DAY_MS;
  await writer(demo, command).write([
    ...daily_past({ patient, requests, days: 30, now: noon }),
    ...[1, 3, 5].map((ago) => [pain_of({ patient, at: noon - ago * DAY_MS, moment: 'next-morning', value: 3 })]),
  ]);
  await page.goto(`${server.origin}/settings`);
  await heading('download.title');

  for (const language of ['en', 'de', 'es']) {
    await test.step(`the PDF in ${language}`, async () => {
      const words = texts(language);
      await speak(page, language);
      const [download] = await Promise.all([
        page.waitForEvent('download', { timeout: 600_000 }),
        page.getByRole('button', { name: words['paper.record.action'], exact: true }).click(),
      ]);
      await page.getByText(download.suggestedFilename()).waitFor();
      const pdf = await read_pdf(download);
      pages_as_pictures(pdf, scratch, `record-${language}`);
      const all = flat(pdf.pages.join(' '));
      expect(pdf.properties).toMatchObject({ Tagged: 'yes', Encrypted: 'no' });
      expect(pdf.properties.Title).toBe(`${words['paper.record.title']}, Robin Simulated`);
      for (const part of ['person', 'conditions', 'programme', 'done', 'pain', 'messages', 'consents'])
        expect(all, part).toContain(words[`paper.record.${part}`]);
      // On every page.
      for (const one of pdf.pages) expect(flat(one)).toContain(words['paper.record.made'].split('{when}')[1].trim());
      expect(all).toMatch(/\d+° ± \d+°/);
      expect(pdf.structure).toContain('Table (block)');
    });
  }
  await speak(page, 'en');
  await button('paper.record.action').waitFor();
  await page.getByRole('button', { name: t('download.action') }).waitFor();
  await look(window, 'the record as a file');

  await test.step('a picture of the week has nothing clinical on it unless it is ticked', async () => {
    await page.goto(`${server.origin}/progress`);
    const card = page.getByRole('region', { name: t('card.title'), exact: true });
    const picture = card.locator('canvas');
    const tick = (name: string) => card.getByRole('checkbox', { name: t(`card.${name}.tick`) });
    await card.getByRole('combobox').selectOption('last');
    await expect(picture).toHaveAccessibleName(/7 days of exercise/);
    await expect(picture).not.toHaveAccessibleName(/Robin|pain|°/i);
    await look(window, 'the picture of a week');
    for (const name of ['name', 'pain', 'range']) await tick(name).check();
    await expect(picture).toHaveAccessibleName(/Robin.*Pain after exercising: \d.*Squat: \d+° ± \d+°/);
    await expect(picture, 'nothing under a limit').not.toHaveAccessibleName(/Heel slide/);
    const [download] = await Promise.all([page.waitForEvent('download'), button('card.keep').click()]);
    const png = readFileSync(await download.path());
    expect([png.subarray(1, 4).toString(), png.readUInt32BE(16), png.readUInt32BE(20)]).toStrictEqual([
      'PNG',
      1080,
      1350,
    ]);
    await card.getByText(t('card.saved')).waitFor();
    if (pictures) await download.saveAs(join(pictures, 'week card.png'));
    // Where a device can share, it gets the file, and nothing is saved.
    await page.evaluate(() => {
      Object.assign(navigator, {
        canShare: () => true,
        share: async ({ files }) => {
          window.shared = files.map(({ name, type }) => `${name} ${type}`);
        },
      });
    });
    await tick('pain').uncheck();
    await button('card.action').click();
    await expect.poll(() => page.evaluate(() => window.shared)).toHaveLength(1);
    expect((await page.evaluate(() => window.shared))[0]).toMatch(/^week-\d{4}-\d\d-\d\d\.png image\/png$/);
  });
});

test('a clinician prints the programme that the patient has, never a draft', async ({ open_demo }) => {
  const demo = await open_demo();
  await demo.sign_in();
  const { clinic, patient } = await open_orders(demo);
  const { page, t, button } = clinic;
  await page.goto(`${demo.origin}/programme?patient=${patient}`);
  const print = button('paper.handout.title');
  await print.click();
  const dialog = page.getByRole('dialog');
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 600_000 }),
    dialog.getByRole('button', { name: t('paper.handout.make'), exact: true }).click(),
  ]);
  const pdf = await read_pdf(download);
  expect(pdf.properties.Title).toBe('A stronger left knee, Robin Simulated');
  expect(pdf.images).toBe(10);
  await dialog.getByRole('button', { name: t('close') }).click();
  await page.getByRole('textbox', { name: t('plan.field.title') }).fill('Another title');
  await expect(print).toBeDisabled();
  await page.goto(`${demo.origin}/patient?id=${patient}&tab=report`);
  await expect(print).toBeEnabled();
});
