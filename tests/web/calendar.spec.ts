// SPDX-License-Identifier: Apache-2.0
// A clinician sets hours, books, moves and takes back; invites a patient, who chooses a time, moves and cancels; of two
// at once one wins; and the reminder, over a restart. Through the pages of a real server, by the clock of another zone
// than this machine's.

import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { dayAfter, instantOf, mondayOf, wallOf, zonedText } from '../../web/fhir/wall_time.ts';
import { open_window } from './browser.mjs';
import { demo_patient, set_mail, sign_in_clinician, writer } from './chart_patient.mjs';
import { command, expect, pictures, test, until } from './journey.ts';
import { look } from './look.ts';

const ZONE = 'Europe/Berlin';
const monday = dayAfter(mondayOf(wallOf(Date.now(), ZONE).day), 7);
const wednesday = dayAfter(monday, 2);
const at = (day, minute) => zonedText(instantOf({ day, minute }, ZONE), ZONE);

test('appointments are booked, moved, canceled and reminded of', async ({ open_demo, start_server }) => {
  const demo = await open_demo({ timezoneId: ZONE });
  const robin = demo.window;
  const { patient } = await demo_patient(demo);
  const [{ id: practitioner }] = await demo.search('Practitioner?identifier=urn:reprise:demo%7Cclinician');
  const { send } = writer(demo, command);
  const kim = await open_window(demo.browser, demo.origin, { width: 1280, timezoneId: ZONE });
  const { page, t, button, field, shows } = kim;
  const booked = () => demo.search('Appointment?status=booked&_sort=date');
  const starts = async () => (await booked()).map(({ start }) => start);
  const visit = () => page.locator('[data-visit]');
  const dialog = () => page.getByRole('dialog');
  const gone = () => dialog().waitFor({ state: 'detached' });

  const starts_at = (...times) =>
    until(async () => JSON.stringify(await starts()) === JSON.stringify(times), `booked at ${times.join(', ')}`);

  await test.step('hours are set', async () => {
    await page.goto(`${demo.origin}/`);
    await sign_in_clinician(demo, kim);
    await page.goto(`${demo.origin}/calendar?view=week&day=${monday}`);
    await shows('cal.hours.none');
    await button('cal.hours').click();
    await dialog().getByLabel(t('cal.zone'), { exact: true }).waitFor();
    await expect(field('cal.zone')).toHaveValue(ZONE);
    await field('cal.zone').fill('Moon/Sea');
    await button('cal.hours.save').click();
    await shows('cal.zone.problem');
    await field('cal.zone').fill(ZONE);
    await button('cal.off.add').click();
    await field('cal.off.from').fill(dayAfter(monday, 3));
    if (pictures) await look(kim, 'working hours', { narrow: 820 });
    await button('cal.hours.save').click();
    await gone();
    const free = await demo.search(`Slot?status=free&start=ge${monday}&start=lt${dayAfter(monday, 7)}&_count=1000`);
    // Four days from nine to five in half hours; the fifth is off.
    expect(free.length).toBe(4 * 16);
    expect(free.every(({ meta }) => meta.tag[0].code === 'simulated')).toBeTruthy();
  });

  await test.step('one is booked', async () => {
    await page.locator('h1').click();
    await page.keyboard.press('n');
    await button('cal.new.save').click();
    await shows('who.missing');
    await field('who.patient').fill('rob sim');
    await field('who.patient').press('Enter');
    await field('cal.day').fill(wednesday);
    await field('cal.time').fill('10:00');
    await field('cal.kind').selectOption('video');
    if (pictures) await look(kim, 'a new appointment', { narrow: 820 });
    await button('cal.new.save').click();
    await gone();
    await visit().waitFor();
    await starts_at(at(wednesday, 600));
    expect(await demo.search(`Slot?status=busy&_count=1000`)).toHaveLength(1);
  });

  // By the page and by the record itself.
  await test.step('a time is taken once', async () => {
    await page.locator('h1').click();
    await page.keyboard.press('n');
    await field('who.patient').fill('rob');
    await field('who.patient').press('Enter');
    await field('cal.day').fill(wednesday);
    await field('cal.time').fill('10:15');
    await button('cal.new.save').click();
    await shows('cal.taken');
    await page.keyboard.press('Escape');
    await gone();
  });

  await test.step('it is moved', async () => {
    await visit().focus();
    await page.keyboard.press('Shift+ArrowDown');
    await starts_at(at(wednesday, 615));
    await button('chart.undo').click();
    await starts_at(at(wednesday, 600));
    await page.locator('.undo').waitFor({ state: 'detached' });
    await visit().focus();
    await page.keyboard.press('Shift+ArrowLeft');
    await starts_at(at(dayAfter(wednesday, -1), 600));
    // By the mouse, a day on and two hours down.
    await page.locator(`.cal-column[data-day="${dayAfter(wednesday, -1)}"] [data-visit]`).waitFor();
    const from = await visit().boundingBox();
    const column = await page.locator(`.cal-column[data-day="${wednesday}"]`).boundingBox();
    const hour =
      (await page.locator('.cal-hours').boundingBox()).height / (await page.locator('.cal-hours li').count());
    await page.mouse.move(from.x + 20, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(column.x + 40, from.y + 8 + hour, { steps: 4 });
    await page.mouse.move(column.x + 40, from.y + 8 + 2 * hour, { steps: 4 });
    await page.mouse.up();
    await starts_at(at(wednesday, 720));
  });

  await test.step('what becomes of it', async () => {
    await page.locator(`.cal-column[data-day="${wednesday}"] [data-visit]`).click();
    expect(
      await dialog()
        .getByRole('link', { name: t('cal.join') })
        .getAttribute('href'),
    ).toMatch(/^\/visit\?appointment=\S+$/);
    await button('cal.set.arrived').click();
    await gone();
    await until(async () => (await demo.search('Appointment?status=arrived')).length === 1, 'arrived');
    await look(kim, 'calendar', { narrow: 820 });
    await page.locator('h1').click();
    await page.keyboard.press('d');
    await page.locator('.cal-grid[data-days="1"]').waitFor();
    await page.keyboard.press('w');
    await page.locator('.cal-grid[data-days="7"]').waitFor();
    await visit().click();
    await button('cal.cancel').click();
    await field('cal.cancel.why').fill('Ill (simulated).');
    await dialog()
      .getByRole('button', { name: t('cal.cancel.save'), exact: true })
      .click();
    await gone();
    await shows('cal.none');
    expect((await demo.search('Appointment?status=cancelled'))[0].cancelationReason.text).toBe('Ill (simulated).');
    expect(await demo.search('Slot?status=busy'), 'its time is free again').toHaveLength(0);
  });

  await test.step('a patient is invited', async () => {
    await button('cal.invite').click();
    await field('who.patient').fill('robin');
    await field('who.patient').press('Enter');
    await button('cal.invite.save').click();
    await gone();
    await shows('cal.invite.sent', { name: 'Robin Simulated' });
  });

  await test.step('who chooses a time', async () => {
    await demo.sign_in();
    await robin.page.getByText(robin.t('book.invited')).waitFor();
    await robin.button('book.choose').click();
    await robin.heading('book.choose.for', {
      kind: t('cal.kind.in-person'),
      minutes: t('cal.minutes.of', { count: 30 }),
    });
    const times = robin.page.locator('.book-times button');
    await times.first().waitFor();
    await look(robin, 'booking');
    // Another patient is quicker: after the list was shown, before the time is confirmed.
    await times.nth(20).click();
    const chosen = (await demo.search('Slot?status=free&_sort=start&_count=1000'))[20];
    await send('POST', '/Appointment', {
      resourceType: 'Appointment',
      meta: { tag: [{ system: 'urn:reprise:tag', code: 'simulated' }] },
      status: 'booked',
      start: chosen.start,
      end: chosen.end,
      participant: [{ actor: { reference: `Practitioner/${practitioner}` }, status: 'accepted' }],
    });
    await robin.button('book.confirm.action').click();
    await robin.shows('cal.taken');
    await times.nth(20).click();
    await robin.button('book.confirm.action').click();
    await robin.page.locator('.book-row').waitFor();
    const [own] = await demo.search(`Appointment?patient=Patient/${patient}&status=booked`);
    expect(own.slot).toHaveLength(1);
    expect(own.start, "by the clinic's clock").toMatch(/\+0[12]:00$/);
    expect((await demo.search(`Slot?_id=${own.slot[0].reference.slice(5)}`))[0].status).toBe('busy');
    expect(await demo.search('Appointment?status=proposed')).toHaveLength(0);
  });

  await test.step('moves it and cancels', async () => {
    const [before] = await demo.search(`Appointment?patient=Patient/${patient}&status=booked`);
    await robin.button('book.move').click();
    await robin.page.locator('.book-free .book-times button').nth(40).click();
    await robin.button('book.confirm.action').click();
    await until(async () => (await demo.search(`Appointment?_id=${before.id}`))[0].start !== before.start, 'moved');
    await robin.page.locator('.book-free').waitFor({ state: 'detached' });
    await robin.page.goto(`${demo.origin}/today`);
    await robin.page.getByText(/^Your next appointment: /).waitFor();
    await robin.button('book.see').click();
    await robin.button('book.cancel').click();
    await robin.page
      .getByRole('dialog')
      .getByRole('button', { name: robin.t('book.cancel'), exact: true })
      .click();
    await robin.shows('book.cancelled');
    await robin.shows('book.none');
    expect((await demo.search(`Appointment?_id=${before.id}`))[0].status).toBe('cancelled');
  });

  // The one of tomorrow, by a server that starts anew and has a mail server.
  await test.step('a reminder is mailed', async () => {
    const start = instantOf(wallOf(Date.now() + 5 * 3600_000, ZONE), ZONE);
    const person = (type, id) => ({ actor: { reference: `${type}/${id}` }, status: 'accepted' });
    await send('POST', '/Appointment', {
      resourceType: 'Appointment',
      meta: { tag: [{ system: 'urn:reprise:tag', code: 'simulated' }] },
      status: 'booked',
      comment: 'the knee',
      start: zonedText(start, ZONE),
      end: zonedText(start + 1_800_000, ZONE),
      participant: [person('Patient', patient), person('Practitioner', practitioner)],
    });
    await set_mail(page, 'robin', 'robin@example.org');
    const mails = [];
    const catcher = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onData: (stream, _session, done) => {
        const parts = [];
        stream.on('data', (part) => parts.push(part));
        stream.on('end', () => {
          mails.push(Buffer.concat(parts).toString());
          done();
        });
      },
    });
    await new Promise<void>((resolve) => {
      catcher.listen(0, '127.0.0.1', resolve);
    });
    const options = [
      '--mail-server',
      '127.0.0.1',
      '--mail-security',
      'none',
      '--mail-port',
      String((catcher.server.address() as AddressInfo).port),
      '--mail-from',
      'clinic@example.org',
      '--listen-public-url',
      'https://clinic.example.org',
    ];
    await demo.server.kill();
    const server = await start_server(options, demo.server.folder);
    await until(() => mails.length > 0, 'a reminder');
    expect(mails[0]).toMatch(
      new RegExp(`${zonedText(start, ZONE).slice(0, 10)} at ${zonedText(start, ZONE).slice(11, 16)}`),
    );
    expect(mails[0]).not.toMatch(/knee/);
    await server.stop();
    await new Promise<void>((resolve) => {
      catcher.close(resolve);
    });
  });
  // For the documents: a week of the simulated clinic on a desk's screen.
  if (pictures) {
    const clinic = await open_demo({ patients: 40, width: 1280 });
    await clinic.window.page.goto(`${clinic.origin}/`);
    await sign_in_clinician(clinic, clinic.window);
    await clinic.window.page.goto(`${clinic.origin}/calendar?view=week&day=${monday}`);
    await clinic.window.page.locator('[data-visit]').first().waitFor();
    await clinic.window.page.screenshot({ path: join(pictures, 'document calendar.png') });
  }

  expect([...kim.problems, ...robin.problems]).toStrictEqual([]);
});
