// SPDX-License-Identifier: Apache-2.0
// A set that goes well, in the pages of a real server: a squatting person in front of the camera hears how it goes,
// sees a star, rests with a circle to breathe with, and chooses how much is said.

import { join } from 'node:path';
import { expect, pictures, test } from './journey.ts';
import { look } from './look.ts';
import { noted_speech } from './noted_speech.ts';

test('a set that goes well is not silent', async ({ camera, open_demo }) => {
  const demo = await open_demo({ camera: await camera() });
  const { window } = demo;
  const { page, t, button, heading } = window;
  await window.context.addInitScript(noted_speech);
  const picture = async (name: string) => {
    if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
  };
  /** Each with the milliseconds since the page was opened. */
  const spoken = (): Promise<{ text: string; ms: number }[]> =>
    page.evaluate(() => window.spoken.map((text: string, i: number) => ({ text, ms: window.spoken_ms[i] })));
  await demo.sign_in();
  await page.setViewportSize({ width: 390, height: 844 });

  await test.step('a set of squats', async () => {
    await page.getByRole('button', { name: `${t('today.only')} Squat` }).click();
    const noPain = page.locator('.scale label', { hasText: /^0$/ });
    for (const answer of [button('flags.none'), button('goOn'), noPain, button('goOn')]) await answer.click();
    await heading('introduce.steps');
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await button('introduce.camera').click();
    await button('setUp.start').or(button('setUp.startAnyway')).click({ timeout: 120_000 });
    await page.locator('.counter').waitFor();
    expect(await page.locator('.companion').count(), 'no figure where looking at it is a risk').toBe(0);
    // Noted by the page itself: a star is there for less than two seconds.
    await page.evaluate(() => {
      window.stars = 0;
      window.good = [];
      new MutationObserver(() => {
        if (document.querySelector('.star')) window.stars += 1;
        const said = document.querySelector('.banner[data-tone="good"] .cue')?.textContent;
        if (said && window.good.at(-1) !== said) window.good.push(said);
      }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    const seen = async (what: string, name: string, timeout = 90_000) => {
      await page.locator(what).first().waitFor({ timeout });
      await picture(name);
    };
    await seen('.banner[data-tone="good"] .cue:not(:empty)', 'a good word');
    if (pictures) await seen('.star', 'a star');
    await page.getByRole('heading', { name: t('rest.title'), exact: true }).waitFor({ timeout: 600_000 });
  });

  await test.step('the words of it', async () => {
    const all = await spoken();
    const begun = all.findIndex(({ text }) => text === t('live.go'));
    const set = all.slice(begun + 1);
    console.log(set.map(({ text, ms }) => `${((ms - (set[0]?.ms ?? 0)) / 1000).toFixed(1)} s: ${text}`).join('\n'));
    const sentences = set.map(({ text }) => text.replace(/^\d+; /, '')).filter((text) => !/^\d+$/.test(text));
    expect(sentences, 'the set was short enough for it').toContain(t('spoken.last'));
    expect(sentences.at(-1)).toBe(t('live.done'));
    const again = sentences.filter((text, i) => text === sentences[i - 1]);
    expect(again, 'none comes twice in a row').toStrictEqual([]);
    const praise = ['spoken.range.lower', 'spoken.pace', 'spoken.form'].map((key) => t(key));
    for (const one of praise) expect(sentences.filter((text) => text === one).length).toBeLessThanOrEqual(1);
    expect(
      sentences.some((text) => praise.some((one) => text.startsWith(one))),
      'something was right',
    ).toBe(true);
    const good: string[] = await page.evaluate(() => window.good);
    expect(good, 'it is written, too').toContain(t('spoken.last'));
    expect(await page.evaluate(() => window.stars)).toBeGreaterThan(0);
  });

  await test.step('a rest to breathe in', async () => {
    const circle = page.locator('.breathing .circle');
    await circle.waitFor();
    const word = page.locator('.breathing .word');
    await expect(word).toHaveText(t('rest.breatheOut'), { timeout: 15_000 });
    await picture('breathing out');
    await expect(word).toHaveText(t('rest.breatheIn'), { timeout: 15_000 });
    const size = () => circle.evaluate((one) => one.getBoundingClientRect().width);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.waitForTimeout(300);
    const still = await size();
    await expect(word).toHaveText(t('rest.breatheOut'), { timeout: 15_000 });
    await page.waitForTimeout(500);
    expect(await size(), 'it does not move').toBe(still);
    await page.emulateMedia({ reducedMotion: null });
    await look(window, 'rest');
  });

  await test.step('how much is said', async () => {
    await page.goto(`${demo.origin}/settings`);
    await heading('settings.title');
    const level = page.getByLabel(t('settings.voice'), { exact: true });
    await level.selectOption({ label: t('settings.voice.less') });
    await page.getByLabel(t('settings.volume'), { exact: true }).selectOption({ label: t('settings.volume.low') });
    expect((await spoken()).at(-1)?.text, 'the patient hears the choice').toBe(t('spoken.twoMore'));
    await look(window, 'voice');
    await level.selectOption({ label: t('settings.voice.off') });
    expect(await page.getByLabel(t('settings.volume'), { exact: true }).count()).toBe(0);
    const said = (await spoken()).length;
    await level.selectOption({ label: t('settings.voice.all') });
    expect((await spoken()).length).toBe(said + 1);
    await page.reload();
    await heading('settings.title');
    await expect(page.getByLabel(t('settings.volume'), { exact: true })).toHaveValue('low');
  });

  expect(window.problems).toStrictEqual([]);
});
