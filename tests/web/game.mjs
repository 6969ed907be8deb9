// A set in front of the camera, played as a game through the pages of a real server: counted by the coach as ever, and
// its success is in the record beside the repetitions.
//
//   node tests/web/game.mjs REPRISE_COMMAND REPRISE_CLIP_PICTURES [--pictures FOLDER]
//
// The camera shows a drawn figure that straightens its left knee on a chair. With --pictures the other game is played
// and looked at, too.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { look } from './browser.mjs';
import { all_is_sent, camera_file, open_demo } from './demo.mjs';

const [command, clip_pictures] = process.argv.slice(2);
const pictures = process.argv[4] === '--pictures' ? process.argv[5] : undefined;
if (pictures) mkdirSync(pictures, { recursive: true });

const drawn = ['seated_knee_extension', '--side', 'left', '--repetitions', '2'];
const demo = await open_demo(command, { camera: await camera_file(command, clip_pictures, { drawn }) });
const { window, search } = demo;
const { page, t, button, heading } = window;
const display = (kind) => page.getByRole('radio', { name: new RegExp(t(`game.display.${kind}`)) });

async function to_exercise(name) {
  await page.getByRole('button', { name: `${t('today.only')} ${name}` }).click();
  await button('flags.none').click();
  await button('goOn').click();
  await heading('pain.before');
  await page.locator('.scale label', { hasText: /^1$/ }).click();
  await button('goOn').click();
  await heading('introduce.steps');
}

async function confirm() {
  for (const box of await page.getByRole('checkbox').all()) await box.check();
}

const counted = async () => Number(/(\d+)\//.exec(await page.locator('.counter .count').textContent())[1]);

async function until(what, seconds) {
  const end = Date.now() + seconds * 1000;
  while (!(await what())) {
    assert.ok(Date.now() < end, 'it does not come');
    await page.waitForTimeout(100);
  }
}

/** Until two are counted; every picture of the scene holds what belongs to the game. */
async function a_game(kind) {
  await button('introduce.camera').click();
  await page.locator('.mirror video').waitFor({ timeout: 60_000 });
  // Seated, it begins by itself.
  const scene = page.locator(`.game[data-game=${kind}]`);
  await scene.waitFor({ timeout: 30_000 });
  await scene.locator(kind === 'balloon' ? '.envelope' : '.hedgehog').waitFor();
  assert.equal(await page.locator('.range').count(), 0, 'in place of the plain display');
  await until(async () => (await counted()) >= 1, 30);
  await page.locator('.game .caption').filter({ hasText: /./ }).waitFor();
  await look(window, `game ${kind}`, pictures);
  if (pictures) {
    await scene.locator('.caption:empty').waitFor({ state: 'attached' });
    await scene.locator('.keeping').waitFor({ timeout: 20_000 });
    await page.screenshot({ path: join(pictures, `playing ${kind}.png`), fullPage: true });
  }
  await until(async () => (await counted()) >= 2, 30);
  const [count, of] = [await counted(), await page.locator('.won').textContent()];
  await button('live.pause').click();
  await button('live.finishSet').click();
  await heading('rest.title');
  if (pictures) await look(window, `rest after ${kind}`, pictures);
  return { count, won: Number(of) };
}

async function in_the_record(kind, { count, won }) {
  await all_is_sent(page);
  const [procedure] = await search('Procedure?_sort=-date&_count=1');
  const value = async (code) =>
    (await search(`Observation?part-of=Procedure/${procedure.id}&code=urn:reprise:observation%7C${code}`))[0];
  const repetitions = (await value('repetitions')).valueInteger;
  assert.ok(repetitions >= count, 'one may have been counted since it was read');
  const game = await value('game-success');
  const part = (code) => game.component.find(({ code: { coding } }) => coding[0].code === code);
  assert.equal(part('game').valueCodeableConcept.coding[0].code, kind);
  assert.ok(part('tasks').valueInteger <= repetitions && part('tasks').valueInteger >= count);
  assert.ok(game.valueQuantity.value >= (100 * won) / part('tasks').valueInteger - 1e-9);
  assert.ok(won >= 1);
  const [start, end] = ['difficulty-at-start', 'difficulty-at-end'].map((code) => part(code).valueQuantity.value);
  assert.ok(start >= 0 && start <= 1 && end >= 0 && end <= 1 && start !== end);
  return { start, end };
}

try {
  await demo.sign_in();
  await to_exercise('Knee straightening on a chair');
  assert.ok(await display('plain').isChecked(), 'the first time');
  await display('balloon').check();
  await confirm();
  await look(window, 'choosing a game', pictures);
  const { end } = await in_the_record('balloon', await a_game('balloon'));
  if (pictures) {
    await button('session.stop').click();
    await button('stop.enough').click();
    await button('flags.none').click();
    await button('goOn').click();
    await heading('feeling.title');
    await page.locator('.scale label', { hasText: /^4$/ }).click();
    await button('goOn').click();
    await heading('summary.title');
    await page.goto(`${demo.server.origin}/today`);
    await page.getByRole('button', { name: `${t('today.only')} Knee straightening on a chair` }).click();
    await heading('pain.before');
    await page.locator('.scale label', { hasText: /^1$/ }).click();
    await button('goOn').click();
    await heading('introduce.steps');
    assert.ok(await display('balloon').isChecked(), 'the last choice');
    await display('orchard').check();
    await confirm();
    const { start } = await in_the_record('orchard', await a_game('orchard'));
    assert.equal(start, end, 'it goes on where it stood');
  }
  assert.deepEqual(window.problems, []);
} catch (error) {
  if (pictures) await page.screenshot({ path: join(pictures, 'where it failed.png'), fullPage: true }).catch(() => {});
  console.error(window.problems.join('\n'));
  throw error;
} finally {
  await demo.close();
}
