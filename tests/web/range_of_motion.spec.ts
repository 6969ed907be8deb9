// SPDX-License-Identifier: Apache-2.0
// A clinician measures a range of motion: with a goniometer, by the camera, from a video file; accepts it, and finds it
// in the record. The camera shows a drawn figure, and all of it says that it is simulated.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open_assess } from './chart_patient.mjs';
import { command, expect, test } from './journey.ts';
import { look } from './look.ts';

const drawn = ['elbow_flexion', '--azimuth', '-90', '--side', 'right'];
test('a range of motion: measured, accepted, in the record', async ({ camera, open_demo }) => {
  const demo = await open_demo({ camera: await camera({ drawn: [...drawn, '--repetitions', '3'], name: 'elbow' }) });
  const { clinic, values } = await open_assess(demo, 'range_of_motion');
  const { page, t, button, shows } = clinic;

  const choose = (id: string) => page.getByLabel(t('rom.test'), { exact: true }).selectOption(id);
  const result = page.getByRole('group', { name: t('rom.result') });
  /** Accepts the result, and waits until the record has one more value. */
  const accept = async (before: number) => {
    await button('rom.accept').click();
    await shows('rom.accepted');
    expect(await values('joint_range')).toHaveLength(before + 1);
  };

  await test.step('with a goniometer, both sides', async () => {
    await choose('hip_internal_rotation');
    await expect(page.getByText(t('rom.noCamera'), { exact: true })).toBeVisible();
    for (const [side, readings, before] of [
      ['right', ['31', '33,5', ''], 0],
      ['left', ['24', '26', '25'], 1],
    ] as const) {
      await page
        .getByText(t(`side.${side}`), { exact: true })
        .first()
        .click();
      await page.getByText(t('rom.method.goniometer'), { exact: true }).click();
      await button('rom.start.goniometer').click();
      await button('rom.sum').click();
      await expect(page.getByText(t('field.missing'), { exact: true })).toHaveCount(1);
      for (const [i, reading] of readings.entries()) {
        const label = t('rom.reading', { number: i + 1 });
        await page.getByLabel(i > 0 ? t('field.optional', { label }) : label, { exact: true }).fill(reading);
      }
      await button('rom.sum').click();
      await expect(result.locator('.angle')).toContainText(side === 'right' ? '32°' : '25°');
      if (side === 'right') await look(clinic, 'range of motion result', { narrow: 820 });
      await accept(before);
    }
    const [left] = (await values('joint_range')).filter(({ bodySite }) => bodySite.coding[0].code === '7771000');
    expect(left.valueQuantity).toMatchObject({ value: 25, code: 'deg' });
    expect(left.performer[0].reference).toMatch(/^Practitioner\//);
    expect(left.method.text).toContain('goniometer');
    await expect(page.locator('.recorded-ranges')).toContainText('-7°');
  });

  await test.step('by the camera, in half a minute of the clinician’s time', async () => {
    let effort_s = 0; // 1.5 s a touch; what the person waits is measured
    const touch = async (press: () => Promise<unknown>) => {
      effort_s += 1.5;
      await press();
    };
    await touch(() => choose('elbow_flexion'));
    await look(clinic, 'range of motion', { narrow: 820 });
    await touch(() => page.getByText(t('side.right'), { exact: true }).first().click());
    await page.getByText(t('rom.method.camera'), { exact: true }).click();
    const started = Date.now();
    await touch(() => button('rom.start').click());
    await expect(result.locator('.angle')).toBeVisible({ timeout: 600_000 });
    const waited_s = (Date.now() - started) / 1000;
    await look(clinic, 'range of motion by camera', { narrow: 820 });
    await touch(() => accept(2));
    console.log(
      `from choose to accepted: ${(effort_s + waited_s).toFixed(1)} s, ${waited_s.toFixed(1)} s of it waited`,
    );
    const filmed = (await values('joint_range')).find(({ component }) =>
      component.some(({ valueString }) => valueString === 'elbow_flexion'),
    );
    expect(filmed.meta.tag.some(({ code }) => code === 'simulated')).toBe(true);
    expect(filmed.valueQuantity.value).toBeGreaterThan(100);
    await expect(page.locator('video')).toHaveCount(0);
  });

  await test.step('a file that is no video says so', async () => {
    await page
      .locator('.range-of-motion input[type=file]')
      .setInputFiles({ name: 'a.mp4', mimeType: 'video/mp4', buffer: Buffer.from('no') });
    await shows('rom.noVideo');
    await button('rom.back').click();
  });

  await test.step('from a video file, looked at picture by picture', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'reprise_range_'));
    const quicker = [...drawn, '--repetitions', '2', '--tempo', '1.5'];
    execFileSync(command, ['generate', ...quicker, '--clip', '--out', folder], { stdio: 'ignore' });
    await page.locator('.range-of-motion input[type=file]').setInputFiles(join(folder, 'clip.mp4'));
    await expect(result.locator('.angle')).toBeVisible({ timeout: 600_000 });
    await expect(result.locator('tbody tr')).toHaveCount(2);
    await button('rom.discard').click();
    expect(await values('joint_range')).toHaveLength(3);
    rmSync(folder, { recursive: true });
  });
});
