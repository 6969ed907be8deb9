// SPDX-License-Identifier: Apache-2.0
// A patient's progress over three simulated months: pain, range and deeds.

import { daily_past, demo_patient, pain_of, writer } from './chart_patient.mjs';
import { command, expect, test } from './journey.ts';
import { look } from './look.ts';

const DAY_MS = 24 * 3600_000;

test('progress tells of pain in words, and names a change only where there is one', async ({ open_demo }) => {
  const demo = await open_demo();
  const { window, server } = demo;
  const { page, t, heading } = window;
  await demo.sign_in();
  const section = (title) => page.getByRole('region', { name: title, exact: true });

  await test.step('nothing yet', async () => {
    await page.goto(`${server.origin}/progress`);
    await heading('progress.title');
    await page.getByText(t('painLine.empty')).waitFor();
    await look(window, 'progress, nothing yet');
  });

  const { patient, requests } = await demo_patient(demo);
  const noon = new Date().setHours(12, 0, 0, 0) - DAY_MS;
  const mornings = [1, 3, 5, 8, 16, 18, 20, 24, 60].map((ago) => [
    pain_of({ patient, at: noon - ago * DAY_MS, moment: 'next-morning', value: ago > 14 ? 5 : 2 }),
  ]);
  await writer(demo, command).write([...daily_past({ patient, requests, days: 84, now: noon }), ...mornings]);

  await test.step('three months', async () => {
    await page.reload();
    const pain = section(t('painLine.title'));
    const mostly = t('painLine.mostly', { value: 2 });
    const morning = pain.getByRole('region', { name: t('painLine.next-morning') });
    await morning.getByText(`${mostly} ${t('painLine.less', { value: 5 })}`).waitFor();
    await expect(pain.getByText(t('painLine.same'))).toHaveCount(2);
    // Five weeks without an answer are no line.
    await expect(morning.locator('polyline')).toHaveCount(2);
    await expect(morning.getByRole('img')).toHaveAccessibleName(/9 .*2.*5/);
    await pain.getByText(t('progress.numbers')).click();
    await expect(pain.getByRole('row')).toHaveCount(85);
    await pain.getByText(t('progress.numbers')).click();
    // Of all the days, more than one page of the record's answer: the first day is far from the last.
    await section('Squat')
      .getByText(/more than on the first day/)
      .waitFor();
    await look(window, 'progress, three months');
  });
  expect(window.problems).toStrictEqual([]);
});
