// SPDX-License-Identifier: Apache-2.0
// A patient's progress over three simulated months: pain, range and deeds.

import { daily_past, demo_patient, pain_of, writer } from './chart_patient.mjs';
import { command, expect, test, until } from './journey.ts';
import { look } from './look.ts';

const DAY_MS = 24 * 3600_000;

test('progress tells of pain in words, and names a change only where there is one', async ({ open_demo }) => {
  const demo = await open_demo();
  const { window, server, search } = demo;
  const { page, t, heading, button } = window;
  await demo.sign_in();
  const section = (title) => page.getByRole('region', { name: title, exact: true });

  await test.step('nothing yet', async () => {
    await page.goto(`${server.origin}/progress`);
    await heading('progress.title');
    await page.getByText(t('painLine.empty')).waitFor();
    await look(window, 'progress, nothing yet');
  });

  await test.step('Today has told of all deeds, which are none', async () => {
    await page.goto(`${server.origin}/today`);
    const told = () =>
      page.evaluate(async () => {
        const request = indexedDB.open('reprise');
        const database: IDBDatabase = await new Promise((resolve, reject) => {
          Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject });
        });
        const all = database.transaction('values').objectStore('values').getAll();
        await new Promise((resolve) => {
          all.onsuccess = resolve;
        });
        database.close();
        return all.result.some(({ key }) => key.startsWith('deeds told '));
      });
    await until(told, 'the device knows that there was no deed');
    await page.goto(`${server.origin}/progress`);
    await heading('progress.title');
  });

  const { patient, requests } = await demo_patient(demo);
  const noon = new Date().setHours(12, 0, 0, 0) - DAY_MS;
  const mornings = [1, 3, 5, 8, 16, 18, 20, 24, 60].map((ago) => [
    pain_of({ patient, at: noon - ago * DAY_MS, moment: 'next-morning', value: ago > 14 ? 5 : 2 }),
  ]);
  const program = writer(demo, command);
  await program.write([...daily_past({ patient, requests, days: 84, now: noon }), ...mornings]);

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
    const arc = section('Squat').getByRole('img');
    await expect(arc).toHaveAccessibleName(/on the first day/);
    await section('Squat').getByText(t('arc.use.knee')).waitFor();
    await expect(section('Heel slide').getByRole('img'), 'a limit has no arc').toHaveCount(0);
    await expect(section('Sit to stand').getByRole('img'), 'a height has no arc').toHaveCount(0);
    const deeds = section(t('deed.title'));
    await expect(deeds.getByRole('listitem')).toHaveCount(5);
    await expect(deeds).not.toContainText(t('deed.came-back'));
    await look(window, 'progress, three months');
  });
  await test.step('Today tells of new deeds once', async () => {
    await page.goto(`${server.origin}/today`);
    await expect(section(t('deed.new')).getByRole('listitem')).toHaveCount(5);
    await look(window, 'today, new deeds');
    const asked = page.waitForResponse(/Communication\?.*sender=/);
    await page.reload();
    await asked;
    await page.getByText(t('progress.done')).first().waitFor({ state: 'attached' });
    await expect(section(t('deed.new'))).toHaveCount(0);
  });
  await test.step('a goal in the own words, asked about a week later', async () => {
    const own = section(t('ownGoal.title'));
    await button('ownGoal.save').click();
    await own.getByText(t('field.missing')).waitFor();
    await own.getByRole('textbox').fill('To walk to the lake');
    await look(window, 'today, a goal');
    await button('ownGoal.save').click();
    await expect(own).toHaveCount(0);
    await page.goto(`${server.origin}/progress`);
    await own.getByText('To walk to the lake').waitFor();
    await button('ownGoal.change').click();
    await own.getByRole('textbox').fill('To walk around the lake');
    await button('ownGoal.save').click();
    await own.getByText('To walk around the lake').waitFor();
    const goals = await search(`Goal?subject=Patient/${patient}`);
    expect(
      goals.map(({ description, expressedBy, lifecycleStatus }) => [
        description.text,
        expressedBy.reference,
        lifecycleStatus,
      ]),
    ).toStrictEqual([['To walk around the lake', `Patient/${patient}`, 'active']]);
    const weekAgo = new Date(Date.now() - 8 * DAY_MS).toISOString().slice(0, 10);
    await program.send('PUT', `/Goal/${goals[0].id}`, { ...goals[0], startDate: weekAgo });
    await page.goto(`${server.origin}/today`);
    await own.getByText(t('ownGoal.near')).waitFor();
    await look(window, 'today, how near');
    await button('ownGoal.near.nearer').click();
    await own.getByText(t('ownGoal.thanks')).waitFor();
    const answers = await search('Observation?code=urn:reprise:observation%7Cgoal-progress');
    expect(
      answers.map(({ focus, valueCodeableConcept }) => [
        focus[0].reference,
        valueCodeableConcept.coding.map(({ code }) => code),
      ]),
    ).toStrictEqual([[`Goal/${goals[0].id}`, ['nearer', 'improving']]]);
    await page.reload();
    await page.getByText(t('progress.done')).first().waitFor({ state: 'attached' });
    await expect(own, 'once a week').toHaveCount(0);
  });
  expect(window.problems).toStrictEqual([]);
});
