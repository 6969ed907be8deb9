// SPDX-License-Identifier: Apache-2.0
// A patient sends pictures to the clinic: each after a confirmation of its own, without the place that the camera wrote
// into the file, without a network, too. The clinic sees them, large, by the keyboard. A drawn picture; all of it says
// that it is simulated.

import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { open_window } from './browser.mjs';
import { demo_patient, sign_in_clinician } from './chart_patient.mjs';
import { all_is_sent, fill_disk } from './demo.mjs';
import { photo_with_place } from './gps_photo.ts';
import { expect, test } from './journey.ts';
import { look } from './look.ts';
import { downloaded_types, send_as_it_is } from './message_media.ts';

test('pictures in messages', async ({ open_demo, scratch }) => {
  const demo = await open_demo();
  const { patient } = await demo_patient(demo);
  const robin = demo.window;
  const { page, t, button, heading } = robin;
  await demo.sign_in();
  const photo = join(scratch, 'wound.jpg');
  const bytes = await photo_with_place(page);
  expect(bytes.includes('Exif'), 'the photo has its place').toBe(true);
  writeFileSync(photo, bytes);
  const note = join(scratch, 'note.jpg');
  writeFileSync(note, 'no picture');

  const dialog = page.getByRole('dialog');
  const choose = (...files: string[]) =>
    page.locator('.choose-pictures input[type=file][multiple]').setInputFiles(files);
  const drafts = page.locator('.choose-pictures .picture-row img');
  const sent = () =>
    demo.search(`Communication?subject=Patient/${patient}&sender=Patient/${patient}&_sort=sent&_count=100`);
  const confirm = (count: number) =>
    dialog.getByRole('button', { name: t('picture.send', { count }), exact: true }).click();

  await test.step('a picture is chosen, looked at, and leaves only when that is confirmed', async () => {
    await page.goto(`${demo.origin}/messages`);
    await heading('messages.title');
    await choose(note);
    await page.getByText(t('picture.unreadable', { name: 'note.jpg' })).waitFor();
    await choose(photo, photo, photo, photo);
    await expect(drafts).toHaveCount(3);
    await page.getByText(t('picture.tooMany', { most: 3 })).waitFor();
    await page
      .getByRole('button', { name: new RegExp(`^${t('picture.remove')}`) })
      .nth(2)
      .click();
    await page
      .getByRole('button', { name: new RegExp(`^${t('picture.remove')}`) })
      .nth(1)
      .click();
    await expect(drafts).toHaveCount(1);
    await robin.field('messages.write').fill('My wound today (simulated).');
    await look(robin, 'message with a picture');
    await button('messages.send').click();
    await dialog.getByText(t('picture.leaves', { count: 1 })).waitFor();
    await look(robin, 'picture is confirmed');
    await dialog.getByRole('button', { name: t('cancel'), exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect(drafts, 'nothing is lost, and nothing was sent').toHaveCount(1);
    expect(await sent()).toStrictEqual([]);
  });

  await test.step('it goes out drawn anew, without its place', async () => {
    const posted = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/fhir'));
    await button('messages.send').click();
    await confirm(1);
    const whole = (await posted).postData() ?? '';
    await all_is_sent(page);
    const { entry } = JSON.parse(whole);
    const out = Buffer.from(entry[1].resource.data, 'base64');
    expect(out.includes('Exif')).toBe(false);
    expect(out.length).toBeLessThan(1024 * 1024);
    const [message] = await sent();
    const address = message.payload[1].contentAttachment.url;
    const kept = await demo.read(address);
    expect(Buffer.from(kept.data, 'base64').equals(out), 'the record has what the patient saw').toBe(true);
    expect(kept.securityContext.reference).toBe(`Patient/${patient}`);
    expect(kept.meta.tag.map(({ code }) => code).sort()).toStrictEqual(['message-picture', 'simulated']);
    const size = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    }, `data:image/jpeg;base64,${kept.data}`);
    expect(size).toStrictEqual([1600, 1200]);
    await page.locator('.message .sent-pictures li').scrollIntoViewIfNeeded();
    await page.locator('.message .sent-picture img').waitFor();
    await expect(drafts).toHaveCount(0);
    await look(robin, 'message with a sent picture');
  });

  await test.step('the server refuses the file as the camera wrote it', async () => {
    const status = await send_as_it_is(page, { patient, contentType: 'image/jpeg', tag: 'message-picture', bytes });
    expect(status).toBe(422);
    expect(await sent()).toHaveLength(1);
  });

  await test.step('without room on the device nothing is sent, and the page says so', async () => {
    await choose(photo);
    await expect(drafts).toHaveCount(1);
    const free = await fill_disk(page);
    await button('messages.send').click();
    await confirm(1);
    await page.getByText(t('picture.noRoom')).waitFor();
    expect(await sent()).toHaveLength(1);
    await free();
  });

  await test.step('without a network it waits, and is sent later', async () => {
    await robin.context.setOffline(true);
    await button('messages.send').click();
    await confirm(1);
    const waiting = page.locator('.message', { hasText: t('messages.waiting') });
    await waiting.locator('.sent-picture img').waitFor();
    await page.getByText(t('picture.noRoom')).waitFor({ state: 'detached' });
    await robin.context.setOffline(false);
    await all_is_sent(page);
    await waiting.waitFor({ state: 'detached' });
    expect((await sent()).map(({ payload }) => payload.length)).toStrictEqual([2, 1]);
  });

  const kim = await open_window(demo.browser, demo.origin, { width: 1280 });
  await sign_in_clinician(demo, kim);
  await test.step('the clinic sees them, and opens one by the keyboard', async () => {
    await kim.page.goto(`${demo.origin}/patient?id=${patient}&tab=messages`);
    const pictures = kim.page.locator('.conversation .sent-picture');
    await expect(pictures).toHaveCount(2);
    // Each is loaded when it comes into view.
    await kim.page.locator('.conversation .sent-pictures li').first().scrollIntoViewIfNeeded();
    expect(await pictures.first().locator('img').getAttribute('alt')).toContain('Robin Simulated');
    await look(kim, 'pictures in the conversation', { narrow: 820 });
    await kim.page.locator('.conversation button.sent-picture').first().focus();
    await kim.page.keyboard.press('Enter');
    const large = kim.page.getByRole('dialog');
    await large.locator('img').waitFor();
    await look(kim, 'a picture large', { narrow: 820 });
    await kim.page.keyboard.press('Escape');
    await large.waitFor({ state: 'detached' });
    await expect(kim.page.locator('.conversation button.sent-picture').first()).toBeFocused();
  });

  await test.step('the clinic says a word, which answers nothing, and changes it', async () => {
    const first = kim.page.locator('.conversation .message', { has: kim.page.locator('.sent-picture') }).first();
    const words = first.getByRole('group', { name: t('reaction.group') });
    const badge = (word: 'seen' | 'thank-you') =>
      first.getByText(t(`reaction.by.${word}`, { name: 'Kim Simulated' }), { exact: true });
    await words.getByRole('button', { name: t('reaction.seen'), exact: true }).click();
    await badge('seen').waitFor();
    await words.getByRole('button', { name: t('reaction.thank-you'), exact: true }).click();
    await badge('thank-you').waitFor();
    await badge('seen').waitFor({ state: 'detached' });
    await expect(first.getByText(t('inbox.waits'), { exact: true }), 'it still waits').toBeVisible();
    await look(kim, 'a word to a message', { narrow: 820 });
    await button('messages.look').click();
    const said = page.getByText(t('reaction.by.thank-you', { name: 'Kim Simulated' }), {
      exact: true,
    });
    await said.waitFor();
    await look(robin, 'messages with a word');
    await words.getByRole('button', { name: t('reaction.thank-you'), exact: true }).click();
    await badge('thank-you').waitFor({ state: 'detached' });
    await button('messages.look').click();
    await said.waitFor({ state: 'detached' });
  });

  await test.step('the clinician has a face, which the patient sees beside the name', async () => {
    await kim.page.goto(`${demo.origin}/account`);
    await kim.heading('photo.title');
    await kim.page.locator('input[type=file]').setInputFiles(photo);
    await kim.shows('photo.consent');
    await look(kim, 'a photo is cut', { narrow: 820 });
    await kim.button('photo.use').click();
    await kim.shows('photo.shown');
    const [practitioner] = await demo.search('Practitioner?name=Kim');
    const face = Buffer.from(practitioner.photo[0].data, 'base64');
    expect([practitioner.photo.length, face.includes('Exif'), face.length <= 12_000]).toStrictEqual([1, false, true]);
    await look(kim, 'account with a photo', { narrow: 820 });
    await kim.page.goto(`${demo.origin}/patient?id=${patient}&tab=messages`);
    await kim.page
      .getByLabel(t('inbox.answer', { name: 'Robin Simulated' }), { exact: true })
      .fill('It heals (simulated).');
    await kim.button('inbox.send').click();
    await kim.shows('inbox.sent');
    await button('messages.look').click();
    const answer = page.locator('.message', { hasText: 'It heals (simulated).' });
    await expect(answer.locator('img.face')).toBeVisible();
    await look(robin, 'messages with a face');
    await kim.page.goto(`${demo.origin}/account`);
    await kim.button('photo.remove').click();
    await kim.shows('photo.none');
    await button('messages.look').click();
    await expect(answer.locator('span.face')).toHaveText('KS');
  });

  await test.step('they are in the download of the record', async () => {
    expect(await downloaded_types(robin, demo.origin)).toStrictEqual(['image/jpeg', 'image/jpeg']);
  });
  expect([...robin.problems, ...kim.problems]).toStrictEqual([]);
});
