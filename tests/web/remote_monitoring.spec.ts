// SPDX-License-Identifier: Apache-2.0
// Remote monitoring through the pages of a real server on the simulated clinic: the list, a patient's lines and what
// blocks them, the clinic's device status, a claim that is signed, and the timer of the chart, also over the end of a
// sign-in.

import { readFileSync } from 'node:fs';
import { authenticator, open_window } from './browser.mjs';
import { writer } from './chart_patient.mjs';
import { all_is_sent, PASSWORD, printed_link, unsent } from './demo.mjs';
import { command, expect, pictures, test, until } from './journey.ts';
import { look } from './look.ts';

const DAY_MS = 24 * 3600_000;
const MONITORING = 'urn:reprise:remote-monitoring';
const day = (ago) => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);

test('remote monitoring is claimed for services that were done', async ({ open_demo }) => {
  const demo = await open_demo({ patients: 2, options: ['--demo-days', '60'], width: 1280 });
  const { server, window, search, origin } = demo;
  const { page, t, button, field, heading, shows } = window;

  /**
   * An account of the demonstration: chooses its password, enrols a second factor; each call of what it returns signs
   * `window` in.
   */
  async function account_of(name, printed) {
    let cookie = '';
    let csrf = '';
    const send = async (method, path, body = undefined) => {
      const response = await fetch(origin + path, {
        method,
        body: body && JSON.stringify(body),
        headers: {
          'content-type': 'application/json',
          ...(cookie && { cookie }),
          ...(csrf && { 'x-csrf-token': csrf }),
        },
      });
      cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
      const text = await response.text();
      expect(response.ok, `${path}: ${text}`).toBeTruthy();
      const answer = text ? JSON.parse(text) : {};
      csrf = answer.session?.csrf ?? answer.csrf ?? csrf;
      return answer;
    };
    const sign = async () => {
      cookie = '';
      csrf = '';
      await send('POST', '/auth/session', { name, password: PASSWORD });
    };
    await send('POST', '/auth/invitation/acceptance', {
      secret: printed_link(server, printed).split('#')[1],
      password: PASSWORD,
    });
    await sign();
    const { secret } = await send('POST', '/auth/enrolment', {});
    const code = authenticator(secret);
    await send('POST', '/auth/enrolment/confirmation', { code: await code() });
    let fresh = true;
    return async (into) => {
      if (!fresh) {
        await sign();
        await send('POST', '/auth/second-factor', { code: await code() });
      }
      fresh = false;
      const [key, ...value] = cookie.split('=');
      await into.context.clearCookies();
      await into.context.addCookies([
        { name: key, value: value.join('='), url: origin, secure: true, httpOnly: true, sameSite: 'Strict' },
      ]);
      return (await send('GET', '/auth/session')).account;
    };
  }

  const sign_in_kim = await account_of('kim', 'Kim Simulated');
  const { person: kim } = await sign_in_kim(window);

  // A simulated patient who is monitored since 40 days, with 25 minutes and a call in each month of that time.
  const patient = await test.step('monitored patient', async () => {
    const { write } = writer(demo, command);
    // Who exercised on most of the days that count for the set-up.
    const sets = await search(`Procedure?date=ge${day(39)}&date=le${day(12)}&status=completed&_count=1000`);
    const days_of = (patient) =>
      new Set(
        sets
          .filter(({ subject }) => subject.reference === patient)
          .map(({ performedPeriod }) => performedPeriod.start.slice(0, 10)),
      ).size;
    const [most] = [...new Set<string>(sets.map(({ subject }) => subject.reference))].sort(
      (a, b) => days_of(b) - days_of(a),
    );
    expect(days_of(most)).toBeGreaterThanOrEqual(2);
    const patient = most.replace('Patient/', '');
    const concept = (system, ...codes) => ({ coding: codes.map((code) => ({ system, code })) });
    const subject = { reference: `Patient/${patient}` };
    const meta = { tag: [{ system: 'urn:reprise:tag', code: 'simulated', display: 'simulated: about no person' }] };
    const created = (resource, fullUrl = undefined) => ({
      ...(fullUrl && { fullUrl }),
      resource: { ...resource, meta },
      request: { method: 'POST', url: resource.resourceType },
    });
    const plan = 'urn:uuid:0b8e2a60-7c1f-4f6e-8d7a-00000000aaaa';
    const began = Date.now() - 40 * DAY_MS;
    const worked = (ago, minutes) => ({
      start: new Date(Date.now() - ago * DAY_MS).toISOString(),
      end: new Date(Date.now() - ago * DAY_MS + minutes * 60_000).toISOString(),
    });
    await write([
      [
        created(
          {
            resourceType: 'CarePlan',
            status: 'active',
            intent: 'plan',
            category: [concept('urn:reprise:care-plan', 'remote-monitoring'), concept(MONITORING, 'musculoskeletal')],
            subject,
            period: { start: day(40) },
          },
          plan,
        ),
        created({
          resourceType: 'Procedure',
          status: 'completed',
          basedOn: [{ reference: plan }],
          code: concept(MONITORING, 'set-up'),
          subject,
          performedDateTime: new Date(began).toISOString(),
        }),
        ...[40, 10].map((ago) =>
          created({
            resourceType: 'Task',
            status: 'completed',
            intent: 'order',
            code: concept(MONITORING, 'management'),
            for: subject,
            owner: { reference: `Practitioner/${kim}` },
            executionPeriod: worked(ago, 25),
          }),
        ),
        created({
          resourceType: 'Encounter',
          status: 'finished',
          class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'VR' },
          type: [concept(MONITORING, 'interaction'), concept(MONITORING, 'phone')],
          subject,
          participant: [{ individual: { reference: `Practitioner/${kim}` } }],
          period: worked(39, 5),
        }),
      ],
    ]);
    return patient;
  });
  const lines = page.locator('.lines > li');
  const line = (code) => lines.filter({ has: page.getByText(code, { exact: true }) });

  const timed = async () =>
    (
      await search(`Task?patient=${patient}&code=${MONITORING}%7Cmanagement&status=completed&_sort=-_lastUpdated`)
    ).filter(({ identifier }) => identifier);

  await test.step('the list', async () => {
    await page.goto(`${origin}/remote-monitoring`);
    await heading('rtm.title');
    await page
      .locator('.person .mark')
      .filter({ hasText: / blocked$/ })
      .waitFor();
    await look(window, 'remote monitoring');
    const [download] = await Promise.all([page.waitForEvent('download'), button('rtm.csvAll').click()]);
    const csv = readFileSync(await download.path(), 'utf8').split('\r\n');
    expect(csv[0]).toBe('patient,code,units,from,to,state,rule,reasons,evidence');
    expect(
      csv.some((text) => text.startsWith(`${patient},98975,1,${day(40)},${day(40)},blocked,`)),
      csv.join('\n'),
    ).toBeTruthy();
  });

  // Supply and set-up are blocked until an administrator says that the device definition is met.
  await test.step('blocked until the device status is recorded', async () => {
    await page.locator('.person').first().click();
    await heading('rtm.lines');
    await line('98975').getByText(t('rtm.why.device_not_recorded')).waitFor();
    await line('98975').locator('summary').click();
    expect(await line('98975').locator('details li').count(), 'the evidence of a line is shown').toBeGreaterThan(2);
    await look(window, 'remote monitoring of a patient');
    const office = await open_window(demo.browser, origin, { width: 1280 });
    await (await account_of('administrator', 'administrator'))(office);
    await office.page.goto(`${origin}/remote-monitoring`);
    await office.button('rtm.device.record').waitFor();
    await look(office, 'device status');
    await office.field('rtm.device.sinceWhen').fill(day(50));
    await office.button('rtm.device.record').click();
    await office.button('rtm.device.takeBack').waitFor();
    expect(office.problems).toStrictEqual([]);
    await office.context.close();
    await page.reload();
    await line('98975').getByText(t('rtm.state.ready'), { exact: true }).waitFor();
  });

  await test.step('by hand', async () => {
    const counted = async () =>
      (await search(`Task?patient=${patient}&code=${MONITORING}%7Cmanagement&status=completed`)).length;
    await button('rtm.time.add').click();
    await field('rtm.length').fill('300');
    await button('save').click();
    await page.getByText(t('rtm.length.problem', { most: 240 })).waitFor();
    await field('rtm.length').fill('7');
    await field('rtm.start').fill(`${day(1)}T09:00`);
    await button('save').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await counted()).toBe(3);
    await button('rtm.time.correct').first().click();
    await field('rtm.length').fill('8');
    await button('save').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText(t('rtm.lasted', { minutes: 8 })).waitFor();
    await button('rtm.time.correct').first().click();
    if (pictures) await look(window, 'time corrected by hand');
    await button('rtm.time.wrong').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await counted()).toBe(2);
    await button('rtm.talk.add').click();
    await field('rtm.way').selectOption('video');
    await field('rtm.length').fill('3');
    await field('rtm.start').fill(`${day(1)}T10:00`);
    await button('save').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await until(
      async () => (await search(`Encounter?subject=Patient/${patient}&type=${MONITORING}%7Cvideo`)).length === 1,
      'the talk is in the record',
    );
  });

  // Monitoring of another kind in the same days blocks what would be ready.
  await test.step('beside another programme', async () => {
    await button('rtm.other.add').click();
    await field('rtm.other.from').fill(day(30));
    await button('save').click();
    await line('98975').getByText(t('rtm.state.ready'), { exact: true }).waitFor();
    await page.getByText(t('rtm.why.other_programme')).first().waitFor();
    await page
      .getByRole('listitem')
      .filter({ hasText: t('rtm.other.physiologic-monitoring') })
      .getByRole('button')
      .click();
    await page.getByText(t('rtm.why.other_programme')).first().waitFor({ state: 'detached' });
    await shows('rtm.others.none');
  });

  // A signed claim counts, and no one claims it twice.
  await test.step('signed', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), button('rtm.claim.draft').click()]);
    const draft = JSON.parse(readFileSync(await download.path(), 'utf8'));
    expect([draft.status, draft.provider.reference, draft.meta.tag[0].code]).toStrictEqual([
      'draft',
      `Practitioner/${kim}`,
      'simulated',
    ]);
    await button('rtm.claim.sign').click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('rtm.claim.sign') })
      .click();
    await line('98975').getByText(t('rtm.state.claimed'), { exact: true }).waitFor();
    const [claim] = await search(`Claim?patient=${patient}`);
    expect([claim.status, claim.item.length]).toStrictEqual(['active', draft.item.length]);
    expect(
      claim.supportingInfo.every(({ valueReference }) =>
        /^(Procedure|QuestionnaireResponse|Task|Encounter)\//.test(valueReference.reference),
      ),
    ).toBeTruthy();
    expect(await lines.getByText(t('rtm.state.ready'), { exact: true }).count()).toBe(0);
  });

  // The timer of the chart, and the end of a sign-in in the midst of it.
  await test.step('time in the chart', async () => {
    const before = (await timed()).length;
    await page.clock.install();
    await page.goto(`${origin}/patient?id=${patient}`);
    await page.locator('.chart h1').waitFor();
    await page.waitForLoadState('networkidle'); // it has asked whether this time is to be counted
    await page.mouse.move(200, 200);
    await page.clock.runFor(6000);
    await page.mouse.move(220, 220);
    await page
      .getByRole('navigation')
      .getByRole('link', { name: t('rtm.nav') })
      .click();
    await heading('rtm.title');
    await until(async () => (await timed()).length === before + 1, 'the time is in the record');
    const [task] = await timed();
    const seconds = (Date.parse(task.executionPeriod.end) - Date.parse(task.executionPeriod.start)) / 1000;
    expect(seconds >= 5 && seconds <= 60, `${seconds} seconds`).toBeTruthy();
    expect(task.owner.reference).toBe(`Practitioner/${kim}`);
    expect(task.meta.tag[0].code).toBe('simulated');
    await page.goto(`${origin}/patient?id=${patient}`);
    await page.locator('.chart h1').waitFor();
    await page.waitForLoadState('networkidle'); // it has asked whether this time is to be counted
    await page.mouse.move(200, 200);
    await page.clock.runFor(6000);
    await window.context.clearCookies();
    await page
      .getByRole('navigation')
      .getByRole('link', { name: t('nav.patients') })
      .click();
    await heading('signIn.title');
    await until(async () => (await unsent(page)) === 1, 'the time waits on this device');
    expect((await timed()).length).toBe(before + 1);
    await sign_in_kim(window);
    await page.reload();
    await all_is_sent(page);
    expect((await timed()).length).toBe(before + 2);
  });

  expect(window.problems).toStrictEqual([]);
});
