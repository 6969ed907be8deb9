// A clinician's day begins: who needs me, why, and what becomes of it; and the numbers behind it. Through the pages of
// a real server.
//
//   node tests/web/worklist.mjs REPRISE_COMMAND [--pictures FOLDER]

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { look, looked_at } from './browser.mjs';
import { create, daily_past, demo_patient, pain_of, sign_in_clinician, writer } from './chart_patient.mjs';
import { open_demo } from './demo.mjs';

const [command] = process.argv.slice(2);
const pictures = process.argv[3] === '--pictures' ? process.argv[4] : undefined;
if (pictures) mkdirSync(pictures, { recursive: true });
const DAY_MS = 24 * 3600_000;
const now = Date.now();

// Pictures show a clinic; the tests are about Robin.
const demo = await open_demo(command, { width: 1280, patients: pictures ? 60 : 0 });
const { window, search } = demo;
const { page, t, button, heading } = window;
const { patient, requests } = await demo_patient(demo);
const { send, write } = writer(demo, command);
const robin = page.locator('.work', { hasText: 'Robin' });
const reasons = robin.locator('.why li');
const active = () => search(`Flag?subject=Patient/${patient}&date=ge${encodeURIComponent(new Date().toISOString())}`);
const seen = async (name) => {
  await look(window, name, pictures, { narrow: 820 });
  // As on a desk's screen, for the document.
  if (pictures) await page.screenshot({ path: join(pictures, `document ${name}.png`) });
};

/** The server looks a moment after something was written. */
async function until(what, is) {
  for (let i = 0; i < 300; ++i) {
    if (await is()) return;
    await page.waitForTimeout(100);
  }
  assert.fail(`${what} did not come`);
}
const flagged = async (rule) => (await active()).some(({ code }) => code.coding.some((one) => one.code === rule));

async function nothing_yet() {
  await page.goto(`${demo.origin}/`);
  await sign_in_clinician(demo, window);
  await page.goto(`${demo.origin}/sign-in`);
  await heading('work.title');
  assert.equal(new URL(page.url()).pathname, '/worklist', 'clinicians begin there');
  await robin.getByText(t('work.nothing')).waitFor();
}

async function somebody_gets_worse() {
  await write(daily_past({ patient, requests, days: 14, now: now - 7 * DAY_MS }));
  // The programme's start comes last: before the sessions are there, the absence would be as long as the programme.
  const [plan] = await search(`CarePlan?subject=Patient/${patient}`);
  await send('PUT', `/CarePlan/${plan.id}`, {
    ...plan,
    period: { start: new Date(now - 40 * DAY_MS).toISOString().slice(0, 10) },
  });
  await until('absence', () => flagged('no-session'));
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
  await until('pain', () => flagged('pain-up'));
  await page.reload();
  await reasons
    .filter({ hasText: /^Pain up [23](\.5)? points since \w+day \(5, usually [23](\.5)?\)/ })
    .first()
    .waitFor();
  await robin.getByText(t('work.messages', { count: 1 })).waitFor();
  await seen('worklist');
}

async function by_keyboard() {
  await page.locator('body').press('/');
  await page.keyboard.type('rob pain');
  await robin.waitFor();
  await page.keyboard.press('ArrowDown');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Robin/);
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
}

/** Clinician finding 32: the number in the navigation follows a decision at once, not only with the next poll. */
async function the_badge_follows() {
  await write([[pain_of({ patient, at: now, moment: 'after', value: 10 })]]);
  await until('a leap of pain', () => flagged('pain-jump'));
  await page.reload();
  const badge = page.getByRole('link', { name: t('work.urgent', { count: 1 }) });
  await badge.waitFor();
  await robin.getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(new RegExp(`^${t('work.why')}`)).fill('Called (simulated).');
  await dialog.getByRole('button', { name: /^Close \d+ flags?$/ }).click();
  await dialog.waitFor({ state: 'detached' });
  await badge.waitFor({ state: 'detached', timeout: 5000 });
}

/**
 * Clinician finding 31: a list that asks again by itself does not ask for everybody's names each time: that would be an
 * entry in each patient's log.
 */
async function names_are_not_asked_for_again() {
  const asked = [];
  const listen = (request) => asked.push(new URL(request.url()).pathname);
  page.on('request', listen);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await until('a new look at flags', () => asked.filter((path) => path === '/fhir/Flag').length >= 2);
  await page.waitForTimeout(500);
  page.off('request', listen);
  assert.deepEqual(
    asked.filter((path) => path.startsWith('/fhir/Patient')),
    [],
  );
}

/** Clinician finding 29: reasons have room on a tablet. */
async function reasons_are_readable_on_a_tablet() {
  await page.setViewportSize({ width: 820, height: 1180 });
  const [list, why] = await Promise.all(
    [page.locator('.worklist'), robin.locator('.why')].map((part) =>
      part.evaluate((one) => one.getBoundingClientRect().width),
    ),
  );
  assert.ok(why > list * 0.9, `${why} of ${list}`);
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Clinician finding 32: links in running text have the theme's color, in both themes. */
async function links_look_alike() {
  const color = (selector) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).color);
  assert.equal(await color('.page .note a'), await color('.brand'));
  assert.equal(await color('.work .who a'), await color('.brand'));
}

async function decisions() {
  const before = (await active()).length;
  await robin.getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  // Clinician finding 31: the button says how many it closes.
  const close = dialog.getByRole('button', { name: /^Close \d+ flags?$/ });
  assert.ok(await close.isDisabled(), 'without a reason nothing is closed');
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
  assert.equal((await active()).length, before - closing);
  await reasons.filter({ hasText: 'Pain' }).first().waitFor({ state: 'detached' });
  assert.equal((await active()).length, 1);
  const [task] = await search(`Task?patient=Patient/${patient}&_count=1`);
  assert.equal(task.statusReason.text, 'Called: slept badly (simulated).');
  // Taken back.
  await page
    .getByRole('status')
    .getByRole('button', { name: t('chart.undo'), exact: true })
    .click();
  await reasons.filter({ hasText: 'Pain' }).first().waitFor();
  assert.equal((await active()).length, before);
  // Out of sight for some days.
  await robin.getByRole('button').click();
  await dialog.getByLabel(new RegExp(`^${t('work.why')}`)).fill('Visit on Friday (simulated).');
  await button('work.snooze').click();
  await robin.getByText(/snoozed/).waitFor();
  await page.getByRole('button', { name: new RegExp(`^${t('work.filter.snoozed')} \\(1\\)`) }).click();
  await robin.waitFor();
  await page.getByRole('button', { name: new RegExp(`^${t('work.filter.all')} `) }).click();
}

async function a_clinics_own_numbers() {
  await page.getByRole('link', { name: t('work.rules') }).click();
  await heading('rules.title');
  const rule = page.getByRole('region', { name: 'No session for longer than usual' });
  await seen('rules');
  await rule.getByLabel(t('rules.leastDays')).fill('30');
  await rule.getByRole('button', { name: t('rules.save') }).click();
  await rule.getByText(t('rules.version', { version: 2 })).waitFor();
  const versions = await search('PlanDefinition?url=urn:reprise:rule:no-session&_sort=_lastUpdated');
  assert.deepEqual(versions.map(({ version, status }) => `${version} ${status}`).sort(), ['1 retired', '2 active']);
  // By these numbers Robin is not missing yet; the server looks after the next change.
  await write([[pain_of({ patient, at: now - 3600_000, moment: 'after', value: 2 })]]);
  await until('the end of the absence', async () => !(await flagged('no-session')));
  await page.getByRole('region', { name: 'Range lost' }).getByRole('switch').click({ force: true });
  await until(
    'the rule off',
    async () => (await search('PlanDefinition?url=urn:reprise:rule:range-down'))[0].status === 'retired',
  );
}

async function asking_again_fails() {
  await page.goto(`${demo.origin}/worklist`);
  await robin.waitFor();
  await page.route('**/fhir/Patient**', (route) => route.abort());
  await page.reload();
  await page.getByRole('alert').waitFor();
  await page.unroute('**/fhir/Patient**');
  await page.getByRole('alert').getByRole('button').click();
  await robin.waitFor();
}

try {
  await nothing_yet();
  await somebody_gets_worse();
  await by_keyboard();
  await links_look_alike();
  await reasons_are_readable_on_a_tablet();
  await names_are_not_asked_for_again();
  await decisions();
  await the_badge_follows();
  await a_clinics_own_numbers();
  await asking_again_fails();
  assert.deepEqual(window.problems, []);
} finally {
  await demo.close();
}
console.log(`a clinician sees who needs them and decides; ${looked_at.join(', ')}`);
