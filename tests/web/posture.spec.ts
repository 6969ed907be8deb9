// SPDX-License-Identifier: Apache-2.0
// A clinician measures a posture in a photo: automatic points, C7 placed, a point dragged and another moved by the
// arrow keys, values at once, accepted, in the record, compared the next time. The photo is a picture of a rendered
// person, and all of it says that it is simulated; no photo reaches the server.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { open_assess } from './chart_patient.mjs';
import { expect, test } from './journey.ts';
import { look } from './look.ts';
import { person_from_behind as photo } from './person_from_behind.ts';

test('a posture: points, values, accepted, compared', async ({ open_demo, scratch }) => {
  const demo = await open_demo();
  const { clinic, values } = await open_assess(demo, 'posture');
  const { page, t, button, shows } = clinic;
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(request.postDataBuffer()?.toString('latin1') ?? '');
  });
  const posture = page.locator('.posture');
  const value = (measure: string, part: string) =>
    posture.locator(`tr[data-measure="${measure}"][data-part="${part}"] .number`);
  const point = (name: string) => posture.locator(`.point[data-point="${name}"]`);
  const choose = (file: string) => posture.locator('input[type=file]').setInputFiles(file);

  await test.step('a file that is no photo says so', async () => {
    const broken = join(scratch, 'broken.png');
    writeFileSync(broken, 'no');
    await choose(broken);
    await shows('posture.noPhoto');
  });

  await test.step('automatic points give values, and missing points are named', async () => {
    await posture.getByLabel(t('posture.height'), { exact: true }).fill('172');
    await look(clinic, 'posture choose', { narrow: 820 });
    await choose(photo);
    await expect(point('left_shoulder')).toHaveAttribute('data-origin', 'automatic', { timeout: 600_000 });
    await expect(value('shoulder_level', 'back')).toContainText('±');
    await expect(posture.getByText(t('posture.warning.points_not_checked'))).toBeVisible();
    await expect(posture.getByText(t('posture.warning.camera_level_unknown'))).toBeVisible();
    await posture.locator('.gaps summary').click();
    await expect(posture.locator('.gaps')).toContainText('C7');
  });

  await test.step('C7 is placed by a tap', async () => {
    await button('posture.place', { point: 'C7' }).click();
    await expect(value('plumb_offset', 'back_c7')).toHaveCount(0);
    const box = await posture.locator('.editor').boundingBox();
    if (!box) throw new Error('no picture');
    await page.mouse.click(box.x + box.width * 0.42, box.y + box.height * 0.19);
    await expect(value('plumb_offset', 'back_c7')).toContainText('mm');
    await expect(point('c7')).toHaveAttribute('data-origin', 'placed');
    // A tap on the point that waits puts it there, too; Space does not.
    await button('posture.place', { point: t('posture.point.natal_cleft') }).click();
    await page.keyboard.press('Space');
    await expect(point('natal_cleft')).toHaveAttribute('data-origin', 'pending');
    await point('natal_cleft').click();
    await expect(point('natal_cleft')).toHaveAttribute('data-origin', 'placed');
    await button('posture.remove', { point: t('posture.point.natal_cleft') }).click();
    await expect(point('natal_cleft')).toHaveCount(0);
  });

  await test.step('a point is dragged, and another moved by the arrow keys', async () => {
    const before = await value('shoulder_level', 'back').innerText();
    await point('left_shoulder').scrollIntoViewIfNeeded();
    const at = await point('left_shoulder').boundingBox();
    if (!at) throw new Error('no point');
    const [x, y] = [at.x + at.width / 2, at.y + at.height / 2];
    // Taken hold of beside its middle, it moves with the finger and does not jump to it.
    await page.mouse.move(x + 8, y + 8);
    await page.mouse.down();
    await page.mouse.move(x + 8, y - 4, { steps: 4 });
    await expect(posture.locator('.magnifier')).toBeVisible();
    await page.mouse.up();
    await expect(point('left_shoulder')).toHaveAttribute('data-origin', 'moved');
    const now = await point('left_shoulder').boundingBox();
    expect(now?.x).toBeCloseTo(at.x, 0);
    expect(now?.y).toBeCloseTo(at.y - 12, 0);
    await expect(value('shoulder_level', 'back')).not.toHaveText(before);
    const dragged = await value('shoulder_level', 'back').innerText();
    await point('right_shoulder').focus();
    for (let i = 0; i < 2; ++i) await page.keyboard.press('Shift+ArrowDown');
    await expect(value('shoulder_level', 'back')).not.toHaveText(dragged);
    await expect(point('right_shoulder')).toHaveAttribute('data-origin', 'moved');
    await look(clinic, 'posture points', { narrow: 820 });
    await button('posture.undo', { point: t('posture.point.right_shoulder') }).click();
    await expect(value('shoulder_level', 'back')).toHaveText(dragged);
  });

  await test.step('a known level makes the ± smaller', async () => {
    const plus_minus = async () => Number((await value('trunk_tilt', 'back').innerText()).match(/±([\d.]+)/)?.[1]);
    const before = await plus_minus();
    const roll = posture.getByLabel(t('posture.roll'), { exact: true });
    // By keys, as a person types: the sign must stay.
    const tilt = await value('trunk_tilt', 'back').innerText();
    await roll.pressSequentially('-0.5');
    await expect(roll).toHaveValue(/^-0[.,]5°$/);
    await expect(value('trunk_tilt', 'back')).not.toHaveText(tilt);
    await roll.fill('0');
    await expect.poll(plus_minus).toBeLessThan(before);
    // And takes back no point.
    await expect(point('c7')).toHaveAttribute('data-origin', 'placed');
    await expect(point('left_shoulder')).toHaveAttribute('data-origin', 'moved');
  });

  await test.step('accepted, it is in the record, without a photo', async () => {
    await button('rom.accept').click();
    await shows('posture.accepted');
    const [level] = await values('shoulder_level');
    expect(level.valueQuantity.code).toBe('deg');
    expect(level.performer[0].reference).toMatch(/^Practitioner\//);
    expect(level.method.text).toContain('Posture, standing, in photos: back');
    expect(level.meta.tag.some(({ code }: { code: string }) => code === 'simulated')).toBe(true);
    expect(sent.length).toBeGreaterThan(0);
    // Neither a type nor the first bytes of a JPEG, PNG or WebP, plain or as Base64.
    for (const body of sent) expect(body).not.toMatch(/image\/|\/9j\/|iVBORw0K|UklGR|\xff\xd8\xff|\x89PNG|WEBP/);
    await expect(posture.locator('.recorded-postures tbody tr')).toHaveCount(1);
    await expect(posture.locator('.recorded-postures')).toContainText('°');
  });

  await test.step('the next time it is compared with the last one', async () => {
    await choose(photo);
    await expect(point('left_shoulder')).toHaveAttribute('data-origin', 'automatic', { timeout: 600_000 });
    await expect(posture.locator('.earlier').first()).toBeAttached();
    await expect(posture.locator('tr[data-measure="trunk_tilt"] td').nth(2)).toContainText('°');
    await expect(posture.locator('.posture-values')).not.toContainText(/[-−]0 /);
    await look(clinic, 'posture compared', { narrow: 820 });
    await button('rom.discard').click();
    expect(await values('shoulder_level')).toHaveLength(1);
  });
});
