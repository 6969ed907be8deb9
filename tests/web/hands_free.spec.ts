// SPDX-License-Identifier: Apache-2.0
// A set without touching the screen, in the pages of a real server: a drawn figure squats, holds an arm out to the side
// and pauses, does it again and goes on. The introduction reads its steps aloud, and the pace is heard where it is
// turned on.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, pictures, test } from './journey.ts';
import { look } from './look.ts';
import { noted_speech } from './noted_speech.ts';
import { to_exercise } from './demo.mjs';

const squat_file = fileURLToPath(new URL('../../catalog/exercises/squat.json', import.meta.url));

/** A squat, and then the arms in that posture for two seconds and a half. SIMULATED. */
function squat_then(scratch: string, name: string, arms: Record<string, number>): string {
  const file = JSON.parse(readFileSync(squat_file, 'utf8'));
  const { movement } = file;
  const low = movement.keyframes[1].degrees;
  const seconds: [number, Record<string, number>][] = [
    [0, {}],
    [2, low],
    [4, {}],
    [5.5, {}],
    [6.2, arms],
    [8.7, arms],
    [9.4, {}],
    [12, {}],
  ];
  movement.duration_s = 12;
  file.progression = { easier: [], harder: [] }; // which are not in this catalog
  movement.keyframes = seconds.map(([at_s, degrees]) => ({ at: at_s / 12, degrees }));
  const folder = join(scratch, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'squat.json'), JSON.stringify(file));
  return folder;
}

test('a set without touching the screen', async ({ camera, open_demo, scratch }) => {
  const drawn = ['squat', '--repetitions', '1', '--azimuth', '20'];
  const arm_out = squat_then(scratch, 'arm_out', { right_shoulder_abduction: 90 });
  const demo = await open_demo({ camera: await camera({ drawn, catalog: arm_out, name: 'arm_out' }) });
  const { t } = demo.window;
  const squatting = async (window, work) => {
    const { page } = window;
    const picture = async (name: string) => {
      if (pictures) await page.screenshot({ path: join(pictures, `hands free ${name}.png`) });
    };
    await page.setViewportSize({ width: 390, height: 844 });
    await to_exercise(window, 'Squat');
    await work({ ...window, picture });
    expect(window.problems).toStrictEqual([]);
  };
  const start = async ({ page, button, picture }, name) => {
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await button('introduce.camera').click();
    await button('setUp.start').or(button('setUp.startAnyway')).waitFor({ timeout: 120_000 });
    await expect(page.locator('.gesture-strip .gesture')).toHaveCount(2);
    await picture(`${name} set-up`);
    await button('setUp.start').or(button('setUp.startAnyway')).click();
    await button('setUp.startNow')
      .click({ timeout: 2000 })
      .catch(() => {}); // unless it has begun by itself
    await page.locator('.counter').waitFor();
  };
  const spoken = (page) => page.evaluate(() => window.spoken);

  await test.step('the introduction reads its steps and tells the gestures', async () => {
    await demo.window.context.addInitScript(noted_speech);
    await demo.sign_in();
    await squatting(demo.window, async ({ page, button, heading }) => {
      await heading('hands.title');
      await expect(page.locator('.gestures li')).toHaveCount(2);
      await page.getByText(t('hands.armOut')).waitFor();
      await page.getByText(t('hands.handUp.upright')).waitFor();
      await button('piece.aloud').click();
      const steps = await page.locator('.steps-list li').allTextContents();
      expect(await spoken(page)).toStrictEqual(steps);
      await expect(page.locator('.steps-list li[aria-current="step"]')).toHaveText(steps[0]);
      await button('piece.hush').click();
      await expect(page.locator('.steps-list li[aria-current="step"]')).toHaveCount(0);
      await look(demo.window, 'hands free introduction');
    });
  });

  await test.step('an arm held out pauses, and goes on', async () => {
    const { page, button } = demo.window;
    const picture = async (name: string) => {
      if (pictures) await page.screenshot({ path: join(pictures, `hands free ${name}.png`) });
    };
    await start({ ...demo.window, picture }, 'arm out');
    await page.locator('.gesture-ring[data-asks="pause"]').waitFor({ timeout: 120_000 });
    await picture('ring');
    await page.locator('.paused', { hasText: t('hands.paused') }).waitFor();
    await picture('paused');
    expect(await spoken(page)).toContain(t('hands.pausedSay'));
    const count = await page.locator('.counter .count').textContent();
    // The figure squats once more, which is of no set, before the arm comes again.
    await page.locator('.paused').waitFor({ state: 'detached', timeout: 120_000 });
    expect(await page.locator('.counter .count').textContent(), 'nothing is counted in a pause').toBe(count);
    expect(await page.getByRole('dialog').count(), 'no other dialog').toBe(0);

    await button('live.pause').click();
    await button('pace.on').click();
    await button('pace.off').waitFor();
    await picture('pace');
    // Paused by a touch, only a touch goes on, whatever the arms do.
    await page.waitForTimeout(14_000);
    await page.locator('.paused', { hasText: t('live.paused') }).waitFor();
  });
});
