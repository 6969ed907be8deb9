// SPDX-License-Identifier: Apache-2.0
// What a patient has besides exercising, through the pages of a real server: messages, also without a network, asking
// to be erased, the clinic's own questionnaire, and texts to read.

import { readdirSync } from 'node:fs';
import { authenticator } from './browser.mjs';
import { all_is_sent, PASSWORD, printed_link, unsent } from './demo.mjs';
import { expect, pictures, test, until } from './journey.ts';
import { look } from './look.ts';

const texts = new URL('../../catalog/education', import.meta.url);

test('a patient writes, answers and reads', async ({ open_demo }) => {
  const demo = await open_demo();
  const { server, window, search } = demo;
  const { page, t, button, heading, shows } = window;
  const seen = (name) => look(window, name);
  /** For the pictures; another test or step looks at the same page. */
  const shown_again = (name) => (pictures ? seen(name) : undefined);
  const to = async (nav, title) => {
    await page
      .getByRole('navigation')
      .getByRole('link', { name: t(nav) })
      .click();
    await heading(title);
  };
  const said = page.locator('.message .said');
  const messages_of_record = () => search('Communication?_sort=sent&_count=100');

  /** Signs in the clinician, as a person; she uses FHIR alone here, her pages are in inbox.spec.ts. */
  async function clinician() {
    let cookie = '';
    let csrf = '';
    const send = async (method, path, body = undefined, type = 'application/json') => {
      const response = await fetch(server.origin + path, {
        method,
        body: body && JSON.stringify(body),
        headers: { 'content-type': type, ...(cookie && { cookie }), ...(csrf && { 'x-csrf-token': csrf }) },
      });
      cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
      const text = await response.text();
      expect(response.ok, `${path}: ${text}`).toBeTruthy();
      const answer = text ? JSON.parse(text) : {};
      csrf = answer.session?.csrf ?? answer.csrf ?? csrf;
      return answer;
    };
    await send('POST', '/auth/invitation/acceptance', {
      secret: printed_link(server, 'Kim Simulated').split('#')[1],
      password: PASSWORD,
    });
    await send('POST', '/auth/session', { name: 'kim', password: PASSWORD });
    const { secret } = await send('POST', '/auth/enrolment', {});
    await send('POST', '/auth/enrolment/confirmation', { code: await authenticator(secret)() });
    const { account } = await send('GET', '/auth/session');
    return {
      write: (patient, text) =>
        send(
          'POST',
          '/fhir/Communication',
          {
            resourceType: 'Communication',
            status: 'completed',
            category: [{ coding: [{ system: 'urn:reprise:communication', code: 'message' }] }],
            subject: { reference: `Patient/${patient}` },
            recipient: [{ reference: `Patient/${patient}` }],
            sender: { reference: `Practitioner/${account.person}` },
            sent: new Date().toISOString(),
            payload: [{ contentString: text }],
          },
          'application/fhir+json',
        ),
    };
  }

  await demo.sign_in();

  await test.step('a message and its answer', async () => {
    await page.getByRole('link', { name: t('messages.unread', { count: 1 }) }).waitFor();
    await shown_again('today with something to answer');
    await to('nav.messages', 'messages.title');
    await page.getByText(/^Hello Robin/).waitFor();
    await page.getByRole('link', { name: t('call.emergency', { number: '' }) }).waitFor();
    await button('messages.send').click();
    await shows('field.missing');
    await window.field('messages.write').fill('The <b>left</b> knee is better.\nThank you.');
    await page.reload();
    await until(
      async () => (await window.field('messages.write').inputValue()).startsWith('The'),
      'a message being written outlasts a reload',
    );
    await button('messages.send').click();
    await until(async () => (await messages_of_record()).length === 2, 'the record has it');
    await all_is_sent(page);
    const [, mine] = await messages_of_record();
    expect(mine.payload[0].contentString).toBe('The <b>left</b> knee is better.\nThank you.');
    expect(
      mine.sender.reference === mine.subject.reference &&
        mine.recipient[0].reference.startsWith('CareTeam/') &&
        mine.meta.tag[0].code === 'simulated',
    ).toBeTruthy();
    await seen('messages');
    const kim = await clinician();
    await kim.write(mine.subject.reference.split('/')[1], 'I am glad.');
    await button('messages.look').click();
    await page.getByText('I am glad.').waitFor();
    await expect(said).toHaveCount(3);
    await page.getByText('Kim Simulated, physiotherapist').first().waitFor();
  });

  // Written without a network, kept over a reload, and in the record once.
  await test.step('without a network', async () => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    await window.context.setOffline(true);
    await page.reload();
    await heading('messages.title');
    await window.field('messages.write').fill('From the train.');
    await button('messages.send').click();
    await shows('messages.waiting');
    await page.reload();
    await page.getByText('From the train.').waitFor();
    await shows('messages.waiting');
    await shown_again('messages without a network');
    await to('nav.learn', 'learn.title');
    await page.locator('summary').first().click();
    await page.locator('details[open] .reading li').first().waitFor();
    await expect(page.locator('details')).toHaveCount(readdirSync(texts).length);
    await seen('learn without a network');
    await page.goBack();
    await heading('messages.title');
    expect(await unsent(page)).toBe(1);
    await window.context.setOffline(false);
    await all_is_sent(page);
    await page.getByText(t('messages.waiting')).waitFor({ state: 'detached' });
    expect(
      (await messages_of_record()).filter(({ payload }) => payload[0].contentString === 'From the train.'),
    ).toHaveLength(1);
    await expect(said).toHaveCount(4);
  });

  await test.step('asked to erase', async () => {
    await to('nav.settings', 'settings.title');
    await button('erase.button').click();
    await page.getByRole('dialog').waitFor();
    await seen('asking to erase');
    await button('erase.send').click();
    await page.getByText(t('erase.change')).waitFor();
    await all_is_sent(page);
    expect(await button('erase.button').count()).toBe(0);
    expect(await search('Communication?category=urn:reprise:communication%7Cerasure-request')).toHaveLength(1);
    await seen('settings, asked to erase');
    await to('nav.messages', 'messages.title');
    await shows('erase.mark');
  });

  await test.step('the clinics questionnaire', async () => {
    await to('nav.today', 'today.title');
    await button('questions.answer').click();
    await heading('questions.title');
    await seen('questions');
    await page.getByRole('button', { name: t('questions.answer') }).click();
    await page.getByRole('heading', { name: 'How was your week?' }).waitFor();
    await page.getByRole('radio', { name: 'Badly' }).check();
    await page.getByRole('checkbox', { name: 'Worries' }).check();
    await page.getByRole('checkbox', { name: 'Pain' }).check();
    await page
      .getByRole('group', { name: 'Was one of the exercises too hard?' })
      .getByRole('radio', { name: t('yes'), exact: true })
      .check();
    // The choice outlasts a reload.
    await page.reload();
    await page.getByRole('button', { name: t('questions.answer') }).click();
    await expect(page.getByRole('checkbox', { name: 'Worries' })).toBeChecked();
    await button('questions.send').click();
    await shows('questions.wrong');
    await seen('a questionnaire with answers missing');
    await page.locator('.scale label', { hasText: /^7$/ }).click();
    await page.getByLabel('Which one?').fill('The squat');
    await page.getByRole('radio', { name: 'So-so' }).check();
    await button('questions.send').click();
    await shows('questions.thanks');
    await all_is_sent(page);
    const [response, ...others] = await search('QuestionnaireResponse?_count=100');
    expect(others).toStrictEqual([]);
    expect(response.questionnaire).toBe('urn:reprise:questionnaire:how-was-your-week|1');
    const answers = Object.fromEntries(
      response.item.map(({ linkId, answer }) => [linkId, Object.values(answer[0])[0]]),
    );
    expect(answers['week-sleep'].code).toBe('so-so');
    expect([
      answers['week-confidence'],
      answers['week-hard'],
      answers['week-hard-which'],
      answers['week-sleep-why'],
    ]).toStrictEqual([7, true, 'The squat', undefined]);
    await page.reload();
    await page.getByText(new RegExp(t('questions.next', { when: '' }))).waitFor();
    await shown_again('questions, answered');
    await button('session.toToday').click();
    await heading('today.title');
    await page.locator('.exercise-card').first().waitFor();
    expect(await button('questions.answer').count()).toBe(0);
  });

  expect(window.problems).toStrictEqual([]);
});
