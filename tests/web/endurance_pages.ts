// SPDX-License-Identifier: Apache-2.0
// What journeys through endurance sessions have in common.
import type { Locator, Page } from '@playwright/test';
import { open_orders } from './chart_patient.mjs';
import type { open_demo as OpenDemo } from './demo.mjs';
import { look } from './look.ts';

/** A patient's phone and the clinician's page of the patient's requests; `seen` looks at the phone. */
export async function open_phone(open_demo: (of: { width: number }) => ReturnType<typeof OpenDemo>, name: string) {
  const demo = await open_demo({ width: 390 });
  const { window } = demo;
  return { demo, window, ...(await open_orders(demo)), seen: (what: string) => look(window, `${name} ${what}`) };
}

/** A form's fields, by the keys of their labels. */
export const fields_of = (form: Locator, t: (key: string, values?: object) => string) => ({
  field: (key: string) => form.getByLabel(t(key), { exact: true }),
  optional: (key: string) => form.getByLabel(t('field.optional', { label: t(key) }), { exact: true }),
});

/** Requests a minute of warm-up, `main` minutes and a minute of cool-down, at an effort from 11 to 13. */
export async function fill_dose(form: Locator, t: (key: string, values?: object) => string, main: number) {
  const { field } = fields_of(form, t);
  await field('orders.endurance.activity').selectOption({ label: t('endurance.activity.walking') });
  const numbers = { warmUp: 1, main, coolDown: 1, 'effort.low': 11, 'effort.high': 13 };
  for (const [key, number] of Object.entries(numbers)) await field(`orders.endurance.${key}`).fill(String(number));
}

/** Lets the session's time pass until something is on the screen. */
export async function pass_until(page: Page, there: Locator) {
  for (let left_s = 300; left_s > 0 && !(await there.isVisible()); left_s -= 5) await page.clock.runFor(5000);
  await there.waitFor();
}

export const rate = (page: Page, legend: string, number: number) =>
  page
    .locator('fieldset.scale', { hasText: legend })
    .locator('label', { hasText: new RegExp(`^${number}$`) })
    .click();
