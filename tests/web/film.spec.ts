// SPDX-License-Identifier: Apache-2.0
// A clinic's own film of an exercise: chosen by a clinician, cut, encoded anew, shown; played by the patient, without a
// network, too; removed, put back, erased. Files that are no films and films with a place are refused. The clip is a
// real recording of ../shared/data or REPRISE_DATA.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { open_window } from './browser.mjs';
import { demo_patient, sign_in_clinician } from './chart_patient.mjs';
import { to_exercise } from './demo.mjs';
import { film_with_place } from './film_with_place.ts';
import { expect, test, until } from './journey.ts';
import { look } from './look.ts';

const clip = join(
  process.env.REPRISE_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url)),
  'video/clips/squat_1.mp4',
);
/** Of the demonstration's programme, by its English name. */
const EXERCISE = 'Squat';
const FILMS = 'Library?type=urn:reprise:library%7Cexercise-film';

/** How far the film on the page has come, and why it does not play. */
const film_of = (page: Page) =>
  page.locator('video.film-player').evaluate((video: HTMLVideoElement) => ({
    at: video.currentTime,
    seconds: video.duration,
    width: video.videoWidth,
    error: video.error?.code,
    paused: video.paused,
  }));

async function plays(page: Page) {
  expect(await film_of(page), 'it never plays by itself').toMatchObject({ at: 0, paused: true });
  await page.locator('video.film-player').evaluate((video: HTMLVideoElement) => {
    video.muted = true;
    return video.play();
  });
  await until(async () => (await film_of(page)).at > 0.3, 'the film goes on');
  expect((await film_of(page)).width).toBeGreaterThan(100);
}

test("a clinic's own film", async ({ open_demo, scratch }) => {
  test.skip(!existsSync(clip), `there is no ${clip}`);
  const demo = await open_demo();
  const { patient } = await demo_patient(demo);
  const robin = demo.window;
  await demo.sign_in();
  const kim = await open_window(demo.browser, demo.origin, { width: 1280 });
  await sign_in_clinician(demo, kim);
  const { page, t } = kim;
  const dialog = page.getByRole('dialog');
  const button = (text: string) => dialog.getByRole('button', { name: t(text), exact: true });
  const choose = (file: string) => dialog.locator('input[type=file]').setInputFiles(file);

  await test.step('a file that is no film is refused with a sentence', async () => {
    await page.goto(`${demo.origin}/programme?patient=${patient}`);
    const item = page.locator('.plan-item', { hasText: EXERCISE }).first();
    await item.getByRole('button', { name: t('plan.edit.of', { name: EXERCISE }), exact: true }).click();
    await item.getByRole('button', { name: t('ownFilm.of', { name: EXERCISE }), exact: true }).click();
    await look(kim, 'no film of the clinic yet', { narrow: 820 });
    await button('ownFilm.add').click();
    const none = join(scratch, 'film.mp4');
    writeFileSync(none, 'no film at all');
    await choose(none);
    await dialog.getByText(t('film.why.unreadable')).waitFor();
  });

  await test.step('a real clip is cut, encoded and shown only with side and leave', async () => {
    await choose(clip);
    await button('film.use').waitFor();
    await dialog.getByLabel(t('film.to'), { exact: true }).fill('4');
    await look(kim, 'film is cut', { narrow: 820 });
    await button('film.use').click();
    await button('ownFilm.use').waitFor({ timeout: 600_000 });
    await plays(page);
    expect((await film_of(page)).seconds).toBeLessThan(8);
    await button('ownFilm.use').click();
    await dialog.getByText(t('ownFilm.leave.missing')).waitFor();
    expect(await demo.search(FILMS), 'nothing was sent').toStrictEqual([]);
    await look(kim, 'film is looked at', { narrow: 820 });
    await dialog.getByRole('checkbox', { name: t('ownFilm.leave') }).check();
    const network = await kim.context.newCDPSession(page);
    const send_at = (uploadThroughput: number) =>
      network.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput,
      });
    await send_at(100_000);
    await button('ownFilm.use').click();
    const sent = async () => Number(await dialog.getByRole('progressbar').getAttribute('aria-valuenow'));
    await until(async () => (await sent()) > 0, 'it says how much has been sent');
    expect(await sent()).toBeLessThan(100);
    await send_at(-1);
    await button('ownFilm.remove').waitFor();
    await look(kim, 'film of the clinic', { narrow: 820 });
    const [film] = await demo.search(FILMS);
    expect(film.url).toBe('urn:reprise:exercise-film:squat');
    expect(film.content[0].language, 'without sound').toBeUndefined();
  });

  const address = async () => {
    const [film] = await demo.search(FILMS);
    return `/exercise-films/${film.id}/${film.content[0].url.replace('Binary/', '')}`;
  };

  await test.step('the server refuses a film with its place, and answers in parts', async () => {
    const bytes = film_with_place(readFileSync(clip));
    const answers = await page.evaluate(
      async ([base64, film]) => {
        const { csrf } = await (await fetch('/auth/session')).json();
        const body = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const headers = { 'content-type': 'video/mp4', 'x-csrf-token': csrf };
        const refused = await fetch('/exercise-films', { method: 'POST', headers, body });
        const part = await fetch(film, { headers: { range: 'bytes=0-1' }, cache: 'no-store' });
        return [refused.status, await refused.text(), part.status, (await part.arrayBuffer()).byteLength] as const;
      },
      [bytes.toString('base64'), await address()] as const,
    );
    expect(answers[0]).toBe(422);
    expect(answers[1]).not.toContain('+48');
    expect(answers.slice(2)).toStrictEqual([206, 2]);
    const stranger = await fetch(`${demo.origin}${await address()}`);
    expect(stranger.status, 'not signed in').toBe(401);
  });

  const see_film = async () => {
    await robin.button('clinicFilm.film').click();
    await robin.page.locator('video.film-player').waitFor();
  };
  await test.step('the patient sees the demonstration first, then plays the film', async () => {
    await robin.page.goto(`${demo.origin}/today`);
    await to_exercise(robin, EXERCISE);
    await robin.button('clinicFilm.film').waitFor();
    await expect(robin.page.locator('video.film-player')).toHaveCount(0);
    await look(robin, 'demonstration beside a film of the clinic');
    await see_film();
    await look(robin, 'film of the clinic in an exercise');
    await plays(robin.page);
  });

  await test.step('it is kept, and plays without a network', async () => {
    await robin.page.goto(`${demo.origin}/today`);
    await robin.heading('today.title');
    const kept = () => robin.page.evaluate(async () => (await (await caches.open('reprise-films')).keys()).length);
    await until(async () => (await kept()) === 2, 'film and poster are kept', 90_000);
    await robin.context.setOffline(true);
    await robin.page.goto(`${demo.origin}/session`);
    await robin.heading('introduce.steps');
    await see_film();
    await plays(robin.page);
    await robin.context.setOffline(false);
  });

  await test.step('removed, it is gone; put back, it is there; erased, nothing is left', async () => {
    const film = await address();
    const status = () =>
      robin.page.evaluate(async (at) => (await fetch(`${at}?new`, { cache: 'no-store' })).status, film);
    await button('ownFilm.remove').click();
    await button('ownFilm.putBack').waitFor();
    await look(kim, 'film of the clinic is removed', { narrow: 820 });
    await robin.page.evaluate(() => caches.delete('reprise-films'));
    expect(await status()).toBe(404);
    await button('ownFilm.putBack').click();
    await button('ownFilm.remove').waitFor();
    expect(await status()).toBe(200);
    await button('ownFilm.remove').click();
    await button('ownFilm.erase').click();
    await button('ownFilm.erase.now').click();
    await button('ownFilm.add').waitFor();
    expect(await status()).toBe(404);
    expect(await demo.search(FILMS)).toStrictEqual([]);
  });
  for (const window of [kim, robin]) expect(window.problems).toStrictEqual([]);
});
