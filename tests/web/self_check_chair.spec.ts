// SPDX-License-Identifier: Apache-2.0
// "How am I moving?": stands from a chair in 30 seconds before the camera, compared by age, and stopped. The figure is
// drawn, and its values are simulated.

import { expect, test } from './journey.ts';
import { look } from './look.ts';
import { steps_of } from './self_check_steps.ts';

/** Of a whole test and more, so that the film does not jump within it. */
const seated = ['sit_to_stand', '--azimuth', '-90', '--repetitions', '20'];

test('a chair stand of 30 seconds: counted, compared by age, and stopped', async ({ camera, open_demo }) => {
  const demo = await open_demo({ camera: await camera({ drawn: seated, name: 'chair' }) });
  const { window, origin } = demo;
  const { page, t, button } = window;
  const steps = steps_of(window);
  const name = 'Standing up from a chair for 30 seconds';
  const to_the_chair = async () => {
    await steps.to_movements_of_knee();
    await look(window, 'self check chair offered');
    await button('goOn').click();
    await page.getByRole('heading', { name, exact: true }).waitFor();
  };
  await page.goto(`${origin}/check`);
  await to_the_chair();

  await test.step('the camera waits for a firm chair, and for an age that can be', async () => {
    await page.getByLabel(t('self.chair.age')).fill('seventy');
    await button('self.film.start').click();
    await expect(page.getByText(t('self.chair.age.wrong'))).toBeVisible();
    await expect(page.getByText(t('self.chair.safe'))).toBeVisible();
    await expect(page.locator('video')).toHaveCount(0);
    await page.getByLabel(t('self.chair.age')).fill('72');
    await page.getByRole('radio', { name: t('self.chair.sex.female'), exact: true }).check();
    await page.getByRole('checkbox', { name: t('phone.support.sit_to_stand_30') }).check();
    await look(window, 'self check chair');
    await button('self.film.start').click();
  });

  await test.step('counted for 30 seconds', async () => {
    await button('self.chair.begin').click({ timeout: 600_000 });
    // The phone stands some steps away from the chair.
    await expect(page.locator('.chair-clock')).toHaveText(t('self.chair.back', { seconds: 18 }));
    await look(window, 'self check chair back');
    await expect(page.locator('.chair-clock strong')).toHaveText('1', { timeout: 60_000 });
    await look(window, 'self check chair on');
    const stands = page.getByText(/^Full stands in 30 seconds: \d+\.$/);
    await stands.waitFor({ timeout: 600_000 });
    // The film holds the truth: one stand in about 4.6 s.
    const count = Number(/: (\d+)/.exec((await stands.textContent()) ?? '')?.[1]);
    expect(count).toBeGreaterThanOrEqual(5);
    expect(count).toBeLessThanOrEqual(8);
    await expect(page.getByText('For women of 70 to 74 years, fewer than 10 counts as below average.')).toBeVisible();
    await expect(page.getByText(t('self.notKept'))).toBeVisible();
    await look(window, 'self check chair outcome');
  });

  await test.step('pain stops it', async () => {
    await button('self.again').click();
    await to_the_chair();
    await page.getByRole('checkbox', { name: t('phone.support.sit_to_stand_30') }).check();
    await button('self.film.start').click();
    await button('self.chair.begin').click({ timeout: 600_000 });
    await button('stop.hurts').click();
    await expect(page.locator('video')).toHaveCount(0);
    const dialog = page.getByRole('dialog');
    await dialog.locator('.scale label', { hasText: /^6$/ }).click();
    await dialog.getByRole('button', { name: t('goOn'), exact: true }).click();
    await page.getByRole('heading', { name: 'See someone before you exercise', exact: true }).waitFor();
  });
  expect(window.problems).toStrictEqual([]);
});
