// SPDX-License-Identifier: Apache-2.0
// A patient moves to another phone by the steps of the page: sends what waits on the old one, signs in on the new one,
// adds a passkey there and ends the old one. Then that one is lost, too.

import { open_window } from './browser.mjs';
import { PASSWORD } from './demo.mjs';
import { expect, test } from './journey.ts';
import { look } from './look.ts';
import { add_authenticator } from './passkey_device.ts';

test('a patient moves to a new phone, and then loses it', async ({ open_demo }) => {
  const demo = await open_demo();
  const { window: old, origin } = demo;
  await demo.sign_in();
  const section = ({ page, t }, title: string, number?: number) =>
    page.getByRole('region', {
      name: number ? t('newPhone.step', { number, title: t(title) }) : t(title),
      exact: true,
    });

  await test.step('the old phone shows what it has not sent, and sends it', async () => {
    await old.page.goto(`${origin}/account`);
    await old.button('newPhone.open').click();
    await old.heading('newPhone.title');
    await section(old, 'newPhone.send', 1).getByText(old.t('sending.done')).waitFor();
    await look(old, 'new phone');
    await old.page.getByRole('link', { name: old.t('nav.messages') }).click();
    await old.field('messages.write').waitFor();
    await old.context.setOffline(true);
    await old.field('messages.write').fill('I will have a new phone.');
    await old.button('messages.send').click();
    await old.page.getByRole('link', { name: old.t('nav.settings') }).click();
    await old.button('newPhone.title').click();
    const send = section(old, 'newPhone.send', 1);
    await send.getByRole('button', { name: old.t('sending.now') }).waitFor();
    await old.context.setOffline(false);
    await send.getByText(old.t('sending.done')).waitFor();
  });

  const phone = await open_window(demo.browser, origin);
  await add_authenticator(phone);
  await test.step('the new phone opens the address and signs in', async () => {
    const there = section(old, 'newPhone.signIn', 3);
    const address = `${origin}/sign-in`;
    await there.getByRole('img', { name: old.t('newPhone.qr', { address }) }).waitFor();
    await there.getByText(address, { exact: true }).waitFor();
    await expect(section(old, 'newPhone.ways', 2)).toContainText(old.t('newPhone.name', { name: 'robin' }));
    await expect(section(old, 'newPhone.ways', 2)).toContainText(old.t('newPhone.noPasskey'));
    await phone.page.goto(address);
    await phone.field('account.name').fill('robin');
    await phone.field('password.title').fill(PASSWORD);
    await phone.button('signIn.action').click();
    await phone.heading('today.title');
  });

  await test.step('adds a passkey there', async () => {
    await phone.page.goto(`${origin}/new-phone`);
    await phone.button('passkeys.add').click();
    await phone.field('passkeys.name').fill('New phone');
    await phone.button('passkeys.add.action').click();
    await section(phone, 'passkeys.title').getByText('New phone', { exact: true }).waitFor();
    await expect(section(phone, 'newPhone.ways', 2)).toContainText(
      phone.t('newPhone.passkeys', { names: 'New phone' }),
    );
  });

  await test.step('ends the old phone, which is out', async () => {
    const sessions = section(phone, 'sessions.title');
    await expect(sessions.getByRole('listitem')).toHaveCount(2);
    await sessions
      .getByRole('button', { name: phone.t('sessions.end'), exact: false })
      .last()
      .click();
    await expect(sessions.getByRole('listitem')).toHaveCount(1);
    await look(phone, 'new phone, a passkey');
    await old.page.goto(`${origin}/today`);
    await old.heading('signIn.title');
  });

  await test.step('a lost phone: the most urgent comes first', async () => {
    const laptop = await open_window(demo.browser, origin, { width: 1280 });
    await laptop.page.goto(`${origin}/new-phone`);
    await laptop.field('account.name').fill('robin');
    await laptop.field('password.title').fill(PASSWORD);
    await laptop.button('signIn.action').click();
    await laptop.page.getByRole('radio', { name: laptop.t('newPhone.which.lost') }).check();
    const titles = await laptop.page.getByRole('heading', { level: 2 }).allTextContents();
    const numbered = titles.filter((title) => /^\d\./.test(title));
    expect(numbered).toStrictEqual(
      ['end', 'remove', 'password', 'unsent', 'signIn'].map((step, i) =>
        laptop.t('newPhone.step', { number: i + 1, title: laptop.t(`newPhone.${step}`) }),
      ),
    );
    await look(laptop, 'lost phone');
    const sessions = section(laptop, 'sessions.title');
    await sessions
      .getByRole('button', { name: laptop.t('sessions.end'), exact: false })
      .last()
      .click();
    await expect(sessions.getByRole('listitem')).toHaveCount(1);
    await laptop.button('passkeys.remove.of', { name: 'New phone' }).click();
    await laptop.page
      .getByRole('dialog')
      .getByRole('button', { name: laptop.t('passkeys.remove'), exact: true })
      .click();
    await laptop.shows('passkeys.none');
    await phone.page.goto(`${origin}/today`);
    await phone.heading('signIn.title');
    await phone.button('passkeys.signIn').click();
    await phone.shows('failure.passkey-refused');
    expect(laptop.problems).toStrictEqual([]);
  });
  expect(
    [...old.problems, ...phone.problems].filter((problem) => !/ERR_INTERNET_DISCONNECTED|401/.test(problem)),
  ).toStrictEqual([]);
});
