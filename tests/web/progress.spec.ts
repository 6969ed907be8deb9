// SPDX-License-Identifier: Apache-2.0
// A patient's progress over three simulated months: pain, range, tests of function and deeds; and the own goal, from
// its first day until the clinician reads the answer of a week later.

import { open_window } from './browser.mjs';
import { create, daily_past, demo_patient, pain_of, sign_in_clinician, writer } from './chart_patient.mjs';
import { command, expect, test, until } from './journey.ts';
import { look } from './look.ts';

const DAY_MS = 24 * 3600_000;

/** A value of a test of function, as the phone's page leaves it. */
const tested = (patient: string, at: number, kind: string, measure: string, [value, unit], more = {}) =>
  create({
    resourceType: 'Observation',
    status: 'final',
    category: [{ coding: [{ system: 'urn:reprise:measurement', code: kind }] }],
    code: { coding: [{ system: 'urn:reprise:signal-measure', code: measure }] },
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: new Date(at).toISOString(),
    valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
    ...more,
  });
const part_of = (part: string) => ({
  component: [{ code: { coding: [{ system: 'urn:reprise:observation', code: 'part' }] }, valueString: part }],
});

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
    await page.getByText(t('function.empty')).waitFor();
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
  const [begin, middle, end] = [80, 40, 2].map((ago) => noon - ago * DAY_MS);
  const left = { bodySite: { coding: [{ system: 'http://snomed.info/sct', code: '7771000' }] } };
  const stands = [8, 9, 12].map((count, i) =>
    tested(patient, [begin, middle, end][i], 'sit_to_stand', 'repetitions', [count, '{repetitions}'], {
      ...part_of('sit_to_stand_30'),
    }),
  );
  const stance = (at: number, seconds: number) =>
    tested(patient, at, 'function_test', 'stance_time', [seconds, 's'], {
      ...part_of('single_leg_stance'),
      ...left,
    });
  await program.write([
    [
      ...stands,
      tested(patient, begin, 'timed_up_and_go', 'test_time', [14.2, 's']),
      tested(patient, end, 'timed_up_and_go', 'test_time', [11, 's']),
      stance(begin, 4),
      stance(end, 9.5),
      create({
        resourceType: 'Observation',
        status: 'final',
        category: [
          { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey' }] },
        ],
        code: {
          coding: [{ system: 'urn:reprise:observation', code: 'score:stairs' }],
          text: 'Walking and stairs, 0 to 80',
        },
        subject: { reference: `Patient/${patient}` },
        effectiveDateTime: new Date(middle).toISOString(),
        valueQuantity: { value: 41, unit: '{score}', system: 'http://unitsofmeasure.org', code: '{score}' },
      }),
    ],
  ]);

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
    const tests = section(t('function.title'));
    const test_of = (name: string) => tests.getByRole('region', { name, exact: true });
    const chair = test_of(t('function.test.sit_to_stand_30'));
    const four = t('function.amount.times', { count: 4 });
    await chair.getByText(t('function.change.better.more', { change: four })).waitFor();
    await expect(chair.getByText(t('function.amount.times', { count: 12 }), { exact: true }).first()).toBeVisible();
    const up_and_go = test_of(t('function.test.timed_up_and_go'));
    await expect(up_and_go, '3.2 s of 14.2 s may be none').toContainText(
      t('function.change.same', { least: t('function.amount.s', { value: '6.4' }) }),
    );
    const leg = test_of(t('function.side.left', { test: t('function.test.single_leg_stance') }));
    await expect(leg).toContainText(t('function.change.same', { least: t('function.amount.s', { value: '24.1' }) }));
    const stairs = test_of('Walking and stairs, 0 to 80');
    await expect(stairs).toContainText('41');
    await expect(stairs, 'of a score the clinic tells').toContainText(t('function.asYourClinic'));
    await expect(tests.getByRole('region'), 'neither pain nor effort').toHaveCount(4);
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
  await test.step('the clinician reads the goal and the answer', async () => {
    const kim = await open_window(demo.browser, server.origin, { width: 1280 });
    await sign_in_clinician(demo, kim);
    await kim.page.goto(`${server.origin}/patient?id=${patient}&tab=goals`);
    const goals = kim.page.getByRole('region', { name: kim.t('chart.goals'), exact: true });
    await goals.getByText('To walk around the lake').waitFor();
    const told = goals.getByText(kim.t('ownGoal.inOwnWords'));
    await expect(told).toContainText(kim.t('ownGoal.near.nearer'));
    await look(kim, 'chart, own goal', { narrow: 820 });
    expect(kim.problems).toStrictEqual([]);
  });
  expect(window.problems).toStrictEqual([]);
});
