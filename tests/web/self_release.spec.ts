// SPDX-License-Identifier: Apache-2.0
// A clinician releases standing on one leg for a patient's self-assessment, withdraws it and takes that back; the
// patient's page follows, and the page without an account never has it.

import { open_orders } from './chart_patient.mjs';
import { expect, test, until } from './journey.ts';
import { look } from './look.ts';
import { steps_of } from './self_check_steps.ts';

test('a movement on one leg: released, offered, withdrawn', async ({ open_demo }) => {
  const demo = await open_demo({ width: 390 });
  const { window, search, origin } = demo;
  const { page, t, button } = window;
  const steps = steps_of(window);
  const knee = 'Bending the knee';
  const listed = (title: string) =>
    page.locator('.card', { has: page.getByRole('heading', { name: title, exact: true }) });
  const left_out = async () => {
    await expect(listed(t('self.tests.not'))).toContainText(`${knee}: It needs standing on one leg`);
    await expect(listed(t('self.tests.offered'))).not.toContainText(knee);
  };
  const open_own = async () => {
    await page.goto(`${origin}/today`);
    await page.getByRole('button', { name: t('self.open'), exact: true }).click();
    await steps.to_movements_of_knee();
  };

  await test.step('without an account it is left out', async () => {
    await page.goto(`${origin}/check`);
    await steps.to_movements_of_knee();
    await left_out();
  });

  await demo.open_invitation();
  await demo.agree();
  await test.step('before the release it is left out for a patient, too', async () => {
    await open_own();
    await left_out();
  });

  const { clinic, patient } = await open_orders(demo);
  const dialog = clinic.page.getByRole('dialog');
  const what = t('orders.self.single_leg');
  const release = clinic.page.getByRole('button', { name: t('orders.self.release.of', { what }), exact: true });
  const withdraw = clinic.page.getByRole('button', { name: t('orders.self.withdraw.of', { what }), exact: true });
  const row = clinic.page.locator('li.row', { has: clinic.page.getByText(what, { exact: true }) });
  const in_force = () =>
    search(
      `ServiceRequest?subject=Patient/${patient}&status=active&category=urn:reprise:order%7Cself-assessment-release`,
    );

  await test.step('the clinician confirms having seen it, and releases one leg alone', async () => {
    await release.click();
    await dialog.getByRole('button', { name: t('orders.self.release'), exact: true }).click();
    await expect(dialog.getByText(t('orders.self.confirm'), { exact: true })).toBeVisible();
    await look(clinic, 'self release dialog', { narrow: 820 });
    await dialog.getByRole('checkbox', { name: t('orders.self.seen.single_leg'), exact: true }).check();
    await dialog.getByRole('button', { name: t('orders.self.release'), exact: true }).click();
    await withdraw.waitFor();
    await expect(row).toContainText(t('orders.self.released'));
    await expect(row).toContainText('Kim Simulated');
    await look(clinic, 'self release', { narrow: 820 });
    const [made, ...others] = await in_force();
    expect(others).toStrictEqual([]);
    expect(made.code.coding[0].code).toBe('single_leg');
    expect(made.reasonCode[0].coding[0].code).toBe('seen-done-safely');
    expect(made.requester.reference).toMatch(/^Practitioner\//);
  });

  await test.step('the patient may try it', async () => {
    await open_own();
    await expect(listed(t('self.tests.offered'))).toContainText(knee);
    await look(window, 'self check released');
  });

  await test.step('withdrawn, it is left out again', async () => {
    await withdraw.click();
    await release.waitFor();
    expect(await in_force()).toStrictEqual([]);
    await open_own();
    await left_out();
  });

  await test.step('the withdrawal is taken back', async () => {
    await clinic.button('chart.undo').click();
    await withdraw.waitFor();
    expect(await in_force()).toHaveLength(1);
    await open_own();
    await expect(listed(t('self.tests.offered'))).toContainText(knee);
  });
  await test.step('feeling unwell without a warning sign reaches the clinic', async () => {
    const before = await search('Flag?_count=200');
    await button('goOn').click();
    await button('stop.unwell').click();
    const no = page.getByRole('button', { name: t('no'), exact: true });
    const outcome = page.getByRole('heading', { name: 'See someone before you exercise', exact: true });
    while (!(await outcome.isVisible())) await no.or(outcome).first().click();
    await expect(page.getByText(t('self.kept.told'), { exact: true })).toBeVisible();
    await until(async () => (await search('Flag?_count=200')).length > before.length, 'the clinic is told');
  });
  expect(window.problems).toStrictEqual([]);
  expect(clinic.problems).toStrictEqual([]);
});
