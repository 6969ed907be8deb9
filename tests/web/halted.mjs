// A day that was halted stays halted: in the pages of a real server, in three languages, each time by another way (care/hold.h, docs/programme.md, "Holds").
//
//   node tests/web/halted.mjs REPRISE_COMMAND [--pictures FOLDER | --only NAME]

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { ask } from '../server/server.mjs';
import { look, open_window } from './browser.mjs';
import { all_is_sent, open_demo, PASSWORD } from './demo.mjs';

const [command] = process.argv.slice(2);
const pictures = process.argv[3] === '--pictures' ? process.argv[4] : undefined;
const only = process.argv[3] === '--only' ? process.argv[4] : undefined;
const demo = await open_demo(command);
const { server, search } = demo;
const clinic = { authorization: `Bearer ${execFileSync(command, ['token', 'create', '--name', 'clinic', '--scopes', 'system/*.cruds', '--record-folder', server.folder],
  { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()}` };
const SQUAT = 3;

const shifted_clock = () => {
  const { now } = Date;
  const Plain = Date;
  const shift = () => Number(window.localStorage.getItem('test-shift-ms') ?? 0);
  window.Date = class extends Plain {
    constructor(...parts) { super(...(parts.length === 0 ? [now() + shift()] : parts)); }

    static now() { return now() + shift(); }
  };
};

async function sign_in({ page, t, field, button, heading }) {
  await field('account.name').fill('robin');
  await field('password.title').fill(PASSWORD);
  await button('signIn.action').click();
  await heading('today.title');
}

/** A window of its own, as on another device. */
async function patient(language) {
  const window = await open_window(demo.browser, server.origin, { language });
  await window.context.addInitScript(shifted_clock);
  await window.page.goto(`${server.origin}/sign-in`);
  await sign_in(window);
  return window;
}

const choose = (page, number) => page.locator('.scale label', { hasText: new RegExp(`^${number}$`) }).click();

/** Through the questions to an exercise; `flags`: warning signs are due. */
async function begin({ page, button, heading }, { flags = true, exercise = SQUAT } = {}) {
  await page.goto(`${server.origin}/session?exercise=${exercise}`);
  if (flags) {
    await button('flags.none').click();
    await button('goOn').click();
  }
  await heading('pain.before');
  await choose(page, 2);
  await button('goOn').click();
  await heading('introduce.steps');
}

async function start({ page, button, heading }) {
  await heading('introduce.steps');
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await button('introduce.byHand').click();
}

const flags_of_patient = async () => (await search('Flag?_count=100&_sort=-_lastUpdated'));
const active = async () => (await flags_of_patient()).filter(({ status }) => status === 'active');

/** A clinician closes what is open. */
async function clinic_answers() {
  const [practitioner] = await search('Practitioner');
  for (const flag of await active()) {
    const answer = await ask(server.base, 'POST', '/Task', {
      resourceType: 'Task', status: 'completed', intent: 'order', code: { coding: [{ system: 'urn:reprise:flag-task', code: 'close' }] },
      focus: { reference: `Flag/${flag.id}` }, for: flag.subject, requester: { reference: `Practitioner/${practitioner.id}` }, statusReason: { text: 'spoke on the phone' },
    }, clinic);
    assert.equal(answer.status, 201, answer.text);
  }
}

/** Today begins with the reason and the numbers, and no way starts an exercise: nothing on Today, not the address, not a reload. */
async function is_halted(window, when) {
  const { page, t, heading } = window;
  const nothing_starts = async () => {
    await heading('held.title');
    await page.getByRole('button', { name: t('held.write'), exact: true }).waitFor();
    for (const key of ['today.start', 'today.again', 'introduce.byHand', 'introduce.camera', 'held.check']) assert.equal(await window.button(key).count(), 0, `${when}: ${key}`);
    assert.equal(await page.getByRole('button', { name: new RegExp(`^${t('today.only')}`) }).count(), 0, when);
  };
  await page.goto(`${server.origin}/today`);
  await page.locator('.row.exercise').first().waitFor();
  await nothing_starts();
  await page.goto(`${server.origin}/session?exercise=1`);
  await nothing_starts();
}

async function is_open(window) {
  await window.page.goto(`${server.origin}/today`);
  await window.page.getByRole('button', { name: new RegExp(`^${window.t('today.only')}`) }).first().waitFor();
  assert.equal(await window.page.getByText(window.t('held.title')).count(), 0);
}

/** In a set: stop, unwell, chest pain. */
async function feels_unwell({ page, t, button, heading }) {
  await start({ page, button, heading });
  await page.locator('.by-hand').waitFor();
  await button('session.stop').click();
  await button('stop.unwell').click();
  // Patient finding 2: help first, then the most dangerous question, by one touch.
  await heading('unwell.title');
  const [call, first] = [page.locator('a[href^="tel:"]').first(), page.getByText(t('unwell.number', { number: 1, of: 9 }))];
  assert.ok((await call.boundingBox()).y < (await first.boundingBox()).y, 'the numbers stand above the questions');
  if (pictures) await look({ page }, 'unwell', pictures);
  await button('yes').click();
  await heading('halted.redFlag');
}

const responses = async () => (await search('QuestionnaireResponse?_count=100&_sort=-_lastUpdated'));

// Patient findings 1 and 2; SAFETY.md 4.
async function a_warning_sign_in_english() {
  const window = await patient('en');
  const other = await patient('en');
  const { page, t, button, heading, context } = window;
  await is_open(window);  // a programme without any history
  await begin(other);
  await begin(window);
  await feels_unwell(window);
  // A wrong touch: both are kept, and the clinic is told of both.
  await button('halted.undo').click();
  await heading('unwell.title');
  await all_is_sent(page);
  const [back, wrong] = await responses();
  assert.equal(back.extension.find(({ url }) => url === 'urn:reprise:takes-back').valueUri, wrong.identifier.value);
  assert.equal(wrong.item[0].answer[0].valueBoolean, true);
  assert.equal(wrong.item.length, 1, 'what was not asked has no answer');
  const [taken_back] = await active();
  assert.ok(taken_back.extension.some(({ url }) => url === 'urn:reprise:hold-ended'));
  await button('no').click();
  await page.getByText(t('unwell.number', { number: 2, of: 9 })).waitFor();
  await button('yes').click();
  await heading('halted.redFlag');
  await all_is_sent(page);
  // The other window was about to start.
  await start(other);
  await other.heading('held.title');
  await other.page.locator('.by-hand').waitFor({ state: 'detached' });
  await is_halted(window, 'on the device that recorded it');
  if (pictures) {
    await page.goto(`${server.origin}/today`);
    await heading('held.title');
    await look(window, 'today halted', pictures);
  }
  assert.equal(await button('halted.undo').count(), 0, 'once the screen was left, nothing is taken back');
  await is_halted(other, 'on another device');
  for (const days of [-3, 3]) {
    await page.evaluate((ms) => window.localStorage.setItem('test-shift-ms', `${ms}`), days * 24 * 3600_000);
    await is_halted(window, `the clock is ${days} days off`);
  }
  await page.evaluate(() => window.localStorage.removeItem('test-shift-ms'));
  await button('signOut').click();
  await heading('signIn.title');
  await sign_in(window);
  await is_halted(window, 'signed out and in');
  await clinic_answers();
  await is_open(window);
  await is_open(other);
  await context.close();
  return other;
}

/** Without a network: it holds at once, and the record gets it later. */
async function without_a_network_in_german() {
  const window = await patient('de');
  const { page, button, heading, shows, context } = window;
  await begin(window);
  await start(window);
  await page.locator('.by-hand').waitFor();
  await context.setOffline(true);
  await button('session.stop').click();
  await button('stop.unwell').click();
  await heading('unwell.title');
  await button('yes').click();
  await heading('halted.redFlag');
  assert.deepEqual(await active(), []);
  await button('session.toToday').click();
  await heading('held.title');
  await shows('held.unsent');
  assert.equal(await button('today.start').count() + await button('today.again').count(), 0);
  await context.setOffline(false);
  await all_is_sent(page);
  await is_halted(window, 'sent');
  assert.equal(await page.getByText(window.t('held.unsent')).count(), 0);
  assert.equal((await active()).length, 1);
  await clinic_answers();
  // What the device kept ends only when the record has said so.
  await context.setOffline(true);
  await button('session.toToday').click();
  await heading('held.title');
  await context.setOffline(false);
  await is_open(window);
  return window;
}

// Patient findings 3, 4, 5, 22, 23 and 27.
async function pain_in_spanish() {
  // The questions are asked, whatever became of the questionnaire's status.
  const [questionnaire] = await search('Questionnaire?url=urn:reprise:questionnaire:red-flags');
  assert.equal((await ask(server.base, 'PUT', `/Questionnaire/${questionnaire.id}`, { ...questionnaire, status: 'retired' }, clinic)).status, 200);
  const window = await patient('es');
  const { page, t, button, heading, shows } = window;
  await begin(window);
  // "Start here" opens what it stands beside, also when a session is open elsewhere; "continue" says where it is.
  await page.goto(`${server.origin}/today`);
  await button('today.continue', { number: SQUAT + 1, of: 5 }).waitFor();
  const here = page.getByRole('button', { name: new RegExp(`^${t('today.only')}`) });
  const nameOf = async (index) => (await page.locator('.row.exercise').nth(index).locator('strong').first().textContent()).trim();
  const name = await nameOf(1);
  const squat = await nameOf(SQUAT);
  await here.nth(1).click();
  await page.getByRole('heading', { name, exact: false }).first().waitFor();
  // The last one: then what is before it is offered, and not begun.
  await page.goto(`${server.origin}/session?exercise=4`);
  await heading('introduce.steps');
  await button('session.skip').click();
  await heading('earlier.title');
  await page.goto(`${server.origin}/session?exercise=${SQUAT}`);
  await start(window);
  await page.locator('.by-hand .tap').click();
  await button('live.hurts').click();
  await heading('pain.during');
  await choose(page, 8);
  await button('goOn').click();
  await heading('flags.stop');
  await button('flags.none').click();
  await button('goOn').click();
  await heading('hurt.title');
  await button('hurt.end').click();
  await heading('feeling.title');
  await choose(page, 3);
  await button('goOn').click();
  await heading('summary.titleHurt');
  await shows('summary.hurtAt', { name: squat, pain: 8 });
  assert.equal(await page.getByText(t('good.pain')).count(), 0, 'no more pain than before is not true');
  if (pictures) await look(window, 'summary after pain', pictures);
  await all_is_sent(page);
  const [flag] = await active();
  const hold = flag.extension.find(({ url }) => url === 'urn:reprise:hold').extension;
  assert.match(hold.find(({ url }) => url === 'exercise').valueReference.reference, /^ServiceRequest\//);
  await page.goto(`${server.origin}/today`);
  await shows('held.paused.at', { pain: 8 });
  assert.equal(await here.count(), 4, 'the others go on');
  if (pictures) await look(window, 'today with a paused exercise', pictures);
  const other = await patient('es');
  await other.shows('held.paused.at', { pain: 8 });
  await begin(other);
  assert.equal(await other.page.getByRole('heading', { name: squat }).count(), 0, 'not by its address either');
  await clinic_answers();
  await page.goto(`${server.origin}/today`);
  await here.nth(4).waitFor();
  await other.context.close();
  return window;
}

try {
  await demo.sign_in();
  for (const day of [a_warning_sign_in_english, without_a_network_in_german, pain_in_spanish].filter(({ name }) => !only || name === only)) {
    const begun = Date.now();
    const window = await day().catch(async (error) => {
      for (const page of demo.browser.contexts().flatMap((context) => context.pages())) console.error(page.url(), await page.locator('body').innerText({ timeout: 1000 }).catch(() => ''));
      throw error;
    });
    assert.deepEqual(window.problems, [], day.name);
    await window.context.close();
    console.log(`${day.name}: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  }
} finally {
  await demo.close();
}
