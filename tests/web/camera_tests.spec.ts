// SPDX-License-Identifier: Apache-2.0
// A clinician measures tests of function and gait from clips: a file, and one that the page films itself. Accepts the
// result, and finds it in the record. The figures are drawn, and all of it says that it is simulated; a real walk is
// measured where the recordings are at hand.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open_assess } from './chart_patient.mjs';
import { command, expect, test } from './journey.ts';
import { look } from './look.ts';

const squats = ['squat', '--azimuth', '90', '--tempo', '1.5'];
const walk = join(process.env.REPRISE_DATA ?? '../shared/data', 'video/clips/walking_side_1_cut.mp4');

test('tests by camera: filmed, measured, accepted, in the record', async ({ camera, open_demo }) => {
  const demo = await open_demo({ camera: await camera({ drawn: [...squats, '--repetitions', '3'], name: 'squats' }) });
  const { clinic, values, sent } = await open_assess(demo, 'function');
  const { page, t, button, shows } = clinic;
  const folder = mkdtempSync(join(tmpdir(), 'reprise_camera_tests_'));
  const clip_of = (name: string, options: string[]) => {
    const out = join(folder, name);
    // Few pictures a second: each takes a pass of the largest network.
    const drawn = ['generate', ...options, '--frame-rate', '15', '--clip', '--out', out];
    execFileSync(command, drawn, { stdio: 'ignore' });
    return join(out, 'clip.mp4');
  };
  const result = page.getByRole('group', { name: t('camtest.result') });
  const value = (measure: string) => result.locator(`tr[data-measure=${measure}] .amount`).first();
  const choose_file = (...files: string[]) => page.locator('input[type=file]').setInputFiles(files);

  await test.step('squats from a file: depth and number, accepted', async () => {
    await page.getByLabel(t('camtest.test'), { exact: true }).selectOption('squat');
    await look(clinic, 'test of function', { narrow: 820 });
    await choose_file(clip_of('file', [...squats, '--repetitions', '2']));
    await expect(value('repetitions')).toHaveText('2', { timeout: 600_000 });
    expect(sent).toEqual([]);
    await expect(value('squat_depth')).toContainText('°');
    await result.getByText(t('camtest.plots'), { exact: true }).click();
    await expect(result.locator('.signal canvas').first()).toBeVisible();
    await look(clinic, 'test of function result', { narrow: 820 });
    await button('rom.accept').click();
    await shows('rom.accepted');
    const [depth] = await values('squat_depth');
    expect(depth.meta.tag.some(({ code }: { code: string }) => code === 'simulated')).toBe(true);
    expect(depth.performer[0].reference).toMatch(/^Practitioner\//);
    expect(depth.valueQuantity.value).toBeGreaterThan(60);
  });

  await test.step('the same, filmed here; beside the last time', async () => {
    await button('camtest.film').click();
    await button('camtest.begin').click();
    await button('camtest.stop').waitFor();
    await page.waitForTimeout(7_000);
    await button('camtest.stop').click();
    await expect(value('repetitions')).toBeVisible({ timeout: 600_000 });
    await expect(page.locator('video')).toHaveCount(0);
    await expect(result.locator('tr[data-measure=repetitions]').first()).toContainText('2');
    await button('rom.discard').click();
    expect(await values('squat_depth')).toHaveLength(1);
  });

  await test.step('a clip without the test says what to change; one that is no video says so', async () => {
    await page.getByLabel(t('camtest.test'), { exact: true }).selectOption('jump');
    await choose_file(clip_of('short', [...squats, '--repetitions', '1']));
    await expect(page.getByRole('alert')).toContainText(t('camtest.refused'), { timeout: 600_000 });
    await button('rom.back').click();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.mp4', mimeType: 'video/mp4', buffer: Buffer.from('no') });
    await shows('rom.noVideo');
    await button('rom.back').click();
  });

  await test.step('a real walk: steps, cadence, length', async () => {
    test.skip(!existsSync(walk), 'the recordings are not here');
    await page.getByRole('radio', { name: t('assess.kind.gait'), exact: true }).check();
    await page.getByLabel(t('camtest.height'), { exact: true }).fill('1,7');
    await expect(button('camtest.film')).toBeDisabled();
    await page.getByLabel(t('camtest.height'), { exact: true }).fill('170');
    await look(clinic, 'gait', { narrow: 820 });
    await choose_file(walk);
    await expect(value('cadence')).toBeVisible({ timeout: 600_000 });
    await look(clinic, 'gait result', { narrow: 820 });
    await button('camtest.more').click();
    await expect(page.getByText(t('camtest.more.what'), { exact: true })).toBeVisible();
    await button('rom.back').click();
    await button('rom.accept').click();
    await shows('rom.accepted');
    const [speed] = await values('walking_speed');
    expect(speed.valueQuantity.value).toBeGreaterThan(0.8);
    expect(speed.valueQuantity.value).toBeLessThan(2);
  });
  rmSync(folder, { recursive: true });
});
