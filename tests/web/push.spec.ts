// SPDX-License-Identifier: Apache-2.0
// A patient agrees to reminders on this device; one comes through a push service on this machine (push_service.mjs),
// decrypted independently, and is shown by the service worker; 410 ends it. No browser subscribes without its maker's
// server: its subscribing is replaced here, and its receiving is driven over Chromium's protocol.

import { expect, test } from './journey.ts';
import { look } from './look.ts';
import { check_vapid, open_push_service } from './push_service.mjs';

const CONTACT = 'clinic@example.org';

/** A zone in which it is about noon: a minute later is the same day. */
function zone_at_noon() {
  const ahead = 12 - new Date().getUTCHours();
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

/** "12:31", so many minutes from now in that zone. */
const clock_in = (timeZone, minutes) =>
  new Date(Date.now() + minutes * 60_000).toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });

test('a reminder comes to the device', async ({ open_demo, at_end }) => {
  const service = await open_push_service();
  at_end(() => service.close());
  const timezoneId = zone_at_noon();
  const options = ['--push-contact', CONTACT, '--push-hosts', '127.0.0.1'];
  const demo = await open_demo({ timezoneId, options, whole: true });
  const { window } = demo;
  const { page, context, t, button, heading, field, shows } = window;
  await context.grantPermissions(['notifications'], { origin: demo.origin });
  await context.addInitScript((subscription) => {
    const held = () =>
      ({
        ...subscription,
        toJSON: () => subscription,
        unsubscribe: async () => {
          localStorage.removeItem('subscribed');
          return true;
        },
      }) as unknown as PushSubscription;
    PushManager.prototype.getSubscription = async () => (localStorage.getItem('subscribed') ? held() : null);
    PushManager.prototype.subscribe = async (options) => {
      const key = new Uint8Array(options?.applicationServerKey as ArrayBuffer);
      window.server_key = btoa(String.fromCharCode(...key));
      localStorage.setItem('subscribed', 'yes');
      return held();
    };
  }, service.subscription);
  await demo.sign_in();
  const consent = async () => {
    const [one] = await demo.search('Consent?status=active&category=urn:reprise:consent%7Creminders');
    const parts = one?.extension[0].extension ?? [];
    const words = one && Buffer.from(one.sourceAttachment.data, 'base64').toString('utf8');
    return { way: parts.find(({ url }) => url === 'channel')?.valueCode, words, type: one?.provision.type };
  };
  let key = '';

  await test.step('nothing is sent until the patient agrees to who passes it on', async () => {
    await page.goto(`${demo.origin}/reminders`);
    await shows('push.noMail');
    await shows('push.passes');
    await expect(button('push.start')).toBeDisabled();
    await look(window, 'reminders on this device offered');
    await page.getByRole('checkbox', { name: t('push.agree') }).check();
    await button('push.start').click();
    await shows('push.on');
    expect(await consent()).toMatchObject({ way: 'push', type: 'permit' });
    expect((await consent()).words).toContain(t('push.passes'));
    key = Buffer.from(await page.evaluate(() => window.server_key), 'base64').toString('base64url');
    expect(service.messages).toHaveLength(0);
  });

  await test.step('at the chosen time the device receives the kind of message, encrypted', async () => {
    const [time, second] = [clock_in(timezoneId, 2), clock_in(timezoneId, 3)];
    await field('reminders.time').fill(time);
    await page.getByRole('switch', { name: t('reminders.secondWanted') }).check();
    await field('reminders.second').fill(second);
    await button('reminders.save').click();
    await shows('reminders.on', { time });
    await look(window, 'reminders on this device');
    const { method, headers, text } = await service.message();
    service.answer_with(410);
    expect(method).toBe('POST');
    expect(text).toBe('exercises');
    expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', topic: 'reprise', urgency: 'normal' });
    expect(Number(headers.ttl)).toBeGreaterThan(60);
    expect(Number(headers.ttl)).toBeLessThanOrEqual(7200);
    check_vapid(headers.authorization, { origin: service.origin, key, contact: CONTACT });
  });

  await test.step('the service worker shows it, and it leads to the exercises', async () => {
    // A page that was loaded before the worker was active is not led by it.
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    await page.goto(`${demo.origin}/reminders`);
    await shows('push.on');
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    const protocol = await context.newCDPSession(page);
    const registration = new Promise<string>((resolve) => {
      protocol.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const found = registrations.find(({ isDeleted }) => !isDeleted);
        if (found) resolve(found.registrationId);
      });
    });
    await protocol.send('ServiceWorker.enable');
    await protocol.send('ServiceWorker.deliverPushMessage', {
      origin: demo.origin,
      registrationId: await registration,
      data: 'exercises',
    });
    const titles = () =>
      page.evaluate(async () => {
        const all = await (await navigator.serviceWorker.ready).getNotifications();
        return all.map(({ title }) => title);
      });
    await expect.poll(titles).toStrictEqual([t('push.notice.exercises')]);
    await worker.evaluate(async () => {
      const { registration: own } = globalThis as unknown as { registration: ServiceWorkerRegistration };
      const [notification] = await own.getNotifications();
      const Click = (globalThis as any).NotificationEvent;
      globalThis.dispatchEvent(new Click('notificationclick', { notification }));
    });
    await heading('today.title');
    expect(await titles()).toStrictEqual([]);
  });

  await test.step('a subscription that is gone ends, and the page offers it anew', async () => {
    const { status } = await service.message();
    expect(status).toBe(410);
    await expect
      .poll(async () => {
        await page.goto(`${demo.origin}/reminders`);
        return button('push.start')
          .waitFor({ timeout: 5000 })
          .then(
            () => true,
            () => false,
          );
      })
      .toBe(true);
    await shows('push.noMail');
  });

  await test.step('stopping the reminders ends the device, too', async () => {
    await page.getByRole('checkbox', { name: t('push.agree') }).check();
    await button('push.start').click();
    await shows('push.on');
    await button('reminders.stop').click();
    await shows('reminders.off');
    await button('push.start').waitFor();
    expect(await consent()).toMatchObject({ way: 'mail', type: 'deny' });
    expect(service.messages).toHaveLength(0);
  });
  expect(window.problems).toStrictEqual([]);
});
