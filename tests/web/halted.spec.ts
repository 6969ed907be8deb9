// SPDX-License-Identifier: Apache-2.0
// A day that was halted stays halted: in the pages of a real server, in the language that is named (care/safety/hold.h,
// docs/reference/programme.md, "Holds"). What texts have no part in is tried in English, elsewhere with REPRISE_LONG.

import { open_window } from './browser.mjs';
import { sign_in_clinician } from './chart_patient.mjs';
import { all_is_sent, answer_first, open_demo, PASSWORD, unsent } from './demo.mjs';
import { command, expect, long, pictures, test } from './journey.ts';
import { look } from './look.ts';

test.describe.configure({ mode: 'serial' });

const language = process.env.REPRISE_LANGUAGE ?? 'en';
const alike_in_all_languages = () => test.skip(language !== 'en' && !long, 'takes long: REPRISE_LONG');
let demo: Awaited<ReturnType<typeof open_demo>>;
let clinician: Awaited<ReturnType<typeof open_window>> & { person?: string };

test.beforeAll(async () => {
  demo = await open_demo(command, { language });
  await demo.sign_in();
  clinician = await open_window(demo.browser, demo.origin, { language, width: 1280 });
  clinician.person = (await sign_in_clinician(demo, clinician)).person;
});

test.afterEach(async () => {
  for (const { problems, context } of opened.splice(0)) {
    expect(problems).toStrictEqual([]);
    await context.close();
  }

  expect(clinician.problems).toStrictEqual([]);
});

test.afterAll(() => demo?.close());

const SQUAT = 3;

const shifted_clock = () => {
  const { now } = Date;
  const Plain = Date;
  const shift = () => Number(window.localStorage.getItem('test-shift-ms') ?? 0);
  window.Date = class extends Plain {
    constructor(...parts: any[]) {
      super(...((parts.length === 0 ? [now() + shift()] : parts) as [number]));
    }

    static now() {
      return now() + shift();
    }
  } as DateConstructor;
};

async function sign_in({ field, button, heading }) {
  await field('account.name').fill('robin');
  await field('password.title').fill(PASSWORD);
  await button('signIn.action').click();
  await heading('today.title');
}

/** Of the test that is on. */
const opened: Awaited<ReturnType<typeof open_window>>[] = [];

/** A window of its own, as on another device. */
async function patient() {
  const window = await open_window(demo.browser, demo.server.origin, { language });
  opened.push(window);
  await window.context.addInitScript(shifted_clock);
  await window.page.goto(`${demo.server.origin}/sign-in`);
  await sign_in(window);
  // from here on, loaded pages work without a network
  await window.page.evaluate(() => navigator.serviceWorker.ready);
  return window;
}

const choose = (page, number) => page.locator('.scale label', { hasText: new RegExp(`^${number}$`) }).click();

/** Through the questions to an exercise. */
async function begin({ page, t, button, heading }, { exercise = SQUAT } = {}) {
  await page.goto(`${demo.server.origin}/session?exercise=${exercise}`);
  await answer_first({ page, t, button });
  await choose(page, 2);
  await button('goOn').click();
  await heading('introduce.steps');
}

async function start({ page, button, heading }) {
  await heading('introduce.steps');
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await button('introduce.byHand').click();
}

const flags_of_patient = async () => await demo.search('Flag?_count=100&_sort=-_lastUpdated');
const active = async () => (await flags_of_patient()).filter(({ status }) => status === 'active');

/** Writes as the clinician's page does. */
async function as_clinician(method, path, resource) {
  const { request } = clinician.context;
  const { csrf } = await (await request.get(`${demo.server.origin}/auth/session`)).json();
  const answer = await request.fetch(`${demo.server.base}${path}`, {
    method,
    data: resource,
    headers: { 'x-csrf-token': csrf, 'content-type': 'application/fhir+json' },
  });

  expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBeTruthy();
}

const decision = ({ id, subject }, code) => ({
  resourceType: 'Task',
  status: 'completed',
  intent: 'order',
  code: { coding: [{ system: 'urn:reprise:flag-task', code }] },
  focus: { reference: `Flag/${id}` },
  for: subject,
  requester: { reference: `Practitioner/${clinician.person}` },
  statusReason: { text: 'spoke on the phone' },
});

/** A clinician closes the open flags. */
async function clinic_answers() {
  for (const flag of await active()) await as_clinician('POST', '/Task', decision(flag, 'close'));
}

/**
 * Today begins with the reason and the numbers, and no way starts an exercise: nothing on Today, not the address, not a
 * reload.
 */
async function is_halted(window, when) {
  const { page, t, heading } = window;
  const nothing_starts = async () => {
    await heading('held.title');
    await page.getByRole('button', { name: t('held.write'), exact: true }).waitFor();
    for (const key of ['today.start', 'today.again', 'introduce.byHand', 'introduce.camera', 'held.check'])
      expect(await window.button(key).count(), `${when}: ${key}`).toBe(0);
    expect(await page.getByRole('button', { name: new RegExp(`^${t('today.only')}`) }).count(), when).toBe(0);
  };
  await page.goto(`${demo.server.origin}/today`);
  await page.locator('.exercise-card').first().waitFor();
  await nothing_starts();
  await page.goto(`${demo.server.origin}/session?exercise=1`);
  await nothing_starts();
}

async function is_open(window) {
  await window.page.goto(`${demo.server.origin}/today`);
  await window.page
    .getByRole('button', { name: new RegExp(`^${window.t('today.only')}`) })
    .first()
    .waitFor();
  expect(await window.page.getByText(window.t('held.title')).count()).toBe(0);
}

/** With text of double size on a phone, nothing of what a button says is cut off: whom to call, least of all. */
async function are_whole_at_double_size(page) {
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  const cut = await page.locator('main .mantine-Button-label').evaluateAll((labels) =>
    labels
      .filter((label) => {
        const text = document.createRange();
        text.selectNodeContents(label);
        const [inner, outer] = [
          text.getBoundingClientRect(),
          label.closest('.mantine-Button-root').getBoundingClientRect(),
        ];
        return (
          inner.left < outer.left || inner.right > outer.right || inner.top < outer.top || inner.bottom > outer.bottom
        );
      })
      .map(({ textContent }) => textContent),
  );
  expect(cut).toStrictEqual([]);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '';
  });
}

/** In a set: stop, unwell, chest pain. */
async function feels_unwell({ page, t, button, heading }) {
  await start({ page, button, heading });
  await page.locator('.by-hand').waitFor();
  await button('session.stop').click();
  await button('stop.unwell').click();
  // Patient finding 2: help first, then the most dangerous question, by one touch.
  await heading('unwell.title');
  const [call, first] = [
    page.locator('a[href^="tel:"]').first(),
    page.getByText(t('unwell.number', { number: 1, of: 10 })),
  ];
  expect((await call.boundingBox()).y, 'the numbers stand above the questions').toBeLessThan(
    (await first.boundingBox()).y,
  );
  await are_whole_at_double_size(page);
  if (pictures) await look({ page }, 'unwell');
  await button('yes').click();
  await heading('halted.redFlag');
}

const responses = async () => await demo.search('QuestionnaireResponse?_count=100&_sort=-_lastUpdated');

/** Sets the device's clock and zone, as a user or a journey may; without arguments, resets them. */
async function set_clock({ page, context }, { days = 0, zone = '' } = {}) {
  await page.evaluate((ms) => window.localStorage.setItem('test-shift-ms', `${ms}`), days * 24 * 3600_000);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setTimezoneOverride', { timezoneId: zone });
  await devtools.detach();
}

/** Both directions, each across midnight, and a zone in which it is another day. */
const CLOCKS = [{ days: -3 }, { days: 3 }, { days: 1, zone: 'Pacific/Kiritimati' }];

// Each below is a way of its own; it opens what windows it wants, and the clinic's answer ends it.

// Patient findings 1 and 2; SAFETY.md 4.
test('a warning sign', async () => {
  const window = await patient();
  const { page, t, button, heading } = window;
  await is_open(window); // a programme without any history
  await begin(window);
  await feels_unwell(window);
  // A wrong touch: both are kept, and the clinic is told of both.
  await button('halted.undo').click();
  await heading('unwell.title');
  await all_is_sent(page);
  const [back, wrong] = await responses();
  expect(back.extension.find(({ url }) => url === 'urn:reprise:takes-back').valueUri).toBe(wrong.identifier.value);
  expect(wrong.item[0].answer[0].valueBoolean).toBe(true);
  expect(wrong.item, 'questions that were not asked have no answer').toHaveLength(1);
  const [taken_back] = await active();
  expect(taken_back.extension.some(({ url }) => url === 'urn:reprise:hold-ended')).toBeTruthy();
  await button('no').click();
  await page.getByText(t('unwell.number', { number: 2, of: 10 })).waitFor();
  await button('yes').click();
  await heading('halted.redFlag');
  await all_is_sent(page);
  await is_halted(window, 'on the device that recorded it');
  if (pictures) {
    await page.goto(`${demo.server.origin}/today`);
    await heading('held.title');
    await look(window, 'today halted');
  }

  expect(await button('halted.undo').count(), 'once the screen was left, nothing is taken back').toBe(0);
  for (const clock of CLOCKS) {
    await set_clock(window, clock);
    await is_halted(window, JSON.stringify(clock));
  }

  await set_clock(window);
  await page.goto(`${demo.server.origin}/settings`);
  await button('signOut').click();
  await heading('signIn.title');
  await sign_in(window);
  await is_halted(window, 'signed out and in');
  await clinic_answers();
  await is_open(window);
});

// What one device records holds on the other: before its next set, and once it has a network again.
test('two devices', async () => {
  alike_in_all_languages();
  const [window, other, away] = [await patient(), await patient(), await patient()];
  for (const one of [window, other, away]) await begin(one);
  await away.context.setOffline(true);
  await start(away); // by what it knows
  await away.page.locator('.by-hand').waitFor();
  await feels_unwell(window);
  await all_is_sent(window.page);
  // About to start.
  await start(other);
  await other.heading('held.title');
  await other.page.locator('.by-hand').waitFor({ state: 'detached' });
  await is_halted(other, 'on another device');
  // Without a network until now.
  await away.context.setOffline(false);
  await away.page.locator('.by-hand .tap').click();
  await away.button('live.finishSet').click();
  await away.heading('rest.title');
  await away.button('rest.startNow').click();
  await away.heading('held.title');
  await all_is_sent(away.page);
  expect(
    await demo.search('Procedure?_count=100&_sort=-_lastUpdated'),
    'the exercises done meanwhile are in the record',
  ).toHaveLength(1);
  await is_halted(away, 'on a device that had no network');
  await clinic_answers();
  for (const one of [window, other, away]) await is_open(one);
});

// Without a network: it holds at once, on another device once the record has it, and ends only when the record has said
// so.
test('offline in between', async () => {
  alike_in_all_languages();
  const [window, other] = [await patient(), await patient()];
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
  expect(await active()).toStrictEqual([]);
  await button('session.toToday').click();
  await heading('held.title');
  for (const clock of [{}, { days: -1 }, { days: 1 }]) {
    await set_clock(window, clock);
    await is_halted(window, `no network, ${JSON.stringify(clock)}`);
    await shows('held.unsent');
  }

  await set_clock(window);
  await is_open(other); // the record does not know yet
  // Deleting everything from the device does not delete that.
  await page.goto(`${demo.server.origin}/settings`);
  await button('device.delete').click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: window.t('device.delete'), exact: true })
    .click();
  await shows('device.doneButHold');
  expect(await unsent(page)).toBe(1);
  await context.setOffline(false);
  await page.goto(`${demo.server.origin}/today`);
  await all_is_sent(page);
  await is_halted(window, 'sent');
  expect(await page.getByText(window.t('held.unsent')).count()).toBe(0);
  expect(await active()).toHaveLength(1);
  await is_halted(other, 'once it was sent');
  // What the device kept ends only when the record has said so.
  await context.setOffline(true);
  await clinic_answers();
  await is_halted(window, 'the clinic has answered, and the device cannot know');
  await context.setOffline(false);
  await is_open(window);
});

// Patient findings 3, 4, 5, 22, 23 and 27.
test('pain 8', async () => {
  const window = await patient();
  const { page, t, button, heading, shows } = window;
  await begin(window);
  // "Start here" opens what it stands beside, also when a session is open elsewhere; "continue" says where it is.
  await page.goto(`${demo.server.origin}/today`);
  await button('today.continue', { number: SQUAT + 1, of: 5 }).waitFor();
  const here = page.getByRole('button', { name: new RegExp(`^${t('today.only')}`) });
  const nameOf = async (index) =>
    (await page.locator('.exercise-card').nth(index).locator('strong').first().textContent()).trim();
  const name = await nameOf(1);
  const squat = await nameOf(SQUAT);
  await here.nth(1).click();
  await page.getByRole('heading', { name, exact: false }).first().waitFor();
  // The last one: then the ones before it are offered, and not begun.
  await page.goto(`${demo.server.origin}/session?exercise=4`);
  await heading('introduce.steps');
  await button('session.skip').click();
  await heading('earlier.title');
  await page.goto(`${demo.server.origin}/session?exercise=${SQUAT}`);
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
  expect(await page.getByText(t('good.pain')).count(), 'no more pain than before is not true').toBe(0);
  if (pictures) await look(window, 'summary after pain');
  await all_is_sent(page);
  const [flag] = await active();
  const hold = flag.extension.find(({ url }) => url === 'urn:reprise:hold').extension;
  expect(hold.find(({ url }) => url === 'exercise').valueReference.reference).toMatch(/^ServiceRequest\//);
  await page.goto(`${demo.server.origin}/today`);
  await shows('held.paused.at', { pain: 8 });
  await expect(here, 'the others go on').toHaveCount(4);
  if (pictures) await look(window, 'today with a paused exercise');
  const other = await patient();
  await other.shows('held.paused.at', { pain: 8 });
  await begin(other);
  expect(await other.page.getByRole('heading', { name: squat }).count(), 'not by its address either').toBe(0);
  await clinic_answers();
  await page.goto(`${demo.server.origin}/today`);
  await here.nth(4).waitFor();
});

// Pain before exercising keeps everything for the day, and the day is the record's: no clock of a device opens
// anything.
test('tomorrow is the records', async () => {
  alike_in_all_languages();
  const window = await patient();
  const { page, button, heading, shows } = window;
  await page.goto(`${demo.server.origin}/session`);
  await answer_first(window);
  await choose(page, 8);
  await button('goOn').click();
  await heading('halted.pain');
  await all_is_sent(page);
  await is_halted(window, 'too much pain for today');
  for (const clock of [{ days: -1 }, { zone: 'Pacific/Pago_Pago' }]) {
    await set_clock(window, clock);
    await is_halted(window, JSON.stringify(clock));
    await shows('held.untilTomorrow');
  }
  // The device believes that it is tomorrow, and asks; the record has its own clock.
  for (const offline of [true, false]) {
    await set_clock(window, { days: 1 });
    await window.context.setOffline(offline);
    await page.goto(`${demo.server.origin}/today`);
    await button('held.check').first().click();
    await answer_first(window);
    await choose(page, 1);
    await button('goOn').click();
    await heading('held.title');
    expect(await button('introduce.byHand').count()).toBe(0);
  }

  await set_clock(window);
  await all_is_sent(page);
  await is_halted(window, 'the clock is right again');
  await clinic_answers();
  await is_open(window);
});

// Questions that the clinic has retired are asked all the same, and the first "yes" stops the exercises.
test('the questionnaire is retired', async () => {
  alike_in_all_languages();
  const [questionnaire] = await demo.search('Questionnaire?url=urn:reprise:questionnaire:red-flags');
  await as_clinician('PUT', `/Questionnaire/${questionnaire.id}`, { ...questionnaire, status: 'retired' });
  const window = await patient();
  const { page, t, button, heading } = window;
  await set_clock(window, { days: -8 }); // they are due again, and perhaps the morning after
  await page.goto(`${demo.server.origin}/session`);
  const chest = page
    .locator('.questions fieldset')
    .nth(questionnaire.item.findIndex(({ linkId }) => linkId === 'chest-or-breath'));
  const morning = page.locator('.scale').first();
  await chest.or(morning).first().waitFor();
  if (await morning.isVisible()) {
    await choose(page, 1);
    await page.getByRole('radio', { name: t('yes'), exact: true }).check();
    await button('goOn').click();
  }
  await chest.locator('label', { hasText: t('yes') }).click();
  await heading('halted.redFlag');
  await all_is_sent(page);
  const [answers] = await responses();
  expect(answers.status, 'the first "yes" ends it').toBe('stopped');
  expect(
    (answers.meta.tag ?? []).filter(({ code }) => code === 'contradicts-questionnaire'),
    'and missing answers contradict nothing',
  ).toStrictEqual([]);
  await set_clock(window);
  await is_halted(window, 'a retired questionnaire');
  await clinic_answers();
  await is_open(window);
});

// In the pages of the clinician: a snooze leaves the exercises on hold, closing with a reason gives them back, to all
// devices.
test('the clinic answers', async () => {
  const [window, other] = [await patient(), await patient()];
  await begin(window);
  await feels_unwell(window);
  await all_is_sent(window.page);
  await is_halted(other, 'before the clinic has answered');
  const { page, t, button } = clinician;
  const dialog = page.getByRole('dialog');
  const decide = async (act) => {
    await page.goto(`${demo.server.origin}/worklist`);
    await page
      .locator('.work', { hasText: 'Robin' })
      .getByRole('button', { name: t('work.decide.of', { name: 'Robin Simulated' }) })
      .click();
    for (const box of await dialog.getByRole('checkbox').all()) await box.check();
    await dialog.getByText(t('work.hold.close')).waitFor();
    const why = dialog.getByLabel(new RegExp(`^${t('work.why')}`));
    expect(await act.isEnabled(), 'not without a reason').toBe(false);
    await why.fill('spoke on the phone');
    await act.click();
    await dialog.waitFor({ state: 'detached' });
  };
  await decide(button('work.snooze'));
  for (const one of [window, other]) await is_halted(one, 'a snooze');
  await decide(dialog.getByRole('button', { name: t('work.close.count', { count: 1 }), exact: true }));
  for (const one of [window, other]) await is_open(one);
  const [task] = await demo.search('Task?_sort=-_lastUpdated&_count=1');
  expect(task.requester.reference).toBe(`Practitioner/${clinician.person}`);
  expect(task.statusReason.text).toBe('spoke on the phone');
});
