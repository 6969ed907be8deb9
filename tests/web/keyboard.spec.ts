// SPDX-License-Identifier: Apache-2.0
// A session by keyboard alone: a sided exercise counted by hand, and pain that ends it. Every control is reached by
// Tab, and what has the focus can be seen.

import { all_is_sent } from './demo.mjs';
import { expect, test } from './journey.ts';

test('a session by keyboard alone', async ({ open_demo }) => {
  const demo = await open_demo({ width: 1280 });
  const {
    window: { page, t, heading, problems },
    search,
  } = demo;
  const press = (key) => page.keyboard.press(key);

  /** What has the focus: its name, its kind, and whether it is seen that it has it. */
  const focused = () =>
    page.evaluate(() => {
      const one = document.activeElement as HTMLInputElement;
      const label = one.labels?.[0] ?? one;
      // A label drawn on top of an unseen control (a radio button) stands for it.
      const shown = [one, label].map((element) => getComputedStyle(element));
      return {
        name: (one.getAttribute('aria-label') ?? label.textContent).trim(),
        kind: one.type ?? one.tagName.toLowerCase(),
        seen: shown.some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1),
      };
    });

  /** Goes on with Tab until something of that name has the focus. */
  async function to(name) {
    const met = [];
    for (let i = 0; i < 60; ++i) {
      await press('Tab');
      const now = await focused();
      met.push(now.name);
      if (now.name !== name && !(name instanceof RegExp && name.test(now.name))) continue;
      expect(now.seen, `it cannot be seen that "${now.name}" has the focus`).toBeTruthy();
      return;
    }
    throw new Error(`Tab does not lead to ${name}, but to: ${met.join(' | ')}`);
  }

  async function use(name) {
    await to(name);
    await press('Enter');
  }

  /** A number on the scale: by Tab to its first, then by arrows. */
  async function say(number) {
    await to('0');
    await press('Space');
    for (let i = 0; i < number; ++i) await press('ArrowRight');
  }

  /** The affected side stands in words wherever the exercise is on. */
  const side_is_said = () => page.getByText(t('side.left')).first().waitFor();
  await demo.sign_in();
  await use(`${t('today.only')} ${'Heel slide'}`);
  await page.getByRole('button', { name: t('flags.none') }).waitFor();
  await use(t('flags.none'));
  // "None" comes after "Go on": back to it.
  await press('Shift+Tab');
  expect((await focused()).name).toBe(t('goOn'));
  await press('Enter');
  await heading('pain.before');
  await say(2);
  await use(t('goOn'));
  await heading('introduce.steps');
  await side_is_said();
  await to(t('introduce.side.left'));
  await press('Space');
  await use(t('introduce.byHand'));
  await page.locator('.by-hand').waitFor();
  await side_is_said();
  await to(t('hand.count'));
  for (let i = 0; i < 10; ++i) await press('Space');
  await heading('rest.title');
  await side_is_said();
  await use(t('live.hurts'));
  await heading('pain.during');
  await say(7);
  await use(t('goOn'));
  await page.getByRole('button', { name: t('flags.none') }).waitFor();
  await use(t('flags.none'));
  await press('Shift+Tab');
  await press('Enter');
  await heading('hurt.title');
  await page.getByText(t('nobodyWatches')).waitFor();
  expect(await page.locator('a[href^="tel:"]').count(), 'whom to call').toBeGreaterThanOrEqual(2);
  await use(t('hurt.end'));
  await heading('feeling.title');
  await say(3);
  await to(t('feeling.words'));
  await page.keyboard.type('It pulled.');
  await use(t('goOn'));
  await heading('summary.titleHurt');
  await all_is_sent(page);
  const [procedure, ...others] = await search('Procedure');
  expect([procedure.status, procedure.bodySite[0].text, others.length]).toStrictEqual(['completed', 'left', 0]);
  const [flag] = await search('Flag');
  expect(flag.status, 'the clinic is told of pain over its limit').toBe('active');
  expect(problems).toStrictEqual([]);
});
