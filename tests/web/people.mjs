// Two patients of one name: registered, told apart and found on every page where one is chosen; and the demonstration
// starts again after it.
//
//   node tests/web/people.mjs REPRISE_COMMAND [--pictures FOLDER]

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { start_server } from '../server/server.mjs';
import { look, looked_at } from './browser.mjs';
import { demo_patient, sign_in_clinician, writer } from './chart_patient.mjs';
import { open_demo } from './demo.mjs';

const [command] = process.argv.slice(2);
const pictures = process.argv[3] === '--pictures' ? process.argv[4] : undefined;
if (pictures) mkdirSync(pictures, { recursive: true });

const demo = await open_demo(command, { width: 1280 });
const { window, search, origin } = demo;
const { page, t, button, heading, field, shows } = window;
const { send } = writer(demo, command);
const seen = (name) => look(window, name, pictures, { narrow: 820 });

/** As the page does it. */
async function register(birth) {
  await page.goto(`${origin}/new-patient`);
  await field('newPatient.given').fill('Karim');
  await field('newPatient.family').fill('Holly');
  await field('newPatient.birth').fill(birth);
  await field('account.name').fill(`karim.${birth}`);
  await button('newPatient.make').click();
  await shows('newPatient.next');
}

/** Clinician finding 8: every person registered in a demonstration is simulated. */
async function two_of_one_name_are_registered() {
  await page.goto(`${origin}/`);
  await sign_in_clinician(demo, window);
  await register('1949-05-01');
  await register('1973-02-03');
  const registered = await search('Patient?family=Holly');
  assert.equal(registered.length, 2);
  assert.ok(
    registered.every(({ meta }) => meta.tag.some(({ code }) => code === 'simulated')),
    JSON.stringify(registered),
  );
}

/** Clinician finding 9, 10: every list shows the birth date, and the search finds by it, by keyboard, from any page. */
async function they_are_told_apart_and_found() {
  await page.goto(`${origin}/worklist`);
  for (const year of ['1949', '1973'])
    await page.locator('.work .who', { hasText: 'Karim Holly' }).filter({ hasText: year }).waitFor();
  await page.goto(`${origin}/calendar`);
  await heading('cal.title');
  const [older] = await search('Patient?family=Holly&birthdate=1949');
  const find = page.getByRole('combobox', { name: t('find.label') });
  await page.keyboard.press('Control+k');
  await find.pressSequentially('hol');
  await page.locator('.find-found li').nth(1).waitFor();
  assert.match((await page.locator('.find-found li').allTextContents()).join('|'), /1949.*\|.*1973/);
  await seen('search in the header');
  await find.fill('1.5.1949');
  await page.locator('.find-found li').nth(1).waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/patient' && url.searchParams.get('id') === older.id);
  await page.getByText(/1949/).first().waitFor();
  await page
    .getByRole('navigation')
    .getByRole('link', { name: t('nav.patients') })
    .click();
  await heading('people.patients');
  const rows = page.locator('.rows .row');
  await rows.nth(2).waitFor();
  assert.equal(await rows.count(), 3, 'Robin and two, with an account or without');
  await seen('patients');
  await page.getByLabel(t('patients.search'), { exact: true }).fill('holly 1973');
  await rows.nth(1).waitFor({ state: 'detached' });
  assert.match(await rows.first().textContent(), /Karim Holly.*1973/);
}

/** Clinician finding 9, 26: in pickers; a time in working hours; weekdays whole. */
async function the_calendar_asks_for_the_right_one() {
  // A Sunday: no one works.
  await page.goto(`${origin}/calendar?view=week&day=2031-03-02`);
  await button('cal.new').click();
  assert.deepEqual(
    [await field('cal.day').inputValue(), await field('cal.time').inputValue()],
    ['2031-03-03', '09:00'],
  );
  await field('who.patient').fill('karim');
  const found = page.locator('.who-found button');
  await found.nth(1).waitFor();
  assert.match((await found.allTextContents()).join('|'), /1949.*\|.*1973/);
  await field('who.patient').press('Enter');
  assert.equal(await found.count(), 2, 'Enter does not choose one of several');
  await seen('new appointment');
  await field('who.patient').fill('karim 1973');
  await found.nth(1).waitFor({ state: 'detached' });
  await field('who.patient').press('Enter');
  await page.getByRole('dialog').getByText(/1973/).waitFor();
  await button('cal.new.save').click();
  await page.locator('[data-visit]', { hasText: 'Karim Holly' }).filter({ hasText: '1973' }).waitFor();
  await button('cal.hours').click();
  const weekday = page.getByLabel(t('cal.weekday'), { exact: true }).first();
  await weekday.waitFor();
  const room = await page.getByLabel(t('cal.weekday'), { exact: true }).evaluateAll((selects) =>
    selects.map((select) => {
      const style = getComputedStyle(select);
      const pen = document.createElement('canvas').getContext('2d');
      pen.font = style.font;
      return (
        select.clientWidth -
        Number.parseFloat(style.paddingLeft) -
        Number.parseFloat(style.paddingRight) -
        pen.measureText(select.selectedOptions[0].text).width
      );
    }),
  );
  assert.ok(room.length === 5 && room.every((left) => left >= 0), `weekdays are cut: ${room.join(', ')}`);
  await seen('working hours');
  await page.keyboard.press('Escape');
  await page.goto(`${origin}/remote-monitoring`);
  await page.locator('option', { hasText: 'Karim Holly' }).filter({ hasText: '1949' }).waitFor({ state: 'attached' });
}

/** Clinician finding 12: an answer without the words of its questions, of a version that was retired since. */
async function answers_stand_with_their_questions() {
  const { patient } = await demo_patient(demo);
  const url = 'urn:reprise:questionnaire:how-was-your-week';
  const [asked] = await search(`Questionnaire?url=${url}`);
  await send('PUT', `/Questionnaire/${asked.id}`, { ...asked, status: 'retired' });
  const { id: _id, meta: _meta, ...next } = asked;
  await send('POST', '/Questionnaire', {
    ...next,
    version: '2',
    item: [{ linkId: 'week-hard', type: 'boolean', text: 'Something else entirely?' }],
  });
  await send('POST', '/QuestionnaireResponse', {
    resourceType: 'QuestionnaireResponse',
    status: 'completed',
    questionnaire: `${url}|${asked.version}`,
    subject: { reference: `Patient/${patient}` },
    source: { reference: `Patient/${patient}` },
    authored: new Date().toISOString(),
    item: [
      {
        linkId: 'week-sleep',
        answer: [{ valueCoding: asked.item.find(({ linkId }) => linkId === 'week-sleep').answerOption[0].valueCoding }],
      },
      { linkId: 'week-confidence', answer: [{ valueInteger: 5 }] },
      { linkId: 'week-hard', answer: [{ valueBoolean: true }] },
      { linkId: 'week-hard-which', answer: [{ valueString: 'The squat' }] },
    ],
  });
  await page.goto(`${origin}/patient?id=${patient}&tab=orders`);
  await page.locator('.order-links button').first().click();
  await page.getByText('Was one of the exercises too hard?').waitFor();
  assert.equal(await page.getByText('week-hard').count(), 0);
  await page.keyboard.press('Escape');
}

/** Patient finding 30: a visit's page without a visit tells a patient what a patient can do, not a clinician. */
async function there_is_no_visit() {
  await page.goto(`${origin}/visit`);
  await shows('visit.which');
  await button('visit.toWorklist').click();
  await heading('work.title');
  await window.context.clearCookies();
  await demo.sign_in();
  await page.goto(`${origin}/visit`);
  await shows('visit.which.patient');
  assert.equal(await page.getByRole('main').getByText(t('visit.which'), { exact: true }).count(), 0);
  await look(window, 'no visit', pictures);
  await button('visit.toToday').click();
  await heading('today.title');
}

await two_of_one_name_are_registered();
await they_are_told_apart_and_found();
await the_calendar_asks_for_the_right_one();
await answers_stand_with_their_questions();
await there_is_no_visit();
assert.deepEqual(window.problems, []);
await demo.browser.close();
// Clinician finding 8: the demonstration starts again.
await demo.server.kill();
const again = await start_server(command, ['--demo', '--demo-patients', '0'], demo.server.folder);
await again.stop();
console.log(`Two people of one name, told apart; looked at: ${looked_at.join(', ')}.`);
