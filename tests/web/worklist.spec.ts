// SPDX-License-Identifier: Apache-2.0
// A clinician's day begins: who needs me, why, and what becomes of it; and the numbers behind it. Through the pages of
// a real server.

import { join } from 'node:path';
import { create, daily_past, demo_patient, pain_of, sign_in_clinician, writer } from './chart_patient.mjs';
import { command, expect, pictures, test, until } from './journey.ts';
import { look } from './look.ts';

const DAY_MS = 24 * 3600_000;
const now = Date.now();

test('a clinician sees who needs attention', async ({ open_demo }) => {
  // Pictures show a clinic; the tests are about Robin.
  const demo = await open_demo({ width: 1280, patients: pictures ? 60 : 0 });
  const { window, search } = demo;
  const { page, t, button, heading } = window;
  const { patient, requests } = await demo_patient(demo);
  const { send, write } = writer(demo, command);
  const robin = page.locator('.work', { hasText: 'Robin' });
  const reasons = robin.locator('.why li');
  const active = () => search(`Flag?subject=Patient/${patient}&date=ge${encodeURIComponent(new Date().toISOString())}`);
  const seen = async (name) => {
    await look(window, name, { narrow: 820 });
    // As on a desk's screen, for the document.
    if (pictures) await page.screenshot({ path: join(pictures, `document ${name}.png`) });
  };

  // The server raises a flag a moment after a write.
  const flagged = async (rule) => (await active()).some(({ code }) => code.coding.some((one) => one.code === rule));

  await test.step('nothing yet', async () => {
    await page.goto(`${demo.origin}/`);
    await sign_in_clinician(demo, window);
    await page.goto(`${demo.origin}/sign-in`);
    await heading('work.title');
    expect(new URL(page.url()).pathname, 'clinicians begin there').toBe('/worklist');
    await robin.getByText(t('work.nothing')).waitFor();
  });

  await test.step('a patient gets worse', async () => {
    await write(daily_past({ patient, requests, days: 14, now: now - 7 * DAY_MS }));
    // The programme's start comes last: before the sessions are there, the absence would be as long as the programme.
    const [plan] = await search(`CarePlan?subject=Patient/${patient}`);
    await send('PUT', `/CarePlan/${plan.id}`, {
      ...plan,
      period: { start: new Date(now - 40 * DAY_MS).toISOString().slice(0, 10) },
    });
    await until(() => flagged('no-session'), 'absence');
    await page.reload();
    await reasons.filter({ hasText: /No session for [78] days, usually daily/ }).waitFor();
    // Pain without a session; and a message.
    for (const [days, value] of [
      [2, 5],
      [1, 5],
    ])
      await write([[pain_of({ patient, at: now - days * DAY_MS, moment: 'after', value })]]);
    await write([
      [
        create({
          resourceType: 'Communication',
          status: 'completed',
          category: [{ coding: [{ system: 'urn:reprise:communication', code: 'message' }] }],
          subject: { reference: `Patient/${patient}` },
          sender: { reference: `Patient/${patient}` },
          sent: new Date(now).toISOString(),
          payload: [{ contentString: 'It hurts (simulated).' }],
        }),
      ],
    ]);
    await until(() => flagged('pain-up'), 'pain');
    await page.reload();
    await reasons
      .filter({ hasText: /^Pain up [23](\.5)? points since \w+day \(5, usually [23](\.5)?\)/ })
      .first()
      .waitFor();
    await robin.getByText(t('work.messages', { count: 1 })).waitFor();
    await seen('worklist');
  });

  // 27 days of even walks, then 3 uneven ones, as care/outcome/measurement_observations.cpp writes them (simulated).
  await test.step('sensors show a change', async () => {
    const walk = (days, value) =>
      create({
        resourceType: 'Observation',
        status: 'final',
        category: [{ coding: [{ system: 'urn:reprise:measurement', code: 'gait' }] }],
        code: { coding: [{ system: 'urn:reprise:signal-measure', code: 'step_time_asymmetry' }] },
        subject: { reference: `Patient/${patient}` },
        effectiveDateTime: new Date(now - days * DAY_MS).toISOString(),
        valueQuantity: { value, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
      });
    await write([Array.from({ length: 30 }, (_, i) => walk(29 - i, (i < 27 ? 5 : 15) + 0.4 * (i % 3)))]);
    await until(() => flagged('sensed-change'), 'a change of what sensors measure');
    await page.reload();
    await reasons
      .filter({
        hasText: /^Asymmetry of step time: up \d+\.\d % ± \d\.\d % since \w+day \(1\d\.\d %, usually 5\.4 %; began/,
      })
      .waitFor();
    await seen('changes');
  });

  await test.step('by keyboard', async () => {
    await page.locator('body').press('/');
    await page.keyboard.type('rob pain');
    await robin.waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement.textContent)).toMatch(/Robin/);
    await page.keyboard.press('f');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('searchbox').fill('nobody of that name');
    await page.getByText(t('work.noOne')).waitFor();
    // Clinician finding 32: Enter opens the only hit.
    await page.getByRole('searchbox').press('Enter');
    await page.getByRole('searchbox').fill('robin');
    await page.getByRole('searchbox').press('Enter');
    await page.waitForURL(/\/patient\?id=/);
    await page.goBack();
    await heading('work.title');
    await robin.waitFor();
  });

  // Clinician finding 32: links in running text have the theme's color, in both themes.
  await test.step('links look alike', async () => {
    const color = (selector) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).color);
    expect(await color('.page .note a')).toBe(await color('.brand'));
    expect(await color('.work .who a')).toBe(await color('.brand'));
  });

  // Clinician finding 29: reasons have room on a tablet.
  await test.step('reasons are readable on a tablet', async () => {
    await page.setViewportSize({ width: 820, height: 1180 });
    const [list, why] = await Promise.all(
      [page.locator('.worklist'), robin.locator('.why')].map((part) =>
        part.evaluate((one) => one.getBoundingClientRect().width),
      ),
    );
    expect(why, `${why} of ${list}`).toBeGreaterThan(list * 0.9);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  // Clinician finding 31: a list that asks again by itself does not ask for everybody's names each time: that would be
  // an entry in each patient's log.
  await test.step('names are not asked for again', async () => {
    const asked = [];
    const listen = (request) => asked.push(new URL(request.url()).pathname);
    page.on('request', listen);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await until(() => asked.filter((path) => path === '/fhir/Flag').length >= 2, 'a new look at flags');
    await page.waitForTimeout(500);
    page.off('request', listen);
    expect(asked.filter((path) => path.startsWith('/fhir/Patient'))).toStrictEqual([]);
  });

  await test.step('decisions', async () => {
    const before = (await active()).length;
    await robin.getByRole('button').click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    // Clinician finding 31: the button says how many it closes.
    const close = dialog.getByRole('button', { name: /^Close \d+ flags?$/ });
    await expect(close, 'without a reason nothing is closed').toBeDisabled();
    await seen('flags');
    // Of all but the absence.
    for (const box of await dialog.getByRole('checkbox').all()) {
      if (/No session/.test(await box.evaluate((one) => one.closest('li').textContent))) await box.uncheck();
    }
    await dialog.getByLabel(new RegExp(`^${t('work.why')}`)).fill('Called: slept badly (simulated).');
    const closing = Number(/\d+/.exec(await close.textContent())[0]);
    await close.click();
    await dialog.waitFor({ state: 'detached' });
    await page
      .getByText(
        t('work.done.close', {
          name: 'Robin Simulated',
          flags: t('work.flags', { count: closing }),
        }),
      )
      .waitFor();
    expect((await active()).length).toBe(before - closing);
    await reasons.filter({ hasText: 'Pain' }).first().waitFor({ state: 'detached' });
    expect(await active()).toHaveLength(1);
    const [task] = await search(`Task?patient=Patient/${patient}&_count=1`);
    expect(task.statusReason.text).toBe('Called: slept badly (simulated).');
    // Taken back.
    await page
      .getByRole('status')
      .getByRole('button', { name: t('chart.undo'), exact: true })
      .click();
    await reasons.filter({ hasText: 'Pain' }).first().waitFor();
    expect((await active()).length).toBe(before);
    // Out of sight for some days.
    await robin.getByRole('button').click();
    await dialog.getByLabel(new RegExp(`^${t('work.why')}`)).fill('Visit on Friday (simulated).');
    await button('work.snooze').click();
    await robin.getByText(/snoozed/).waitFor();
    await page.getByRole('button', { name: new RegExp(`^${t('work.filter.snoozed')} \\(1\\)`) }).click();
    await robin.waitFor();
    await page.getByRole('button', { name: new RegExp(`^${t('work.filter.all')} `) }).click();
  });

  // Clinician finding 32: the number in the navigation follows a decision at once, not only with the next poll.
  await test.step('the badge follows', async () => {
    await write([[pain_of({ patient, at: now, moment: 'after', value: 10 })]]);
    await until(() => flagged('pain-jump'), 'a leap of pain');
    await page.reload();
    const badge = page.getByRole('link', { name: t('work.urgent', { count: 1 }) });
    await badge.waitFor();
    await robin.getByRole('button').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(new RegExp(`^${t('work.why')}`)).fill('Called (simulated).');
    await dialog.getByRole('button', { name: /^Close \d+ flags?$/ }).click();
    await dialog.waitFor({ state: 'detached' });
    await badge.waitFor({ state: 'detached', timeout: 5000 });
  });

  await test.step('a clinics own numbers', async () => {
    await page.getByRole('link', { name: t('work.rules') }).click();
    await heading('rules.title');
    const rule = page.getByRole('region', { name: 'No session for longer than usual' });
    await seen('rules');
    await rule.getByLabel(t('rules.leastDays')).fill('30');
    await rule.getByRole('button', { name: t('rules.save') }).click();
    await rule.getByText(t('rules.version', { version: 2 })).waitFor();
    const versions = await search('PlanDefinition?url=urn:reprise:rule:no-session&_sort=_lastUpdated');
    expect(versions.map(({ version, status }) => `${version} ${status}`).sort()).toStrictEqual([
      '1 retired',
      '2 active',
    ]);
    // By these numbers Robin is not missing yet; the server looks after the next change.
    await write([[pain_of({ patient, at: now - 3600_000, moment: 'after', value: 2 })]]);
    await until(async () => !(await flagged('no-session')), 'the end of the absence');
    await page.getByRole('region', { name: 'Range lost' }).getByRole('switch').click({ force: true });
    await until(
      async () => (await search('PlanDefinition?url=urn:reprise:rule:range-down'))[0].status === 'retired',
      'the rule off',
    );
  });

  await test.step('asking again fails', async () => {
    await page.goto(`${demo.origin}/worklist`);
    await robin.waitFor();
    await page.route('**/fhir/Patient**', (route) => route.abort());
    await page.reload();
    await page.getByRole('alert').waitFor();
    await page.unroute('**/fhir/Patient**');
    await page.getByRole('alert').getByRole('button').click();
    await robin.waitFor();
  });

  expect(window.problems).toStrictEqual([]);
});
