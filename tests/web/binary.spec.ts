// SPDX-License-Identifier: Apache-2.0
// FHIR finding D5: a Binary never runs in the origin of the pages. HTML, SVG and scripts are put into the record as
// their own media types and opened in Chromium in each way that a browser knows; their scripts try to leave a mark.

import { expect, test } from './journey.ts';

const MARK =
  "try { localStorage.setItem('ran', location.href); } catch {} " +
  'try { top.ran = true; } catch {} try { self.ran = true; } catch {}';
const FILES = {
  'text/html': `<!doctype html><p>shown</p><script>${MARK}</script><img src=x onerror="${MARK}">`,
  'image/svg+xml':
    `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="${MARK}">` +
    `<script>${MARK}</script><rect width="9" height="9"/></svg>`,
  'text/javascript': MARK,
  'application/xhtml+xml': `<html xmlns="http://www.w3.org/1999/xhtml"><body><script>${MARK}</script></body></html>`,
};

test('no file of the record runs in the origin of the pages', async ({ browser, start_server }) => {
  const server = await start_server(['--without-sign-in']);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.origin}/`);
  // A page of this origin that allows everything: what a Binary may do must not depend on the page around it.
  await context.route(`${server.origin}/open`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><body></body>' }),
  );
  for (const [type, content] of Object.entries(FILES)) {
    const made = await fetch(`${server.base}/Binary`, {
      method: 'POST',
      headers: { 'content-type': type, accept: 'application/fhir+json' },
      body: content,
    });
    expect(made.status, await made.clone().text()).toBe(201);
    const address = `${server.base}/Binary/${(await made.json()).id}`;

    // Given back unchanged, if read as a file.
    await page.goto(`${server.origin}/open`);
    const read = await page.evaluate(async (url) => {
      const answer = await fetch(url, { headers: { accept: '*/*' } });
      return { text: await answer.text(), type: answer.headers.get('content-type') };
    }, address);
    expect(read).toStrictEqual({ text: content, type });

    // As a part of a page: frames, objects, a picture, a script, a style, a worker, a module.
    await page.evaluate(async (url) => {
      const added = [];
      const add = (name, attributes) => {
        const element = Object.assign(document.createElement(name), attributes);
        added.push(
          new Promise((resolve) => {
            element.onload = resolve;
            element.onerror = resolve;
            setTimeout(resolve, 1000);
          }),
        );
        document.body.append(element);
      };
      add('iframe', { src: url });
      add('object', { data: url });
      add('embed', { src: url });
      add('img', { src: url });
      add('script', { src: url });
      add('link', { rel: 'stylesheet', href: url });
      for (const start of [() => new Worker(url), () => import(url), () => navigator.serviceWorker.register(url)]) {
        try {
          added.push(
            Promise.race([
              Promise.resolve(start()).catch(() => {}),
              new Promise((resolve) => {
                setTimeout(resolve, 1000);
              }),
            ]),
          );
        } catch {
          /* refused */
        }
      }
      await Promise.all(added);
    }, address);
    expect(await page.evaluate(() => window.ran), `${type} ran as a part of a page`).toBe(undefined);

    // As a page of its own: it is offered as a file.
    const tab = await context.newPage();
    const download = tab.waitForEvent('download');
    await tab.goto(address).catch(() => {});
    expect(await download, `${type} was not offered as a file`).toBeTruthy();
    await tab.close();
    expect(await page.evaluate(() => localStorage.getItem('ran')), `${type} ran in the origin of the pages`).toBe(null);
  }
});
