// SPDX-License-Identifier: Apache-2.0
// A set in front of the camera, played as a game through the pages of a real server: counted by the coach as ever, and
// its success is in the record beside the repetitions.
//
// The camera shows a drawn figure that straightens its left knee on a chair. With REPRISE_PICTURES the other game is
// played and looked at, too.

import { join } from 'node:path';
import { all_is_sent, begin_again, to_exercise } from './demo.mjs';
import { expect, pictures, test, until } from './journey.ts';
import { look } from './look.ts';

const drawn = ['seated_knee_extension', '--side', 'left', '--repetitions', '2'];

test('a set is played as a game', async ({ camera, open_demo }) => {
  const demo = await open_demo({ camera: await camera({ drawn }) });
  const { window, search } = demo;
  const { page, t, button, heading } = window;
  const display = (kind) => page.getByRole('radio', { name: new RegExp(t(`game.display.${kind}`)) });

  async function confirm() {
    for (const box of await page.getByRole('checkbox').all()) await box.check();
  }

  const counted = async () => Number(/(\d+)\//.exec(await page.locator('.counter .count').textContent())[1]);

  /** Until two are counted; every picture of the scene holds what belongs to the game. */
  async function a_game(kind) {
    await button('introduce.camera').click();
    await page.locator('.mirror video').waitFor({ timeout: 120_000 });
    // Seated, it begins by itself.
    const scene = page.locator(`.game[data-game=${kind}]`);
    await scene.waitFor({ timeout: 120_000 });
    await scene.locator('[data-drawn]').waitFor();
    await page.locator('.game .caption[data-intro]').waitFor();
    expect(await page.locator('.range').count(), 'in place of the plain display').toBe(0);
    await until(async () => (await counted()) >= 1, 'one is counted');
    await page.locator('.game .caption').filter({ hasText: /./ }).waitFor();
    await look(window, `game ${kind}`);
    if (pictures) {
      await page.locator('.game[data-phase=kept]').waitFor({ timeout: 120_000 });
      await page.screenshot({ path: join(pictures, `playing ${kind}.png`), fullPage: true });
    }
    await until(async () => (await counted()) >= 2, 'two are counted');
    const [count, of] = [await counted(), await scene.getAttribute('data-won')];
    await button('live.pause').click();
    await button('live.finishSet').click();
    await heading('rest.title');
    if (pictures) await look(window, `rest after ${kind}`);
    return { count, won: Number(of) };
  }

  async function in_the_record(kind, { count, won }) {
    await all_is_sent(page);
    const [procedure] = await search('Procedure?_sort=-date&_count=1');
    const value = async (code) =>
      (await search(`Observation?part-of=Procedure/${procedure.id}&code=urn:reprise:observation%7C${code}`))[0];
    const repetitions = (await value('repetitions')).valueInteger;
    expect(repetitions, 'one may have been counted since it was read').toBeGreaterThanOrEqual(count);
    const game = await value('game-success');
    const part = (code) => game.component.find(({ code: { coding } }) => coding[0].code === code);
    expect(part('game').valueCodeableConcept.coding[0].code).toBe(kind);
    expect(part('tasks').valueInteger <= repetitions && part('tasks').valueInteger >= count).toBeTruthy();
    expect(game.valueQuantity.value).toBeGreaterThanOrEqual((100 * won) / part('tasks').valueInteger - 1e-9);
    expect(won).toBeGreaterThanOrEqual(1);
    const [start, end] = ['difficulty-at-start', 'difficulty-at-end'].map((code) => part(code).valueQuantity.value);
    expect(start >= 0 && start <= 1 && end >= 0 && end <= 1 && start !== end).toBeTruthy();
    return { start, end };
  }

  await demo.sign_in();
  await to_exercise(window, 'Knee straightening on a chair');
  await expect(display('plain'), 'the first time').toBeChecked();
  await display('balloon').check();
  await confirm();
  await look(window, 'choosing a game');
  const { end } = await test.step('balloon', async () => in_the_record('balloon', await a_game('balloon')));
  if (pictures) {
    await begin_again(window, demo.server.origin, 'Knee straightening on a chair');
    await expect(display('balloon'), 'the last choice').toBeChecked();
    await display('orchard').check();
    await confirm();
    const { start } = await test.step('orchard', async () => in_the_record('orchard', await a_game('orchard')));
    expect(start, 'it goes on where it stood').toBe(end);
  }
  await test.step('a figure that does it along', async () => {
    await begin_again(window, demo.server.origin, 'Knee straightening on a chair');
    await display('plain').check();
    await confirm();
    await button('introduce.camera').click();
    // It is gone as soon as the device is too slow for it.
    await page.locator('.companion .figure polyline').first().waitFor({ state: 'attached', timeout: 120_000 });
    if (pictures) await page.screenshot({ path: join(pictures, 'companion.png') });
    await button('live.pause').click();
    expect(await page.locator('.companion').count(), 'while nothing is done').toBe(0);
    await button('live.finishSet').click();
  });

  expect(window.problems).toStrictEqual([]);
});
