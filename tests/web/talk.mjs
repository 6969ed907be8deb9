// What a patient has besides exercising, through the pages of a real server: messages, also without a network, asking
// to be erased, the clinic's own questionnaire, and texts to read.
//
//   node tests/web/talk.mjs REPRISE_COMMAND [--pictures FOLDER]

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { authenticator, look, looked_at } from './browser.mjs';
import { all_is_sent, open_demo, PASSWORD, printed_link, unsent } from './demo.mjs';

const [command] = process.argv.slice(2);
const pictures = process.argv[3] === '--pictures' ? process.argv[4] : undefined;
if (pictures) mkdirSync(pictures, { recursive: true });

const demo = await open_demo(command);
const { server, window, search } = demo;
const { page, t, button, heading, shows } = window;
const seen = (name) => look(window, name, pictures);
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
async function until(holds, what) {
  for (let i = 0; i < 100; ++i) {
    if (await holds()) return;
    await page.waitForTimeout(100);
  }
  assert.fail(what);
}

/** Signs in the clinician, as a person; she uses FHIR alone here, her pages are in inbox.mjs. */
async function clinician() {
  let cookie = '';
  let csrf = '';
  const send = async (method, path, body, type = 'application/json') => {
    const response = await fetch(server.origin + path, {
      method,
      body: body && JSON.stringify(body),
      headers: { 'content-type': type, ...(cookie && { cookie }), ...(csrf && { 'x-csrf-token': csrf }) },
    });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    const text = await response.text();
    assert.ok(response.ok, `${path}: ${text}`);
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

async function a_message_and_its_answer() {
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
  assert.equal(mine.payload[0].contentString, 'The <b>left</b> knee is better.\nThank you.');
  assert.ok(
    mine.sender.reference === mine.subject.reference &&
      mine.recipient[0].reference.startsWith('CareTeam/') &&
      mine.meta.tag[0].code === 'simulated',
  );
  await seen('messages');
  const kim = await clinician();
  await kim.write(mine.subject.reference.split('/')[1], 'I am glad.');
  await button('messages.look').click();
  await page.getByText('I am glad.').waitFor();
  assert.equal(await said.count(), 3);
  await page.getByText('Kim Simulated, physiotherapist').first().waitFor();
}

/** Written without a network, kept over a reload, and in the record once. */
async function without_a_network() {
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
  assert.equal(await page.locator('details').count(), 6);
  await seen('learn without a network');
  await page.goBack();
  await heading('messages.title');
  assert.equal(await unsent(page), 1);
  await window.context.setOffline(false);
  await all_is_sent(page);
  await page.getByText(t('messages.waiting')).waitFor({ state: 'detached' });
  assert.equal(
    (await messages_of_record()).filter(({ payload }) => payload[0].contentString === 'From the train.').length,
    1,
  );
  assert.equal(await said.count(), 4);
}

async function asked_to_erase() {
  await to('nav.settings', 'settings.title');
  await button('erase.button').click();
  await page.getByRole('dialog').waitFor();
  await seen('asking to erase');
  await button('erase.send').click();
  await page.getByText(t('erase.change')).waitFor();
  await all_is_sent(page);
  assert.equal(await button('erase.button').count(), 0);
  assert.equal((await search('Communication?category=urn:reprise:communication%7Cerasure-request')).length, 1);
  await seen('settings, asked to erase');
  await to('nav.messages', 'messages.title');
  await shows('erase.mark');
}

async function the_clinics_questionnaire() {
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
  assert.ok(await page.getByRole('checkbox', { name: 'Worries' }).isChecked());
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
  assert.deepEqual(others, []);
  assert.equal(response.questionnaire, 'urn:reprise:questionnaire:how-was-your-week|1');
  const answers = Object.fromEntries(response.item.map(({ linkId, answer }) => [linkId, Object.values(answer[0])[0]]));
  assert.equal(answers['week-sleep'].code, 'so-so');
  assert.deepEqual(
    [answers['week-confidence'], answers['week-hard'], answers['week-hard-which'], answers['week-sleep-why']],
    [7, true, 'The squat', undefined],
  );
  await page.reload();
  await page.getByText(new RegExp(t('questions.next', { when: '' }))).waitFor();
  await shown_again('questions, answered');
  await button('session.toToday').click();
  await heading('today.title');
  await page.locator('.exercise').first().waitFor();
  assert.equal(await button('questions.answer').count(), 0);
}

try {
  await demo.sign_in();
  await a_message_and_its_answer();
  await without_a_network();
  await asked_to_erase();
  await the_clinics_questionnaire();
  assert.deepEqual(window.problems, []);
  console.log(`${looked_at.length} pages looked at`);
} catch (error) {
  if (pictures) await page.screenshot({ path: join(pictures, 'where it failed.png'), fullPage: true }).catch(() => {});
  console.error(window.problems.join('\n'));
  throw error;
} finally {
  await demo.close();
}
