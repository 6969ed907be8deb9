// SPDX-License-Identifier: Apache-2.0
// The person who shows an exercise, on its introduction: drawn, turned, with its mistakes; and the drawn figure where a
// browser draws nothing in three dimensions.
import { expect, test } from './journey.ts';
import { look } from './look.ts';

const WITH_GRAPHICS = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
/** In the programme of the demonstration. */
const PLACE = 1;

async function to_introduction({ page, button, heading }, origin) {
  await page.goto(`${origin}/session?exercise=${PLACE}`);
  await button('flags.none').click();
  await button('goOn').click();
  await page.locator('.scale label', { hasText: /^2$/ }).click();
  await button('goOn').click();
  await heading('introduce.steps');
}

/** How many different colors a picture of the canvas has, and the picture. */
async function drawn(page) {
  const bytes = await page.locator('.person-frame').screenshot();
  const colors = await page.evaluate(async (base64: string) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: image.width, height: image.height });
    const pen = canvas.getContext('2d');
    if (!pen) return 0;
    pen.drawImage(image, 0, 0);
    return new Set(new Uint32Array(pen.getImageData(0, 0, image.width, image.height).data.buffer)).size;
  }, bytes.toString('base64'));
  return { bytes, colors };
}

test('a person shows the exercise', async ({ open_demo }) => {
  const demo = await open_demo({ browser_options: WITH_GRAPHICS });
  const { window } = demo;
  const { page, t, button } = window;
  await demo.sign_in();
  await to_introduction(window, demo.origin);
  await page.locator('.person[data-ready]').waitFor({ timeout: 120_000 });
  const side = await drawn(page);
  expect(side.colors).toBeGreaterThan(500);

  await button('person.view.front').click();
  const front = await drawn(page);
  expect(front.bytes.equals(side.bytes)).toBe(false);
  await page.locator('.person-frame').focus();
  await page.keyboard.press('ArrowLeft');
  expect((await drawn(page)).bytes.equals(front.bytes)).toBe(false);

  // Less motion is asked for: nothing moves until it is played.
  expect((await drawn(page)).bytes.equals((await drawn(page)).bytes)).toBe(true);
  await button('person.mistakes').click();
  await expect(page.locator('.person-sign')).toContainText(`✓ ${t('person.sign.right')}`);
  await expect(page.locator('.person-sign')).toContainText(`✗ ${t('person.sign.wrong')}`, { timeout: 120_000 });
  await expect(page.locator('.person-told')).toContainText(t('person.wrong', { name: '' }).trim());
  await button('person.pause').click();
  await look(window, 'person');
  expect(window.problems).toEqual([]);
});

test('without graphics the drawn figure stays', async ({ open_demo }) => {
  const demo = await open_demo({ browser_options: ['--disable-3d-apis'] });
  const { window } = demo;
  await demo.sign_in();
  await to_introduction(window, demo.origin);
  await expect(window.page.locator('.introduced .figure')).toBeVisible();
  await expect(window.page.locator('.person')).toHaveCount(0);
});
