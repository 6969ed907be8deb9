// SPDX-License-Identifier: Apache-2.0
// A patient sends a short video to the clinic: chosen or filmed, cut, made anew on the device without the place that
// the camera wrote into the file, confirmed each time, without a network, too. The clinic plays it. The film is one of
// the public recordings; all else says that it is simulated.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { open_window } from './browser.mjs';
import { demo_patient, sign_in_clinician } from './chart_patient.mjs';
import { all_is_sent, fill_disk } from './demo.mjs';
import { expect, test } from './journey.ts';
import { look } from './look.ts';
import { downloaded_types, send_as_it_is } from './message_media.ts';

const film = join(process.env.REPRISE_DATA ?? '../shared/data', 'video/clips/squat_1.mp4');

test('short videos in messages', async ({ open_demo, scratch }) => {
  test.skip(!existsSync(film), `no film at ${film}: set REPRISE_DATA`);
  const demo = await open_demo({ browser_options: ['--use-fake-device-for-media-stream'] });
  const { patient } = await demo_patient(demo);
  const robin = demo.window;
  const { page, t, button, heading } = robin;
  await robin.context.grantPermissions(['camera', 'microphone'], { origin: demo.origin });
  await demo.sign_in();
  const bytes = readFileSync(film);
  expect(bytes.includes('udta'), 'the film has user data').toBe(true);
  const note = join(scratch, 'note.mp4');
  writeFileSync(note, 'no video');

  const dialog = page.getByRole('dialog');
  const inside = (key: Parameters<typeof t>[0]) => dialog.getByRole('button', { name: t(key), exact: true });
  const choose = (file: string) => dialog.locator('input[type=file]').setInputFiles(file);
  const draft = page.locator('.choose-pictures video');
  const sent = () =>
    demo.search(`Communication?subject=Patient/${patient}&sender=Patient/${patient}&_sort=sent&_count=100`);
  const cut_to = async (seconds: number) => {
    await dialog.getByRole('slider', { name: t('film.to'), exact: true }).fill(String(seconds));
    await dialog.getByText(t('film.length', { seconds })).waitFor();
  };

  await test.step('a file that is no video, or with a sound only, is refused with what to do', async () => {
    await page.goto(`${demo.origin}/messages`);
    await heading('messages.title');
    await button('video.add').click();
    await look(robin, 'a video for a message');
    await choose(note);
    await dialog.getByText(t('film.why.unreadable')).waitFor();
    const sound = join(scratch, 'sound.wav');
    writeFileSync(sound, silence(2));
    await choose(sound);
    await dialog.getByText(t('film.why.no-picture')).waitFor();
  });

  await test.step('a film is cut, by the keyboard, too, and made anew', async () => {
    await choose(film);
    const end = dialog.getByRole('slider', { name: t('film.to'), exact: true });
    await end.waitFor();
    await cut_to(3);
    const start = dialog.getByRole('slider', { name: t('film.from'), exact: true });
    await start.focus();
    await page.keyboard.press('ArrowRight');
    await expect(start).toHaveAttribute('aria-valuetext', t('film.seconds', { seconds: 0.1 }));
    await dialog.getByText(t('film.length', { seconds: 2.9 })).waitFor();
    await look(robin, 'a video is cut');
    await inside('film.use').click();
    await dialog.getByRole('progressbar').waitFor();
    await inside('film.stopMaking').click();
    await dialog.getByText(t('film.length', { seconds: 2.9 })).waitFor(); // the cut is kept
    await inside('film.use').click();
    await dialog.waitFor({ state: 'detached', timeout: 120_000 });
    await draft.waitFor();
    await robin.field('messages.write').fill('My knee gives way here (simulated).');
    await look(robin, 'message with a video');
  });

  await test.step('it leaves only when that is confirmed, without place, time and sound', async () => {
    await button('messages.send').click();
    await dialog.getByText(t('video.silent')).waitFor();
    await look(robin, 'video is confirmed');
    await inside('cancel').click();
    await dialog.waitFor({ state: 'detached' });
    expect(await sent()).toStrictEqual([]);
    await button('messages.send').click();
    const posted = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/fhir'));
    await inside('video.send').click();
    const { entry } = JSON.parse((await posted).postData() ?? '');
    await all_is_sent(page);
    const out = Buffer.from(entry[1].resource.data, 'base64');
    for (const metadata of ['udta', 'uuid', 'Xtra', 'soun']) expect(out.includes(metadata), metadata).toBe(false);
    expect(out.length).toBeLessThan(2_700_000);
    const [message] = await sent();
    const { url, contentType, size } = message.payload[1].contentAttachment;
    expect([contentType, size]).toStrictEqual(['video/mp4', out.length]);
    const kept = await demo.read(url);
    expect(Buffer.from(kept.data, 'base64').equals(out), 'the record has what the patient saw').toBe(true);
    expect(kept.securityContext.reference).toBe(`Patient/${patient}`);
    expect(kept.meta.tag.map(({ code }) => code).sort()).toStrictEqual(['message-video', 'simulated']);
    await expect(draft).toHaveCount(0);
  });

  await test.step('the server refuses the file as the camera wrote it', async () => {
    const status = await send_as_it_is(page, { patient, contentType: 'video/mp4', tag: 'message-video', bytes });
    expect(status).toBe(422);
    expect(await sent()).toHaveLength(1);
  });

  await test.step('one is filmed, with the voice, and waits without a network and without room', async () => {
    await button('video.add').click();
    await dialog.getByRole('switch', { name: t('film.voice'), exact: true }).check();
    await inside('film.now').click();
    await inside('film.start').waitFor();
    await look(robin, 'a video is filmed');
    await inside('film.start').click();
    await inside('film.stop').waitFor();
    await dialog.getByText(t('film.since', { seconds: 3, most: 60 })).waitFor();
    await inside('film.stop').click();
    await inside('film.use').click();
    await dialog.waitFor({ state: 'detached', timeout: 120_000 });
    await draft.waitFor();
    const free = await fill_disk(page);
    await button('messages.send').click();
    await dialog.getByText(t('video.withSound')).waitFor();
    await inside('video.send').click();
    await page.getByText(t('video.noRoom')).waitFor();
    await free();
    await robin.context.setOffline(true);
    await button('messages.send').click();
    await inside('video.send').click();
    const waiting = page.locator('.message', { hasText: t('messages.waiting') });
    await waiting.locator('video').waitFor();
    await robin.context.setOffline(false);
    await all_is_sent(page);
    await waiting.waitFor({ state: 'detached' });
    const [, second] = await sent();
    const kept = await demo.read(second.payload[0].contentAttachment.url);
    expect(Buffer.from(kept.data, 'base64').includes('soun'), 'it has sound').toBe(true);
  });

  const kim = await open_window(demo.browser, demo.origin, { width: 1280 });
  await sign_in_clinician(demo, kim);
  await test.step('the clinic plays it, and it never starts by itself', async () => {
    await kim.page.goto(`${demo.origin}/patient?id=${patient}&tab=messages`);
    const show = kim.page.locator('.conversation .sent-video button');
    await expect(show).toHaveCount(2);
    await expect(kim.page.locator('.conversation video')).toHaveCount(0);
    await show.first().focus();
    await kim.page.keyboard.press('Enter');
    const video = kim.page.locator('.conversation video').first();
    await video.waitFor();
    expect(await video.getAttribute('aria-label')).toContain('Robin Simulated');
    const state = () =>
      video.evaluate((shown: HTMLVideoElement) => ({
        paused: shown.paused,
        seconds: shown.duration,
        width: shown.videoWidth,
        autoplay: shown.autoplay,
      }));
    await expect.poll(async () => (await state()).width).toBe(960);
    const { seconds, ...rest } = await state();
    expect(rest).toStrictEqual({ paused: true, width: 960, autoplay: false });
    expect(Math.abs(seconds - 2.9)).toBeLessThan(1);
    await look(kim, 'a video in the conversation', { narrow: 820 });
    await video.evaluate((shown: HTMLVideoElement) => shown.play());
    await expect.poll(() => video.evaluate((shown: HTMLVideoElement) => shown.currentTime)).toBeGreaterThan(0.2);
  });

  await test.step('they are in the download of the record', async () => {
    expect(await downloaded_types(robin, demo.origin)).toStrictEqual(['video/mp4', 'video/mp4']);
  });
  expect([...robin.problems, ...kim.problems]).toStrictEqual([]);
});

/** A WAV file without a picture. */
function silence(seconds: number): Buffer {
  const rate = 8000;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + rate * seconds, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(rate * seconds, 40);
  return Buffer.concat([head, Buffer.alloc(rate * seconds, 128)]);
}
