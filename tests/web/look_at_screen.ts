// SPDX-License-Identifier: Apache-2.0
// Each screen once: its picture against the kept one (docs/images/screens), axe, and the sizes of touch targets.

import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { open_window } from './browser.mjs';
import { expect, long, test } from './journey.ts';
import { LEAST_TARGET, small_targets } from './touch_targets.ts';
import { ALL, pairs_left, pairwise, type Way } from './screen_ways.ts';

const axe_source = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** When the walk takes place: server and pages agree on it. */
export const AT = new Date('2026-03-11T09:00:00Z');
/** A phone, and a desk for who works at one. */
export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1280, height: 800 };
/** Of the pixels of one screen: 0.5 %. A page that is longer may not differ in more. */
export const MOST_DIFFERENT = 0.005;

/** Machines draw these differently: the camera's picture, and the person in three dimensions. */
const LEFT_BLANK = 'video, .person canvas { visibility: hidden !important; }';

/** Of a window without a page yet: its time stands still, its scroll bar takes no room, and LEFT_BLANK holds. */
export async function stand_still({ context }: Awaited<ReturnType<typeof open_window>>, at_ms: number) {
  await context.clock.setFixedTime(at_ms);
  // The pages' policy lets no style element be added.
  await context.addInitScript((rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets.push(sheet);
  }, `html { scrollbar-gutter: auto !important; } ${LEFT_BLANK}`);
}

/** In the page: shows it in a way, and returns its violations of axe, and an element wider than the window. */
async function tried({ theme, language, text }: Way): Promise<string[]> {
  const root = document.documentElement;
  const scheme = theme === 'dark' ? 'dark' : 'light';
  const choose = (key: string, newValue: string) =>
    window.dispatchEvent(new StorageEvent('storage', { key, newValue, storageArea: window.localStorage }));
  choose('reprise-theme', scheme);
  choose('reprise-language', language);
  root.style.fontSize = text === 100 ? '' : `${text}%`;
  while (root.lang !== language || root.dataset.mantineColorScheme !== scheme) await new Promise(requestAnimationFrame);
  // Curves take the new width some pictures later.
  for (let i = 0; i < 60 && root.scrollWidth > root.clientWidth; ++i) await new Promise(requestAnimationFrame);
  const wider = root.scrollWidth - root.clientWidth;
  const widest = [...document.querySelectorAll('body *')].findLast(
    (element) => element.getBoundingClientRect().right > root.clientWidth + 1,
  );
  const { violations } = await window.axe.run({ resultTypes: ['violations'], preload: false });
  return [
    ...(wider > 0 ? [`${wider} pixels wider than the window: ${widest?.outerHTML.slice(0, 200)}`] : []),
    ...violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id} ${html} ${any[0]?.message ?? ''}`)),
  ];
}

interface Options {
  size?: typeof PHONE;
  /** Whether its targets are for a finger. */
  touched?: boolean;
  /** Shows what no two runs show alike, and is left blank. */
  blank?: readonly string[];
}

/**
 * Some pages have tabs or tools at the lower edge of the window, which is then the whole page; once the page has the
 * same length for a while.
 */
async function fit(page: Page, size: typeof PHONE) {
  await page.setViewportSize(size);
  const length = () =>
    page.evaluate(() =>
      document.querySelector('.tabs, .plan-bar') && !document.querySelector('[role="dialog"]')
        ? document.documentElement.scrollHeight
        : 0,
    );
  let whole = await length();
  for (let i = 0; whole > 0 && i < 20; ++i) {
    await page.waitForTimeout(400);
    const before = whole;
    whole = await length();
    if (whole === before) break;
  }
  if (whole > size.height) await page.setViewportSize({ ...size, height: whole });
}

/** Compares it with its picture, three times if need be: a busy machine may load a part later. Empty: it is alike. */
async function looks_otherwise(page: Page, name: string, { size, blank }: Required<Pick<Options, 'size' | 'blank'>>) {
  for (let attempt = 1; ; ++attempt) {
    await fit(page, size);
    try {
      await expect(page).toHaveScreenshot(`${name}.png`, {
        fullPage: (await page.getByRole('dialog').count()) === 0,
        maxDiffPixels: Math.floor(MOST_DIFFERENT * size.width * size.height),
        mask: blank.map((selector) => page.locator(selector)),
        maskColor: '#c9c4ba',
        timeout: 10_000,
      });
      return '';
    } catch (error) {
      if (attempt === 3) return String(error);
    }
  }
}

let count = 0;

/** Every screen of a walk comes here once. */
export const screen = (page: Page, name: string, options: Options = {}) =>
  test.step(name, async () => {
    const { size = PHONE, touched = size === PHONE, blank = [] } = options;
    const number = count++;
    await page.setViewportSize(size);
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.mouse.move(0, 0);
    // Lists load their small pictures after the page.
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLImageElement>('img.figure.shown')].every(
        ({ complete, naturalWidth }) => complete && naturalWidth > 0,
      ),
    );
    const wrong = await looks_otherwise(page, name, { size, blank });
    expect.soft(wrong, `${name} looks as its picture`).toBe('');
    if (touched) {
      const small = await page.evaluate(small_targets, LEAST_TARGET);
      expect.soft(small, `${name}: at least 44 x 44 pixels`).toStrictEqual([]);
    }
    if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe_source);
    for (const way of long ? ALL : pairwise(number)) {
      await page.setViewportSize({ width: way.width, height: 844 });
      await page.emulateMedia({ contrast: way.theme === 'contrast' ? 'more' : 'no-preference' });
      expect.soft(await page.evaluate(tried, way), `${name}: ${Object.values(way).join(' ')}`).toStrictEqual([]);
    }
    await page.emulateMedia({ contrast: 'no-preference' });
    await page.setViewportSize(size);
    await page.evaluate(put_back);
  });

/** In the page: as it was. */
async function put_back() {
  const root = document.documentElement;
  for (const [key, newValue] of [
    ['reprise-theme', 'light'],
    ['reprise-language', 'en'],
  ])
    window.dispatchEvent(new StorageEvent('storage', { key, newValue, storageArea: window.localStorage }));
  root.style.fontSize = '';
  while (root.lang !== 'en' || root.dataset.mantineColorScheme !== 'light') await new Promise(requestAnimationFrame);
}

/** After the walk: each pair of settings was seen. */
export const all_pairs_were_seen = () => expect(pairs_left(count)).toStrictEqual([]);
