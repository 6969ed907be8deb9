// SPDX-License-Identifier: Apache-2.0
// A patient's session through the pages of a real server, in front of a camera and without one, with a network and
// without: each set is in the record once, and no picture ever leaves the device.
//
// The camera is a real clip of ../shared/data or REPRISE_DATA; where there is none, and for pictures, which go into
// documents, a drawn one.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { loadReprise } from '../../build/wasm/module/reprise.mjs';
import { all_is_sent, session_is_kept, unsent } from './demo.mjs';
import { expect, pictures, test } from './journey.ts';
import { look } from './look.ts';
import { noted_speech } from './noted_speech.ts';

test('a session is in the record once, and no picture leaves the device', async ({ camera, open_demo }) => {
  const reprise = await loadReprise({
    wasm: readFileSync(new URL('../../build/wasm/module/reprise_engine.wasm', import.meta.url)),
  });
  const demo = await open_demo({
    camera: await camera({ drawn: pictures !== undefined }),
  });
  const { server, window, search } = demo;
  const { page, t, button, heading, shows } = window;
  const seen = (name) => look(window, name);
  const choose = (number) => page.locator('.scale label', { hasText: new RegExp(`^${number}$`) }).click();
  const next = () => button('goOn').click();

  /** The set's movement can be counted again: by the points that the record has. */
  async function recorded_movement(procedure, counted) {
    const [document] = await search(`DocumentReference?related=Procedure/${procedure.id}`);
    const { url, size, contentType } = document.content[0].attachment;
    expect(contentType).toBe('application/x-reprise-landmarks+gzip');
    const binary = await demo.read(url);
    const bytes = Buffer.from(binary.data, 'base64');
    expect(bytes.length).toBe(size);
    const { frames, simulated } = reprise.recording(new Uint8Array(gunzipSync(bytes)));
    expect(frames.length > 20 && frames.some(({ world_m }) => world_m) && !simulated).toBeTruthy();
    const coach = reprise
      .exercise(readFileSync(new URL('../../catalog/exercises/squat.json', import.meta.url), 'utf8'))
      .coach();
    for (const frame of frames) coach.step(frame);
    coach.finish();
    expect(coach.count).toBe(counted);
    const seconds = frames.at(-1).time_s - frames[0].time_s;
    console.log(`recorded movement: ${Math.round(bytes.length / seconds)} bytes a second`);
  }

  /** Confirms what the exercise wants to have confirmed. */
  async function confirm() {
    for (const box of await page.getByRole('checkbox').all()) await box.check();
  }

  /** A set without the camera to its end, or with `taps` a part of it. */
  async function a_set_by_hand(taps = Infinity) {
    const [, counted, of] = /(\d+)\/(\d+)/.exec(await page.locator('.by-hand .count').textContent());
    for (let i = 0; i < Math.min(taps, Number(of) - Number(counted)); ++i) await page.locator('.tap').click();
  }

  async function the_record_has_it(sets) {
    const done = await search('Procedure?_sort=date&_count=100');
    expect(done.length).toBe(sets);
    for (const procedure of done) {
      expect(
        procedure.basedOn[0].reference.startsWith('ServiceRequest/') &&
          procedure.meta.tag.some(({ code }) => code === 'simulated'),
      ).toBeTruthy();
    }
    return done;
  }

  await demo.open_invitation();
  await shows('simulated');

  await test.step('consents', async () => {
    await button('welcome.action').click();
    await shows('welcome.missing');
    await seen('welcome');
    await demo.agree();
    await all_is_sent(page);
    const consents = await search('Consent');
    expect(
      consents.map(({ category, provision }) => [category[0].coding[0].code, provision.type]).sort(),
    ).toStrictEqual([
      ['app-use', 'permit'],
      ['movement-recording', 'permit'],
    ]);
    const words = consents.map(({ sourceAttachment }) => Buffer.from(sourceAttachment.data, 'base64').toString());
    expect(
      words.some((text) => text.includes(t('welcome.pictureWhat'))) &&
        words.some((text) => text.endsWith(`${t('welcome.pointsAsk')}\n${t('yes')}`)),
    ).toBeTruthy();
  });
  await seen('today');
  await test.step('today is one screen of a phone', async () => {
    const size = page.viewportSize();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('img', { name: t('today.ring', { done: 0, of: 5 }), exact: true }).waitFor();
    const box = async (one) => (await one.boundingBox()) ?? { y: Number.NaN, height: Number.NaN };
    const [last, start, tabs] = [
      await box(page.locator('.exercise-card').last()),
      await box(button('today.start')),
      await box(page.getByRole('navigation')),
    ];
    expect(last.y + last.height, 'the last exercise is above the button').toBeLessThanOrEqual(start.y);
    expect(start.y + start.height, 'the button is above the tabs').toBeLessThanOrEqual(tabs.y);
    expect(Math.round(tabs.y + tabs.height), 'the tabs are at the lower edge').toBe(844);
    await page.setViewportSize(size);
    await expect(page.locator('.piece'), 'a first visit has nothing to read').toHaveCount(0);
  });

  await test.step('questions before', async () => {
    // The squat is the fourth.
    await page.getByRole('button', { name: `${t('today.only')} Squat` }).click();
    await page.getByRole('button', { name: t('flags.none') }).waitFor();
    await seen('warning signs');
    await expect(page.getByRole('navigation'), 'there is one way out').toHaveCount(0);
    await page.getByRole('link', { name: t('session.toToday') }).waitFor();
    await next();
    await page.getByRole('alert').waitFor();
    await button('flags.none').click();
    await next();
    await heading('pain.before');
    await seen('pain before');
    await next();
    await page.getByRole('alert').waitFor();
    await choose(2);
    await next();
  });

  const counted = await test.step('a set in front of the camera', async () => {
    await heading('introduce.steps');
    await seen('exercise');
    await button('introduce.camera').click();
    await page.getByText(t('introduce.confirm')).first().waitFor();
    await confirm();
    await button('introduce.camera').click();
    await page.locator('.mirror video').waitFor({ timeout: 120_000 });
    await button('setUp.start').waitFor({ timeout: 120_000 });
    await seen('set-up');
    await button('setUp.start').click();
    const counted = async (number) => {
      while (Number(/(\d+)\//.exec(await page.locator('.counter .count').textContent())[1]) < number)
        await page.waitForTimeout(100);
    };
    await counted(1);
    // As if the camera were unplugged: the count stays, and goes on.
    await page
      .locator('.mirror video')
      .evaluate((video: HTMLVideoElement) =>
        (video.srcObject as MediaStream).getVideoTracks()[0].dispatchEvent(new Event('ended')),
      );
    await shows('camera.ended');
    await seen('camera gone');
    await button('again').click();
    await counted(2);
    await seen('set');
    await button('live.pause').click();
    await button('live.finishSet').click();
    await heading('rest.title');
    expect(await page.locator('.mirror video').count(), 'the camera ends with its screen').toBe(0);
    await seen('rest');
    return Number(/\d+/.exec(await page.locator('.lead').textContent())[0]);
  });

  expect(counted).toBeGreaterThanOrEqual(2);

  // The rest of the squats without the camera, then everything else left out, to the summary.
  await test.step('the rest by hand', async () => {
    await button('rest.startNow').click();
    await page.locator('.mirror').waitFor();
    await button('introduce.byHand').click();
    await a_set_by_hand(1);
    await seen('set without camera');
    await a_set_by_hand();
    await page.getByRole('heading', { name: /hurt after/ }).waitFor();
    await choose(2);
    await next();
    await heading('after.title', { name: 'Squat' });
    await shows('after.quality');
    await page.getByText(t('after.quality.show')).click();
    await seen('after an exercise');
    await next();
    await heading('introduce.steps');
    await button('session.skip').click();
    // What lies before the squat is offered.
    await heading('earlier.title');
    await seen('earlier exercises');
    await button('earlier.goOn').click();
    for (let i = 0; i < 3; ++i) {
      await heading('introduce.steps');
      await button('session.skip').click();
    }
    await heading('feeling.title');
    await choose(4);
    await window.field('feeling.words').fill('The knee felt good.');
    await seen('feeling');
    await next();
    await heading('summary.title');
    await expect(page.locator('.celebration'), 'it goes by itself').toHaveCount(0);
    await shows('sending.done');
    await page.getByText(t('after.each')).first().click();
    await seen('summary');
    await all_is_sent(page);
  });

  await test.step('measured values', async () => {
    const [first, second] = await the_record_has_it(2);
    await recorded_movement(first, counted);
    const value = async (procedure, code) =>
      (await search(`Observation?part-of=Procedure/${procedure.id}&code=${code}`))[0];
    expect((await value(first, 'urn:reprise:observation%7Crepetitions')).valueInteger).toBe(counted);
    expect((await value(first, 'urn:reprise:observation%7Cmovement-quality')).valueQuantity.value).toBeGreaterThan(50);
    expect((await value(second, 'urn:reprise:observation%7Crepetitions')).valueInteger).toBe(8);
    expect(await value(second, 'urn:reprise:observation%7Cmovement-quality'), 'it was not measured').toBe(undefined);
    expect(
      await search('QuestionnaireResponse?_count=100'),
      'warning signs, pain before and after, effort',
    ).toHaveLength(4);
    expect(await search('Flag?_count=100')).toStrictEqual([]);
  });

  await test.step('a text for the day', async () => {
    await button('session.toToday').click();
    const piece = page.locator('.piece');
    await piece.waitFor();
    await expect(piece.getByText(t('piece.today'))).toBeVisible();
    await expect(piece.getByRole('button', { name: t('piece.aloud') }), 'no voice, no button').toHaveCount(0);
    await seen('today with a text');
    await window.context.addInitScript(noted_speech);
    await page.reload();
    await piece.locator('summary').click();
    await button('piece.aloud').click();
    const title = await piece.getByRole('heading', { level: 2 }).textContent();
    const spoken = await page.evaluate(() => window.spoken);
    expect(spoken[0]).toBe(title);
    expect(spoken.length).toBe(1 + (await piece.locator('.reading').locator('p, li, h3').count()));
    await seen('a text for the day');
    await page.getByRole('link', { name: t('nav.learn'), exact: true }).click();
    await page.getByText(/^1 of \d+ read$/).waitFor();
    const read = page.locator('.piece', { has: page.getByText(t('piece.read'), { exact: true }) });
    await expect(read.getByRole('heading', { level: 3 }).first()).toHaveText(title);
    await seen('learn');
    await page.getByRole('link', { name: t('nav.today'), exact: true }).click();
    await expect(piece.getByRole('heading', { level: 2 }), 'not a second one in a day').toHaveText(title);
  });

  // No network from the first question on, a reload in between, and a network again.
  await test.step('without a network', async () => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    await window.context.setOffline(true);
    await page.reload();
    await page.getByText(t('today.kept', { when: '' }).slice(0, 14)).waitFor();
    await page.locator('.piece', { hasText: t('piece.read') }).waitFor();
    await seen('today without a network');
    await page
      .getByRole('button', { name: t('today.only') })
      .nth(1)
      .click();
    await heading('pain.before');
    await choose(1);
    await next();
    await heading('introduce.steps');
    await confirm();
    await button('introduce.byHand').click();
    await a_set_by_hand();
    await heading('rest.title');
    await session_is_kept(page, 'rest');
    await page.reload();
    await heading('rest.title');
    await button('session.stop').click();
    await button('stop.enough').click();
    await button('flags.none').click();
    await next();
    await heading('feeling.title');
    await choose(3);
    await next();
    await page.getByText(t('sending.later')).waitFor();
    await seen('summary without a network');
    expect(await unsent(page)).toBeGreaterThanOrEqual(4);
    await the_record_has_it(2);
    await window.context.setOffline(false);
    await shows('sending.done');
    await all_is_sent(page);
    await the_record_has_it(3);
  });

  // A warning sign ends the session, shows whom to call, and the server raises a Flag.
  await test.step('a warning sign', async () => {
    await button('session.toToday').click();
    await button('today.again').click();
    await heading('pain.before');
    await choose(1);
    await next();
    await heading('introduce.steps');
    await button('session.stop').click();
    await seen('stopping');
    await button('stop.unwell').click();
    await heading('unwell.title');
    await seen('not feeling well');
    await button('yes').click();
    await heading('halted.redFlag');
    await page.getByRole('link', { name: t('call.emergency', { number: '' }) }).waitFor();
    await seen('warning sign');
    await all_is_sent(page);
    const flags = await search('Flag?_count=100');
    expect(flags).toHaveLength(1);
  });
  await page.getByRole('link', { name: t('session.toToday') }).click();
  await heading('today.title');
  await expect(page.locator('.piece'), 'a warning sign comes first').toHaveCount(0);
  await page.getByRole('link', { name: t('nav.progress'), exact: true }).click();
  await page.getByText(t('progress.sets', { count: 2 })).waitFor();
  await expect(page.locator('.calendar [data-done]')).toHaveCount(1);
  await page.getByText(t('progress.numbers')).first().click();
  await seen('progress');
  await page.goto(`${server.origin}/settings`);
  await heading('settings.title');
  await page.getByRole('switch', { name: t('sharing.points') }).uncheck();
  await all_is_sent(page);
  const [newest] = await search('Consent?_sort=-date&_count=1');
  expect(newest.provision.type).toBe('deny');
  await page.reload();
  await page.getByRole('switch', { name: t('sharing.points'), checked: false }).waitFor();
  await seen('settings');
  expect(window.problems).toStrictEqual([]);
});
