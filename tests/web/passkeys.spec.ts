// SPDX-License-Identifier: Apache-2.0
// Passkeys, with Chromium's own authenticator in place of a phone's: added, signed in by, removed. Browsers make them
// at a domain name only, which on one machine is `localhost`.

import { authenticator, open_window } from './browser.mjs';
import { PASSWORD, printed_link } from './demo.mjs';
import { expect, test } from './journey.ts';
import { look } from './look.ts';
import { add_authenticator } from './passkey_device.ts';

const section = ({ page, t }) => page.locator('section', { hasText: t('passkeys.title') }).first();

async function add(window, name: string) {
  await window.button('passkeys.add').click();
  await window.field('passkeys.name').fill(name);
  await look(window, 'passkey, new');
  await window.button('passkeys.add.action').click();
  await section(window).getByText(name, { exact: true }).waitFor();
}

/** Ends at the sign-in page of /account. */
async function sign_out({ page, button, field }, origin: string) {
  await button('signOut').click();
  await field('account.name').waitFor();
  await page.goto(`${origin}/account`);
  await field('account.name').waitFor();
}

test('a patient adds a passkey, signs in by it, and removes it', async ({ open_demo }) => {
  const demo = await open_demo();
  const { window, origin } = demo;
  const { page, button, field, heading, shows, t } = window;
  await demo.sign_in();
  const phone = await add_authenticator(window);
  const sign_in = async (one, address: string) => {
    await one.page.goto(`${address}/account`);
    await one.field('account.name').fill('robin');
    await one.field('password.title').fill(PASSWORD);
    await one.button('signIn.action').click();
    await one.heading('account.title');
  };
  const numbered = await open_window(demo.browser, origin.replace('localhost', '127.0.0.1'));
  await test.step('at an address by number the page says why there is none', async () => {
    await sign_in(numbered, origin.replace('localhost', '127.0.0.1'));
    await numbered.shows('passkeys.noAddress');
    await expect(numbered.button('passkeys.add')).toHaveCount(0);
    await look(numbered, 'account, no passkeys here');
  });

  await test.step('adds it after the password', async () => {
    await page.goto(`${origin}/account`);
    await shows('passkeys.none');
    await add(window, 'My phone');
    await section(window).getByText('not used yet').waitFor();
    await page.locator('.row', { hasText: t('events.passkey-added') }).waitFor();
    await look(window, 'account, a passkey');
    const [made] = await phone.credentials();
    expect(made).toMatchObject({ isResidentCredential: true, rpId: 'localhost' });
  });

  await test.step('the same device makes no second one', async () => {
    await button('passkeys.add').click();
    await field('passkeys.name').fill('Again');
    await button('passkeys.add.action').click();
    await shows('failure.passkey-existing');
    await page.keyboard.press('Escape');
  });

  await test.step('signs in by it, without name and password', async () => {
    await page.goto(`${origin}/settings`);
    await sign_out(window, origin);
    await look(window, 'sign in, passkey');
    await button('passkeys.signIn').click();
    await heading('account.title');
    await section(window).getByText('last used').waitFor();
  });

  await test.step('not where the device does not verify its user', async () => {
    await page.goto(`${origin}/settings`);
    await sign_out(window, origin);
    await phone.lock(false);
    await button('passkeys.signIn').click();
    await shows('failure.passkey-late');
    await phone.lock(true);
    await button('passkeys.signIn').click();
    await heading('account.title');
  });

  await test.step('confirms by it what the server wants confirmed', async () => {
    // As after five minutes: the first answer wants a proof.
    await page.route(
      '**/auth/passkeys/challenge',
      (route) =>
        route.fulfill({
          status: 403,
          contentType: 'application/fhir+json',
          json: { resourceType: 'OperationOutcome', issue: [{ details: { coding: [{ code: 'proof' }] } }] },
        }),
      { times: 1 },
    );
    const proved = page.waitForResponse('**/auth/passkey-proof');
    await page.goto(`${origin}/account`);
    await button('passkeys.add').click();
    await field('passkeys.name').fill('Again');
    await button('passkeys.add.action').click();
    await shows('proof.title');
    await button('proof.usePasskey').waitFor();
    await look(window, 'confirm by passkey');
    await button('proof.usePasskey').click();
    expect((await proved).status()).toBe(204);
    // It went on: to the device, which has one already.
    await shows('failure.passkey-existing');
    await page.keyboard.press('Escape');
  });

  await test.step('renames and removes it: it no longer works', async () => {
    await page.goto(`${origin}/account`);
    await button('passkeys.rename.of', { name: 'My phone' }).click();
    await field('passkeys.name').fill('Old phone');
    await button('passkeys.save').click();
    await button('passkeys.remove.of', { name: 'Old phone' }).click();
    await look(window, 'passkey, remove');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('passkeys.remove'), exact: true })
      .click();
    await shows('passkeys.none');
    await page.goto(`${origin}/settings`);
    await sign_out(window, origin);
    await button('passkeys.signIn').click();
    await shows('failure.passkey-refused');
    await look(window, 'sign in, passkey refused');
  });
  expect([...window.problems, ...numbered.problems]).toStrictEqual([]);
});

test('a clinician with a second factor signs in by the passkey alone', async ({ open_demo }) => {
  const demo = await open_demo();
  const { origin } = demo;
  const window = await open_window(demo.browser, origin, { width: 1280 });
  const { page, button, field, heading, shows } = window;
  await add_authenticator(window);
  await page.goto(printed_link(demo.server, 'Kim Simulated'));
  await field('invitation.password').fill(PASSWORD);
  await button('invitation.action').click();
  await heading('enrolment.title');
  const app = authenticator((await page.locator('.taken code').textContent()).replaceAll(' ', ''));
  await field('code.app').fill(await app());
  await button('enrolment.confirm').click();
  await button('recovery.kept').click();
  await page.getByRole('link', { name: window.t('nav.account'), exact: true }).waitFor();
  await page.goto(`${origin}/account`);
  await shows('passkeys.none');
  await add(window, 'Laptop');
  await sign_out(window, origin);
  await button('passkeys.signIn').click();
  await heading('account.title');
  expect(window.problems).toStrictEqual([]);
});
