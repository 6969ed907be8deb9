// SPDX-License-Identifier: Apache-2.0
// A patient lets a daughter in; she chooses a password, writes and answers for the patient; the clinic sees by whom;
// the patient ends it, and she is out. Through the pages of a real server.

import { open_window } from './browser.mjs';
import { demo_patient, sign_in_clinician } from './chart_patient.mjs';
import { all_is_sent, PASSWORD } from './demo.mjs';
import { expect, test } from './journey.ts';
import { look } from './look.ts';

const HERS = 'seven green kettles hum';

test('a carer helps, and is out when the patient ends it', async ({ open_demo }) => {
  const demo = await open_demo();
  const { window: robin } = demo;
  await demo.sign_in();
  const { patient } = await demo_patient(demo);
  const anna = await open_window(demo.browser, demo.origin);
  const kim = await open_window(demo.browser, demo.origin, { width: 1280 });
  const leaves = () => demo.search(`Consent?patient=Patient/${patient}&category=urn:reprise:consent%7Ccarer`);
  const name = 'Anna Muster';
  const daughter = robin.t('carers.relation.child');
  let link = '';

  await test.step('the patient lets her in, by own choice', async () => {
    await robin.page.goto(`${demo.origin}/settings`);
    await robin.shows('carers.none');
    await robin.button('carers.letIn').click();
    const dialog = robin.page.getByRole('dialog', { name: robin.t('carers.letIn') });
    await dialog.getByLabel(robin.t('carers.name'), { exact: true }).fill(name);
    expect(await dialog.getByLabel(robin.t('carers.login')).inputValue()).toBe('anna.muster');
    await dialog.getByLabel(robin.t('carers.who')).selectOption(daughter);
    await dialog.getByRole('button', { name: robin.t('carers.allow') }).click();
    await robin.shows('carers.agreeFirst');
    expect(await leaves(), 'nothing without the own yes').toHaveLength(0);
    await look(robin, 'carers let in');
    await dialog.getByRole('checkbox', { name: robin.t('carers.agree') }).check();
    await dialog.getByRole('button', { name: robin.t('carers.allow') }).click();
    // The password is asked for again where it was typed long ago.
    const again = robin.field('password.title');
    const given = robin.page.getByText(robin.t('carers.give', { name }));
    await again.or(given).first().waitFor();
    if (await again.isVisible()) {
      await again.fill(PASSWORD);
      await robin.button('proof.action').click();
    }
    await given.waitFor();
    link =
      (await robin.page
        .getByText(/\/invitation#/)
        .first()
        .textContent()) ?? '';
    await look(robin, 'carers link');
    const [consent] = await leaves();
    expect(consent).toMatchObject({ status: 'active', performer: [{ reference: `Patient/${patient}` }] });
    expect(Buffer.from(consent.sourceAttachment.data, 'base64').toString()).toContain(robin.t('carers.cannot'));
    await robin.button('close').last().click();
    await robin.page.getByText(robin.t('carers.waits')).waitFor();
  });

  await test.step('she chooses a password and sees whom she helps', async () => {
    await anna.page.goto(link.replace(/^https?:\/\/[^/]+/, demo.origin));
    await anna.heading('invitation.title');
    await anna.shows('role.carer');
    await anna.field('invitation.password').fill(HERS);
    await anna.button('invitation.action').click();
    await anna.heading('today.title');
    await anna.page.getByText(anna.t('carers.helping', { name: 'Robin' })).waitFor();
    await look(anna, 'carer today');
  });

  await test.step('she is not offered the patient’s own decisions', async () => {
    await anna.page.goto(`${demo.origin}/settings`);
    await anna.shows('carers.alone', { name: 'Robin' });
    for (const key of ['carers.title', 'reminders.title', 'photos.title', 'sharing.title'])
      await expect(anna.page.getByRole('heading', { name: anna.t(key) })).toHaveCount(0);
    await look(anna, 'carer more');
  });

  await test.step('she writes and answers for the patient, in her own name', async () => {
    await anna.page.goto(`${demo.origin}/messages`);
    await anna.field('messages.write').fill('He slept badly.');
    await anna.button('messages.send').click();
    await all_is_sent(anna.page);
    await anna.page.goto(`${demo.origin}/today`);
    await anna.page.getByRole('button', { name: `${anna.t('today.only')} Squat` }).click();
    await anna.page.getByText(anna.t('carers.answerFor', { name: 'Robin' })).waitFor();
    await look(anna, 'carer questions');
    await anna.button('flags.none').click();
    await anna.button('goOn').click();
    await anna.heading('pain.before');
    await all_is_sent(anna.page);
    const [related] = await demo.search(`RelatedPerson?patient=Patient/${patient}`);
    const self = `RelatedPerson/${related.id}`;
    const [message] = await demo.search(`Communication?subject=Patient/${patient}&sender=${self}`);
    expect(message.payload[0].contentString).toBe('He slept badly.');
    const answers = await demo.search(`QuestionnaireResponse?subject=Patient/${patient}&_sort=-authored`);
    expect(answers[0]).toMatchObject({ author: { reference: self }, source: { reference: self } });
  });

  await test.step('the clinic sees the author, and the list of carers', async () => {
    await sign_in_clinician(demo, kim);
    await kim.page.goto(`${demo.origin}/patient?id=${patient}&tab=messages`);
    await kim.page
      .getByText(kim.t('carers.for', { carer: name, relation: daughter, patient: 'Robin Simulated' }))
      .waitFor();
    await look(kim, 'carers clinic messages', { narrow: 820 });
    await kim.page.goto(`${demo.origin}/patient?id=${patient}`);
    await kim.heading('carers.chart');
    await kim.page.getByText(name).first().waitFor();
    await look(kim, 'carers chart', { narrow: 820 });
  });

  await test.step('the patient sees who wrote, ends it, and she is out at once', async () => {
    await robin.page.goto(`${demo.origin}/messages`);
    await robin.page.locator('.message', { hasText: 'He slept badly.' }).getByText(name).waitFor();
    await robin.page.goto(`${demo.origin}/settings`);
    await robin.page.getByRole('button', { name: `${robin.t('carers.end')} ${name}` }).click();
    await robin.page.getByText(robin.t('carers.endWhat', { name })).waitFor();
    await look(robin, 'carers end');
    await robin.button('carers.endNow').click();
    await robin.shows('carers.none');
    expect((await leaves()).map(({ status }) => status)).toEqual(['inactive']);
    await anna.page.goto(`${demo.origin}/today`);
    await anna.heading('signIn.title');
    await anna.field('account.name').fill('anna.muster');
    await anna.field('password.title').fill(HERS);
    await anna.button('signIn.action').click();
    await anna.page.getByText(anna.t('failure.wrong-credentials')).waitFor();
  });
});
