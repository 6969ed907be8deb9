// SPDX-License-Identifier: Apache-2.0
// Signing in every day, as a patient does it: a forgotten password, by a link in a real mail.
import { readFileSync } from 'node:fs';
import { authenticator, open_window } from './browser.mjs';
import { PASSWORD, printed_link } from './demo.mjs';
import { expect, test, until } from './journey.ts';
import { look } from './look.ts';
import { open_mailbox } from './mailbox.ts';

const NEW_PASSWORD = 'two green kites in the wind';

/** A user without pages: keeps the cookie and the token of the session. */
function client(origin: string) {
  let cookie = '';
  let csrf = '';
  return async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${origin}/auth/${path}`, {
      method,
      headers: { 'content-type': 'application/json', cookie, ...(csrf && { 'x-csrf-token': csrf }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    const text = await answer.text();
    const json = text ? JSON.parse(text) : {};
    csrf = (json.session ?? json).csrf ?? csrf;
    return { status: answer.status, json };
  };
}

/** The demonstration's clinician signs in and gives the account `name` a mail address. */
async function give_mail(demo, name: string, mail: string) {
  const ask = client(demo.origin);
  const secret = new URL(printed_link(demo.server, 'Kim Simulated')).hash.slice(1);
  const accepted = await ask('POST', 'invitation/acceptance', { secret, password: PASSWORD });
  expect(accepted.status).toBe(200);
  await ask('POST', 'session', { name: accepted.json.name, password: PASSWORD });
  const enrolling = await ask('POST', 'enrolment', {});
  const app = authenticator(enrolling.json.secret);
  expect((await ask('POST', 'enrolment/confirmation', { code: await app() })).status).toBe(200);
  const { accounts } = (await ask('GET', `accounts?search=${name}`)).json;
  expect((await ask('PATCH', `accounts/${accounts[0].id}`, { mail })).status).toBe(200);
  return accounts[0].name as string;
}

test('a forgotten password is replaced by a link in a mail', async ({ open_demo, at_end }) => {
  const box = await open_mailbox();
  at_end(() => box.close());
  const demo = await open_demo({ options: box.options });
  const { window, origin } = demo;
  const { page, button, field, heading } = window;
  const name = await give_mail(demo, 'robin', 'robin@example.org');
  await demo.sign_in();
  const elsewhere = await open_window(demo.browser, origin);
  const to_forgotten = async () => {
    await elsewhere.page.goto(`${origin}/sign-in`);
    await elsewhere.button('forgotten.link').click();
    await elsewhere.heading('forgotten.title');
  };
  const ask_for_link = async (typed: string) => {
    await to_forgotten();
    await elsewhere.field('forgotten.field').fill(typed);
    await elsewhere.button('forgotten.action').click();
    await elsewhere.shows('forgotten.sent');
    return elsewhere.page.locator('.card').innerText();
  };

  await test.step('the page says the same whether there is such an account or not', async () => {
    await to_forgotten();
    await look(elsewhere, 'forgotten password');
    const unknown = await ask_for_link('nobody');
    await look(elsewhere, 'forgotten password, sent');
    expect(await ask_for_link(name)).toBe(unknown);
  });

  const links = () =>
    box.mails.flatMap((text) => /https:\/\/clinic\.example\.org\/new-password#(\S+)/.exec(text)?.[1] ?? []);
  await until(() => links().length === 1, 'a mail with a link');

  await test.step('only the newest link counts', async () => {
    await ask_for_link(name);
    await until(() => links().length === 2, 'another mail');
    await elsewhere.page.goto(`${origin}/new-password#${links()[0]}`);
    await elsewhere.shows('newPassword.ended');
    await look(elsewhere, 'new password, ended');
  });

  await test.step('it sets a password, signs in here and out everywhere else', async () => {
    await elsewhere.page.goto(`${origin}/check`); // so that the next address is a page of its own
    await elsewhere.page.goto(`${origin}/new-password#${links()[1]}`);
    await elsewhere.heading('newPassword.title');
    expect(new URL(elsewhere.page.url()).hash, 'the secret does not stay in the address').toBe('');
    await look(elsewhere, 'new password');
    await elsewhere.field('password.new').fill(NEW_PASSWORD);
    await elsewhere.button('newPassword.action').click();
    await elsewhere.heading('today.title');
    await until(() => box.mails.length === 3, 'the owner is told');
    expect(box.mails[2]).toContain('A new password was chosen');
    await page.goto(`${origin}/account`);
    await field('account.name').fill(name);
    await field('password.title').fill(PASSWORD);
    await button('signIn.action').click();
    await page.locator('.card [role=alert]').waitFor();
    await field('password.title').fill(NEW_PASSWORD);
    await button('signIn.action').click();
    await heading('account.title');
    await page.locator('.row', { hasText: window.t('events.reset') }).waitFor();
  });
  expect([...window.problems, ...elsewhere.problems]).toStrictEqual([]);
});

test('without a mail server, the page leads to the clinic', async ({ open_demo }) => {
  const demo = await open_demo({ options: ['--clinic-phone', '+49 30 1234567', '--clinic-name', 'Example clinic'] });
  const { window, origin } = demo;
  await window.page.goto(`${origin}/forgotten-password`);
  await window.shows('forgotten.off');
  await window.page.getByRole('link', { name: /1234567/ }).waitFor();
  await look(window, 'forgotten password, no mail');
  expect(window.problems).toStrictEqual([]);
});

test('a patient stays signed in on a device, and ends another', async ({ open_demo }) => {
  const demo = await open_demo();
  const { window, origin } = demo;
  await demo.sign_in();
  const sign_in = async (one, stay: boolean) => {
    await one.page.goto(`${origin}/sign-in`);
    const tick = one.page.getByRole('checkbox', { name: one.t('stay.label') });
    await expect(tick, 'off at first').not.toBeChecked();
    if (stay) await tick.check();
    await one.field('account.name').fill('robin');
    await one.field('password.title').fill(PASSWORD);
    if (stay) await look(one, 'sign in, stay');
    await one.button('signIn.action').click();
    await one.heading('today.title');
  };
  const days_kept = async ({ context }) => {
    const [cookie] = await context.cookies();
    return cookie.expires < 0 ? 0 : (cookie.expires - Date.now() / 1000) / 86_400;
  };
  const phone = await open_window(demo.browser, origin);
  await sign_in(phone, true);
  expect(await days_kept(phone)).toBeGreaterThan(29);
  const shared = await open_window(demo.browser, origin);
  await sign_in(shared, false);
  expect(await days_kept(shared), 'until the browser closes').toBe(0);

  await phone.open_more();
  const list = phone.page.locator('section', { hasText: phone.t('sessions.lock') }).locator('.row');
  await expect(list).toHaveCount(3);
  await look(phone, 'more, signed in');
  // Newest first: the shared computer's, this one, the first.
  await list.nth(0).getByRole('button').click();
  await expect(list).toHaveCount(2);
  await shared.page.goto(`${origin}/today`);
  await shared.field('account.name').waitFor();
  await phone.page.reload();
  await phone.heading('settings.title');
  expect([...window.problems, ...phone.problems, ...shared.problems]).toStrictEqual([]);
});

test('a patient downloads the own record, and nothing of others', async ({ open_demo }) => {
  const demo = await open_demo({ patients: 2 });
  const { window } = demo;
  await demo.sign_in();
  await window.open_more();
  const saving = window.page.waitForEvent('download');
  await window.button('download.action').click();
  const file = await saving;
  expect(file.suggestedFilename()).toMatch(/^my-record-\d{4}-\d\d-\d\d\.fhir\.json$/);
  const { resourceType, type, entry } = JSON.parse(readFileSync(await file.path(), 'utf8'));
  expect([resourceType, type]).toStrictEqual(['Bundle', 'collection']);
  const resources = entry.map(({ resource }) => resource);
  const { id } = (await demo.search('Patient?name=Robin'))[0];
  expect(resources.filter((one) => one.resourceType === 'Patient').map((one) => one.id)).toStrictEqual([id]);
  const text = JSON.stringify(entry);
  expect(new Set([...text.matchAll(/Patient\/([\w-]+)/g)].map(([, of]) => of))).toStrictEqual(new Set([id]));
  // As many as a program counts that may read everything.
  for (const kind of ['ServiceRequest', 'CarePlan', 'Consent', 'CareTeam']) {
    const all = await demo.search(`${kind}?patient=Patient/${id}&_count=500`);
    expect(resources.filter((one) => one.resourceType === kind).length, kind).toBe(all.length);
  }
  expect(resources.some((one) => one.resourceType === 'Practitioner')).toBe(true);
  await window.page.getByText(/^Saved: \d+ entries\./).waitFor();
  await look(window, 'more, downloaded');
  expect(window.problems).toStrictEqual([]);
});

test('the home screen is offered from the third day on, until dismissed', async ({ open_demo }) => {
  const demo = await open_demo();
  const { window } = demo;
  const { page, button, t } = window;
  const hint = page.getByText(t('install.offer'), { exact: true });
  const offer = () =>
    page.evaluate(() => {
      window.dispatchEvent(new Event('beforeinstallprompt', { cancelable: true }));
    });
  await demo.sign_in();
  await offer();
  await expect(hint).toHaveCount(0);
  await page.evaluate(() => {
    window.localStorage.setItem('reprise-visits', JSON.stringify({ last: '2026-01-01', days: 2, dismissed: false }));
  });
  await page.reload();
  await window.heading('today.title');
  await offer();
  await hint.waitFor();
  await look(window, 'today, home screen');
  await button('install.dismiss').click();
  await expect(hint).toHaveCount(0);
  await page.reload();
  await window.heading('today.title');
  await offer();
  await expect(hint).toHaveCount(0);
  expect(window.problems).toStrictEqual([]);
});
