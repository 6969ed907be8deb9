// SPDX-License-Identifier: Apache-2.0
// A patient writes, a clinician sees that a patient waits, answers, and the patient reads it; and the fate of an answer
// when sending fails or the sign-in ends. Through the pages of a real server.

import { join } from 'node:path';
import { open_window } from './browser.mjs';
import { demo_patient, sign_in_clinician, writer } from './chart_patient.mjs';
import { all_is_sent } from './demo.mjs';
import { command, expect, pictures, test, until } from './journey.ts';
import { look } from './look.ts';

test('a message is answered', async ({ open_demo }) => {
  // Pictures show a clinic; the tests are about Robin.
  const demo = await open_demo({ patients: pictures ? 30 : 0 });
  const { patient } = await demo_patient(demo);
  const { send, write } = writer(demo, command);
  const robin = demo.window;
  const kim = await open_window(demo.browser, demo.origin, { width: 1280 });
  const { page, t, button, shows, heading } = kim;
  const seen = (name) => look(kim, name, { narrow: 820 });
  /** For the documents: what a desk's screen shows. */
  async function for_document(name) {
    if (!pictures) return;
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.screenshot({ path: join(pictures, `document ${name}.png`) });
  }

  const answer = () => page.getByLabel(t('inbox.answer', { name: 'Robin Simulated' }), { exact: true });
  const waits = (count) => page.getByRole('link', { name: t('inbox.waiting', { count }) });
  const talk = `${demo.origin}/patient?id=${patient}&tab=messages`;
  const of_clinic = async () =>
    (await demo.search(`Communication?subject=Patient/${patient}&_sort=sent&_count=100`)).filter(({ sender }) =>
      sender?.reference?.startsWith('Practitioner/'),
    );
  const texts = async () =>
    (await of_clinic()).flatMap(({ payload = [] }) => payload.map(({ contentString }) => contentString));

  async function the_patient_writes(words) {
    await robin.page.goto(`${demo.origin}/messages`);
    await robin.heading('messages.title');
    await robin.field('messages.write').fill(words);
    await robin.button('messages.send').click();
    await robin.page.locator('.said', { hasText: words }).waitFor();
    await all_is_sent(robin.page);
  }

  await demo.sign_in();
  await sign_in_clinician(demo, kim);
  await the_patient_writes('May I go swimming?');

  await test.step('a patient waits', async () => {
    await page.goto(`${demo.origin}/worklist`);
    await page
      .locator('.work', { hasText: 'Robin' })
      .getByRole('link', { name: t('inbox.of', { what: t('work.messages', { count: 1 }), name: 'Robin Simulated' }) })
      .click();
    await answer().waitFor();
    expect(new URL(page.url()).searchParams.get('tab')).toBe('messages');
    await page.goBack();
    await page
      .getByRole('navigation')
      .getByRole('link', { name: new RegExp(`^${t('nav.messages')}`) })
      .click();
    await heading('inbox.title');
    if (!pictures) await waits(1).waitFor();
    const row = page.locator('.work', { hasText: 'Robin' });
    await row.getByText('May I go swimming?').waitFor();
    await row.getByText(t('inbox.messages', { count: 1 })).waitFor();
    const [{ birthDate }] = await demo.search(`Patient?_id=${patient}`);
    expect(await row.locator('.who').textContent(), 'by name and birth date, as everywhere').toMatch(
      new RegExp(birthDate.slice(0, 4)),
    );
    await page.getByRole('searchbox').fill('nobody of that name');
    await shows('work.noOne');
    await page.getByRole('searchbox').fill(`rob ${birthDate}`);
    await row.waitFor();
    await page.getByRole('searchbox').fill('');
    await for_document('inbox');
    await seen('inbox');
    await row.getByRole('link').click();
  });

  // It waits until a clinician answers, also after more than 90 days.
  await test.step('it still waits months later', async () => {
    if (pictures) return; // a whole clinic waits there
    const later = await kim.context.newPage();
    await later.clock.setFixedTime(Date.now() + 200 * 24 * 3600_000);
    await later.goto(`${demo.origin}/worklist`);
    await later.getByRole('link', { name: t('inbox.waiting', { count: 1 }) }).waitFor();
    await later.close();
  });

  await test.step('the clinician answers', async () => {
    await page.getByText('May I go swimming?').waitFor();
    await expect(page.getByText(t('inbox.waits'), { exact: true })).toHaveCount(1);
    await button('inbox.send').click();
    await shows('field.missing');
    // The demonstration's clinic has a number.
    await button('inbox.callUs.insert').click();
    expect(await answer().inputValue()).toMatch(/call us: \+00 000 0000/);
    await answer().fill('Yes, slowly, and no further than it is comfortable.');
    await for_document('conversation');
    await answer().fill('Yes, <b>slowly</b> (simulated).');
    await seen('a conversation');
    await button('inbox.send').click();
    await shows('inbox.sent');
    expect(await answer().inputValue()).toBe('');
    await page.locator('.said', { hasText: 'Yes, <b>slowly</b> (simulated).' }).waitFor();
    await page.getByText(t('inbox.waits'), { exact: true }).waitFor({ state: 'detached' });
    if (!pictures) await waits(1).waitFor({ state: 'detached' });
    const [, written] = await of_clinic();
    expect([written.recipient, written.meta.tag[0].code, written.status]).toStrictEqual([
      [{ reference: `Patient/${patient}` }],
      'simulated',
      'completed',
    ]);
    await robin.button('messages.look').click();
    await robin.page.getByText('Yes, <b>slowly</b> (simulated).').waitFor();
  });

  await test.step('a wrong one is taken back', async () => {
    const mine = page.locator('.message', { hasText: 'slowly' });
    await mine.getByRole('button').click();
    await page.getByRole('dialog').waitFor();
    if (pictures) await seen('taking back');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('inbox.takeBack'), exact: true })
      .click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await mine.waitFor({ state: 'detached' });
    expect((await of_clinic())[1].status).toBe('entered-in-error');
    // The question waits again, and the patient reads the wrong answer no longer.
    await page.getByText(t('inbox.waits'), { exact: true }).waitFor();
    if (!pictures) await waits(1).waitFor();
    await robin.button('messages.look').click();
    await robin.page.getByText('Yes, <b>slowly</b> (simulated).').waitFor({ state: 'detached' });
  });

  // Clinician finding 3: besides a written answer a named person's word closes a question, and can be taken back.
  await test.step('it needs no answer', async () => {
    await button('inbox.settle').click();
    const said = page.locator('.message', { hasText: t('inbox.settled') });
    await said.waitFor();
    await page.getByText(t('inbox.waits'), { exact: true }).waitFor({ state: 'detached' });
    if (!pictures) await waits(1).waitFor({ state: 'detached' });
    await seen('needs no answer');
    expect(await button('inbox.settle').count()).toBe(0);
    const [word] = (await of_clinic()).filter(({ inResponseTo }) => inResponseTo);
    expect(word.sender.reference).toMatch(/^Practitioner\//);
    await said.getByRole('button').click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('inbox.takeBack'), exact: true })
      .click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText(t('inbox.waits'), { exact: true }).waitFor();
  });

  // The server got it, and its answer was lost; then it does not get it.
  await test.step('sending fails', async () => {
    await page.route(
      '**/fhir',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await answer().fill('Lost on the way back.');
    await button('inbox.send').click();
    await page.getByRole('alert').waitFor();
    // It is in the record, and so no longer in the field.
    await page.locator('.said', { hasText: 'Lost on the way back.' }).waitFor();
    await until(async () => (await answer().inputValue()) === '', 'what arrived is not sent again');
    await page.route('**/fhir**', (route) => route.abort());
    await page.route('**/fhir/**', (route) => route.abort());
    await answer().fill('Without a network.');
    await button('inbox.send').click();
    await shows('failure.unreachable');
    await expect(answer()).toHaveValue('Without a network.');
    await page.unroute('**/fhir**');
    await page.unroute('**/fhir/**');
    await page.reload();
    await until(async () => (await answer().inputValue()) === 'Without a network.', 'a reload keeps it');
    await button('inbox.send').click();
    await shows('inbox.sent');
    const all = await texts();
    for (const one of ['Lost on the way back.', 'Without a network.'])
      expect(
        all.filter((text) => text === one),
        one,
      ).toHaveLength(1);
  });

  await test.step('the sign in ends', async () => {
    await answer().fill('Half a sentence');
    const [cookie] = (await kim.context.cookies()).filter(({ httpOnly }) => httpOnly);
    await kim.context.clearCookies();
    await button('inbox.send').click();
    await page.getByRole('button', { name: t('signIn.action'), exact: true }).waitFor();
    expect(await page.getByText('Half a sentence').count()).toBe(0);
    await kim.context.addCookies([cookie]);
    await page.goto(talk);
    await until(async () => (await answer().inputValue()) === 'Half a sentence', 'the draft outlasts the sign-in');
    expect((await texts()).includes('Half a sentence')).toBeFalsy();
  });

  await test.step('many and a wish to be erased', async () => {
    const entry = (i, of) => ({
      request: { method: 'POST', url: 'Communication' },
      resource: {
        resourceType: 'Communication',
        meta: { tag: [{ system: 'urn:reprise:tag', code: 'simulated' }] },
        status: 'completed',
        category: [
          { coding: [{ system: 'urn:reprise:communication', code: i === 0 ? 'erasure-request' : 'message' }] },
        ],
        subject: { reference: `Patient/${patient}` },
        sender: { reference: of },
        sent: new Date(Date.UTC(2026, 0, 1, 8, i)).toISOString(),
        payload: [{ contentString: `Number ${i} (simulated).` }],
      },
    });
    await write(Array.from({ length: 60 }, (_, i) => [entry(i, `Patient/${patient}`)]));
    // By their writer's clock they are older than all others; they came last.
    await page.reload();
    await page.getByText(t('inbox.waits'), { exact: true }).first().waitFor();
    await expect(page.locator('.message')).toHaveCount(50);
    await button('inbox.older').click();
    await page.getByText('Number 0 (simulated).').waitFor();
    await shows('inbox.erasure');
    await button('inbox.older').waitFor({ state: 'detached' });
    await page
      .getByRole('navigation')
      .getByRole('link', { name: new RegExp(`^${t('nav.messages')}`) })
      .first()
      .click();
    await page.locator('.work', { hasText: 'Robin' }).getByText(t('work.erasure')).waitFor();
  });

  await test.step('no longer allowed', async () => {
    await page.goto(talk);
    await answer().waitFor();
    await send('POST', '/Consent', {
      resourceType: 'Consent',
      status: 'active',
      scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
      category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
      patient: { reference: `Patient/${patient}` },
      policyRule: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTOUT' }] },
    });
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await shows('chart.gone');
    expect(await page.locator('main').innerText()).not.toMatch(/Robin|swimming/);
  });

  expect([robin.problems, kim.problems]).toStrictEqual([[], []]);
});
