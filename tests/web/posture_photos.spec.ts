// SPDX-License-Identifier: Apache-2.0
// A patient agrees that photos of posture are kept. A clinician keeps two, the head covered in the pixels, one of them
// with its scale from two marks; compares them, erases one; the patient takes the consent back while another is about
// to be kept. The photos are pictures of a rendered person, and all of it says that it is simulated.

import { copyFileSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { open_assess } from './chart_patient.mjs';
import { expect, test } from './journey.ts';
import { look } from './look.ts';
import { person_from_behind as photo } from './person_from_behind.ts';

test('photos of posture: agreed, kept, compared, erased', async ({ open_demo, scratch }) => {
  const demo = await open_demo();
  const robin = demo.window;
  await demo.sign_in();
  const consent = robin.page.getByRole('switch', { name: robin.t('photos.switch') });
  const consents = () => demo.search('Consent?category=urn:reprise:consent%7Cposture-photo&_sort=-date&_count=10');
  const documents = () => demo.search('DocumentReference?type=urn:reprise:document%7Cposture-photo&_sort=-date');

  const { clinic, values } = await open_assess(demo, 'posture');
  const { page, t, button, shows } = clinic;
  const posture = page.locator('.posture');
  await test.step('without the consent, nothing offers to keep a photo', async () => {
    await expect(posture.getByText(t('posture.lead.notKept'))).toBeVisible();
    await expect(posture.getByText(t('posture.photos.consent.unasked'))).toBeVisible();
    await expect(posture.getByText(t('posture.photos.none'))).toBeVisible();
  });

  await test.step('the patient agrees', async () => {
    await robin.page.goto(`${demo.origin}/settings`);
    await expect(consent).not.toBeChecked();
    await consent.click();
    await expect.poll(async () => (await consents()).length).toBe(1);
    await expect(consent).toBeChecked();
    await look(robin, 'settings with photos');
    const [given] = await consents();
    expect(given.provision.type).toBe('permit');
    const words = Buffer.from(given.sourceAttachment.data, 'base64').toString();
    expect(words).toContain(robin.t('photos.what'));
    await robin.page.reload();
    await expect(consent).toBeChecked();
  });

  const point = (name: string) => posture.locator(`.point[data-point="${name}"]`);
  /** `days_ago`: when the file was written, which is when the photo was taken. */
  const measure = async (days_ago: number) => {
    const file = join(scratch, `${days_ago}.jpg`);
    copyFileSync(photo, file);
    const taken = Date.now() / 1000 - days_ago * 86_400;
    utimesSync(file, taken, taken);
    await posture.locator('input[type=file]').setInputFiles(file);
    await expect(point('left_shoulder')).toHaveAttribute('data-origin', 'automatic', { timeout: 600_000 });
  };
  const tap = async (x: number, y: number) => {
    const box = await posture.locator('.editor').boundingBox();
    if (!box) throw new Error('no picture');
    await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
  };
  /** The size of a picture, and the share of the rendered head's pixels that have the color of the block. */
  const head_in = (address: string) =>
    page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      const canvas = document.createElement('canvas');
      const { naturalWidth: width, naturalHeight: height } = image;
      canvas.width = width;
      canvas.height = height;
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.drawImage(image, 0, 0);
      const box = [0.37 * width, 0.1 * height, 0.1 * width, 0.12 * height].map(Math.round);
      const { data } = context.getImageData(box[0], box[1], box[2], box[3]);
      let block = 0;
      for (let at = 0; at < data.length; at += 4)
        if ([0x5c, 0x67, 0x70].every((value, i) => Math.abs(data[at + i] - value) <= 3)) ++block;
      return { width, height, covered: (4 * block) / data.length };
    }, address);
  const preview = posture.locator('.kept-preview');
  /** A photo may be taken with a phone: as the patient's pages. */
  const look_everywhere = (name: string) => look(clinic, name);

  await test.step('exactly the kept photo is shown before, the head covered', async () => {
    await page.reload();
    await page.getByRole('radio', { name: t('assess.kind.posture'), exact: true }).check();
    await expect(posture.getByText(t('posture.photos.consent.yes'))).toBeVisible();
    await posture.getByLabel(t('posture.height'), { exact: true }).fill('172');
    await measure(30);
    // Back from there, the points are as they were.
    await button('rom.accept').click();
    await expect(posture.getByRole('heading', { level: 3 }).first()).toBeFocused();
    await expect(preview).toBeVisible();
    await look_everywhere('posture keep');
    await button('rom.back').click();
    await expect(posture.getByRole('button', { name: t('rom.accept'), exact: true })).toBeFocused();
    await expect(point('left_shoulder')).toHaveAttribute('data-origin', 'automatic');
    await button('rom.accept').click();
    await expect(posture.getByRole('switch', { name: t('posture.keep.hide') })).toBeChecked();
    expect(await documents()).toHaveLength(0);
  });

  const shown = await preview.getAttribute('src');
  await test.step('it is in the record with its values, without metadata, the head gone from its pixels', async () => {
    await button('posture.keep.both').click();
    await shows('posture.accepted.photo');
    const [document, ...others] = await documents();
    expect(others).toHaveLength(0);
    expect(document.meta.tag.some(({ code }: { code: string }) => code === 'simulated')).toBe(true);
    expect(document.author[0].reference).toMatch(/^Practitioner\//);
    const binary = await demo.read(document.content[0].attachment.url);
    expect(`data:image/jpeg;base64,${binary.data}`).toBe(shown);
    expect(binary.securityContext.reference).toBe(document.subject.reference);
    expect(Buffer.from(binary.data, 'base64').toString('latin1')).not.toContain('Exif');
    const [level] = await values('shoulder_level');
    expect(level.identifier.some(({ value }: { value: string }) => value === document.identifier[1].value)).toBe(true);
    expect(await head_in(shown ?? '')).toMatchObject({ covered: 1 });
    const { width, height } = await head_in(shown ?? '');
    expect(Math.max(width, height)).toBeLessThanOrEqual(1280);
  });

  await test.step('a second one by two marks', async () => {
    await posture.getByLabel(t('posture.scale'), { exact: true }).selectOption('marks');
    await measure(2);
    await expect(posture.locator('.gaps summary')).toBeVisible();
    await expect(posture.getByText(t('posture.marks.place'))).toBeVisible();
    await button('posture.place', { point: t('posture.point.mark_from') }).click();
    await tap(0.15, 0.2);
    await button('posture.place', { point: t('posture.point.mark_to') }).click();
    await tap(0.15, 0.8);
    await expect(posture.getByText(t('posture.marks.length'))).toBeVisible();
    const offset = posture.locator('tr[data-measure="plumb_offset"]').first();
    await expect(offset).toHaveCount(0);
    await posture.getByLabel(t('posture.marks'), { exact: true }).fill('120');
    await expect(offset).toContainText('mm');
    await look_everywhere('posture marks');
    // Nothing is as at the first time: a shoulder lies lower.
    await point('left_shoulder').focus();
    for (let i = 0; i < 4; ++i) await page.keyboard.press('Shift+ArrowDown');
    await button('rom.accept').click();
    await posture.getByRole('switch', { name: t('posture.keep.hide') }).click();
    await expect(preview).toBeVisible();
    await expect(preview).not.toHaveAttribute('src', shown ?? '');
    expect((await head_in((await preview.getAttribute('src')) ?? '')).covered).toBeLessThan(0.1);
    await button('posture.keep.both').click();
    await shows('posture.accepted.photo');
    const methods = (await values('shoulder_level')).map(({ method }) => method.text);
    expect(methods.filter((text) => text.includes('scale from a marked distance'))).toHaveLength(1);
    await expect(posture.locator('.photo-list li')).toHaveCount(2);
    await expect(posture.locator('.photo-list li').first()).toContainText(t('posture.photos.face'));
    await expect(posture.locator('.photo-list li').last()).toContainText(t('posture.photos.hidden'));
  });

  await test.step('before and after, beside each other and overlaid', async () => {
    await posture.locator('.photo-list li').first().getByText(t('posture.photos.show'), { exact: true }).click();
    await expect(posture.locator('.stage')).toHaveCount(1);
    await posture.locator('.comparing select').selectOption({ index: 1 });
    await expect(posture.locator('.stage')).toHaveCount(2);
    await expect(posture.locator('.stage image')).toHaveCount(2);
    const change = posture.locator('.compared-values tr[data-measure="shoulder_level"]');
    await expect(change).toContainText('°');
    await look_everywhere('posture beside');
    // The same person in the same picture: ankles and shoulders lie in one place.
    await posture.getByRole('radio', { name: t('posture.compare.way.overlaid'), exact: true }).check();
    await expect(posture.locator('.stage')).toHaveCount(1);
    const share = posture.getByRole('slider');
    await share.focus();
    await page.keyboard.press('End');
    await expect(posture.locator('[data-which="after"]')).toHaveAttribute('opacity', '1');
    await page.keyboard.press('Home');
    await expect(posture.locator('[data-which="after"]')).toHaveAttribute('opacity', '0');
    for (let i = 0; i < 10; ++i) await page.keyboard.press('ArrowRight');
    await look_everywhere('posture overlaid');
    await posture.getByRole('switch', { name: t('posture.compare.marked') }).uncheck();
    await expect(posture.locator('.stage circle')).toHaveCount(0);
  });

  await test.step('one is erased for good', async () => {
    const [, first] = await documents();
    await posture.locator('.photo-list li').last().getByText(t('posture.photos.erase'), { exact: true }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(t('posture.photos.ask'))).toBeVisible();
    await dialog.getByRole('button', { name: t('posture.photos.erase'), exact: true }).click();
    await expect(posture.locator('.photo-list li').last()).toContainText(t('posture.photos.erased'));
    await expect(posture.locator('.photo-list li').last().getByRole('button')).toHaveCount(0);
    await expect(posture.locator('.stage')).toHaveCount(1);
    await expect(posture.getByText(t('posture.photos.none'))).toHaveCount(0);
    await expect(demo.read(first.content[0].attachment.url)).rejects.toThrow();
    expect(await values('shoulder_level')).toHaveLength(2);
    await look_everywhere('posture erased');
  });

  await test.step('a photo with a second person is not offered to be kept', async () => {
    const twice = await page.evaluate(async (base64) => {
      const image = new Image();
      image.src = `data:image/jpeg;base64,${base64}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      // The person stands left of the middle: the other half shows the same one again.
      const [half, height] = [canvas.width / 2, canvas.height];
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.drawImage(image, canvas.width * 0.15, 0, half, height, 0, 0, half, height);
      context.drawImage(image, canvas.width * 0.15, 0, half, height, half, 0, half, height);
      return canvas.toDataURL('image/jpeg').split(',')[1] ?? '';
    }, readFileSync(photo).toString('base64'));
    const file = join(scratch, 'two.jpg');
    writeFileSync(file, Buffer.from(twice, 'base64'));
    await posture.locator('input[type=file]').setInputFiles(file);
    await expect(posture.getByText(t('posture.keep.others'))).toBeVisible({ timeout: 600_000 });
    await posture.getByLabel(t('posture.person'), { exact: true }).selectOption('1');
    await expect(point('left_shoulder')).toHaveAttribute('data-origin', 'automatic', { timeout: 600_000 });
    await button('rom.accept').click();
    await shows('posture.accepted');
    expect(await values('shoulder_level')).toHaveLength(3);
    expect(await documents()).toHaveLength(2);
  });

  await test.step('a consent taken back while a photo is about to be kept stops it and erases the others', async () => {
    await measure(1);
    await posture.getByLabel(t('posture.marks'), { exact: true }).fill('');
    await button('rom.accept').click();
    await expect(preview).toBeVisible();
    await consent.click();
    const dialog = robin.page.getByRole('dialog');
    await expect(dialog.getByText(robin.t('photos.askWhat'))).toBeVisible();
    await look(robin, 'settings photos off');
    await dialog.getByRole('button', { name: robin.t('photos.off'), exact: true }).click();
    await expect(consent).not.toBeChecked();
    for (const { status, content } of await documents()) {
      expect(status).toBe('entered-in-error');
      await expect(demo.read(content[0].attachment.url)).rejects.toThrow();
    }
    await button('posture.keep.both').click();
    await shows('posture.keep.withdrawn');
    expect(await values('shoulder_level')).toHaveLength(3);
    await button('posture.keep.values').click();
    await shows('posture.accepted');
    expect(await values('shoulder_level')).toHaveLength(4);
    expect(await documents()).toHaveLength(2);
    await expect(posture.getByText(t('posture.photos.consent.withdrawn'))).toBeVisible();
    await expect(posture.locator('.photo-list li[data-erased]')).toHaveCount(2);
    await expect(posture.locator('.stage')).toHaveCount(0);
    await look_everywhere('posture withdrawn');
  });
});
