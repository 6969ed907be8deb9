// SPDX-License-Identifier: Apache-2.0
// A patient chooses reminders at the end of the first session, changes, pauses and stops them under More, answers the
// question whether to pause, and subscribes to the calendar; the clinic sees it in the chart. Through the pages of a
// real server with a mail server.

import { open_window } from './browser.mjs';
import { demo_patient, set_mail, sign_in_clinician, writer } from './chart_patient.mjs';
import { all_is_sent } from './demo.mjs';
import { command, expect, test } from './journey.ts';
import { look } from './look.ts';

const ZONE = 'Europe/Berlin';
const MAIL = [
  '--mail-server',
  '127.0.0.1',
  '--mail-security',
  'none',
  '--mail-port',
  '9',
  '--mail-from',
  'clinic@example.org',
  '--listen-public-url',
  'https://clinic.example.org',
];

test('reminders are chosen, changed, paused and stopped', async ({ open_demo }) => {
  const demo = await open_demo({ timezoneId: ZONE, options: MAIL });
  const { window } = demo;
  const { page, t, button, heading, field, shows } = window;
  await demo.sign_in();
  const { patient } = await demo_patient(demo);
  const { send } = writer(demo, command);
  const kim = await open_window(demo.browser, demo.origin, { width: 1280, timezoneId: ZONE });
  const chosen = async () => {
    const [consent] = await demo.search('Consent?status=active&category=urn:reprise:consent%7Creminders');
    const parts = consent?.extension[0].extension ?? [];
    const part = (name) => Object.values(parts.find(({ url }) => url === name) ?? {})[1];
    return consent && { type: consent.provision.type, time: part('time'), second: part('second-time'), part, consent };
  };
  const choose = (number) => page.locator('.scale label', { hasText: new RegExp(`^${number}$`) }).click();

  async function a_part(exercises) {
    for (let i = 0; i < exercises; ++i) {
      await heading('introduce.steps');
      const name = await page.locator('h1').textContent();
      await button('session.skip').click();
      await page.locator('h1').getByText(name, { exact: true }).waitFor({ state: 'detached' });
    }
  }

  async function a_session() {
    await page.getByRole('button', { name: `${t('today.only')} Squat` }).click();
    await page.getByRole('button', { name: t('flags.none') }).click();
    await button('goOn').click();
    await heading('pain.before');
    await choose(1);
    await button('goOn').click();
    // The squat is the fourth of five; what lies before it is offered at the end.
    await a_part(2);
    await heading('earlier.title');
    await button('earlier.goOn').click();
    await a_part(3);
  }

  await test.step('without an address there is no offer, and More says why', async () => {
    await page.goto(`${demo.origin}/reminders`);
    await shows('reminders.noMail');
    await expect(button('reminders.start')).toHaveCount(0);
  });

  await test.step('the clinic adds the address', async () => {
    await kim.page.goto(`${demo.origin}/`);
    await sign_in_clinician(demo, kim);
    await kim.page.goto(`${demo.origin}/worklist`);
    await kim.page.locator('h1').waitFor();
    await set_mail(kim.page, 'robin', 'robin@example.org');
  });

  await test.step('the end of the first session offers it', async () => {
    await page.goto(`${demo.origin}/today`);
    await a_session();
    await heading('reminders.offer');
    await shows('reminders.to', { mail: 'robin@example.org' });
    await field('reminders.time').fill('18:30');
    await look(window, 'reminders offered');
    await button('reminders.start').click();
    await shows('reminders.offer.done');
    expect(await chosen()).toMatchObject({ type: 'permit', time: '18:30:00', second: undefined });
    expect((await chosen()).part('zone')).toBe(ZONE);
    await all_is_sent(page);
  });

  await test.step('More changes it', async () => {
    await page.goto(`${demo.origin}/settings`);
    await button('reminders.open').click();
    await shows('reminders.on', { time: '18:30' });
    await field('reminders.time').fill('19:00');
    await page.getByRole('switch', { name: t('reminders.secondWanted') }).check();
    await field('reminders.second').fill('18:00');
    await button('reminders.save').click();
    await shows('reminders.secondLater');
    await field('reminders.second').fill('21:00');
    await button('reminders.save').click();
    await shows('reminders.on', { time: '19:00' });
    await look(window, 'reminders');
    expect(await chosen()).toMatchObject({ type: 'permit', time: '19:00:00', second: '21:00:00' });
    expect(await demo.search('Consent?category=urn:reprise:consent%7Creminders'), 'one is changed').toHaveLength(1);
  });

  await test.step('it asks whether to pause, on Today, and the clinic sees it', async () => {
    await send('POST', '/Communication', {
      resourceType: 'Communication',
      meta: { tag: [{ system: 'urn:reprise:tag', code: 'simulated' }] },
      status: 'completed',
      category: [{ coding: [{ system: 'urn:reprise:communication', code: 'exercise-reminder-question' }] }],
      subject: { reference: `Patient/${patient}` },
      sent: new Date().toISOString(),
    });
    await kim.page.goto(`${demo.origin}/patient?id=${patient}`);
    await kim.page.getByText(kim.t('chart.reminders.on', { time: '19:00', zone: ZONE })).waitFor();
    await kim.page.getByText(/was asked on/).waitFor();
    await look(kim, 'chart with reminders', { narrow: 820 });
    await page.goto(`${demo.origin}/today`);
    await shows('reminders.ask');
    await look(window, 'today asks whether to pause');
    await button('reminders.ask.pause').click();
    await page.getByText(t('reminders.ask')).waitFor({ state: 'detached' });
    const { part, type } = await chosen();
    expect(type).toBe('permit');
    expect(Date.parse(String(part('paused-until'))) - Date.now()).toBeGreaterThan(12 * 24 * 3600_000);
  });

  await test.step('they are stopped', async () => {
    await page.goto(`${demo.origin}/reminders`);
    await page.getByText(/^Reminders begin again on /).waitFor();
    await button('reminders.stop').click();
    await shows('reminders.off');
    expect((await chosen()).type).toBe('deny');
  });

  await test.step('a calendar reads the address until it ends', async () => {
    await button('reminders.calendar.make').click();
    const address = await field('reminders.calendar.address').inputValue();
    expect(address).toMatch(/^https:\/\/clinic\.example\.org\/calendar-feed\/[\w-]{43}\.ics$/);
    await look(window, 'calendar address');
    const read = () => fetch(address.replace('https://clinic.example.org', demo.server.origin));
    const answer = await read();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/calendar;charset=utf-8');
    expect(await answer.text()).toMatch(/^BEGIN:VCALENDAR\r\n/);
    await button('reminders.calendar.end').click();
    await button('reminders.calendar.make').waitFor();
    expect((await read()).status).toBe(404);
  });
  expect([...window.problems, ...kim.problems]).toStrictEqual([]);
});
