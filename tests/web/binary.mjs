// FHIR finding D5: a Binary never runs in the origin of the pages. HTML, SVG and scripts are put into the record as
// their own media types and opened in Chromium in each way that a browser knows; their scripts try to leave a mark.
//
//   node tests/web/binary.mjs REPRISE_COMMAND

import assert from 'node:assert/strict';
import { start_server } from '../server/server.mjs';
import { launch_browser } from './browser.mjs';

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

const server = await start_server(process.argv[2], ['--without-sign-in']);
const browser = await launch_browser();
try {
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
    assert.equal(made.status, 201, await made.clone().text());
    const address = `${server.base}/Binary/${(await made.json()).id}`;

    // Given back unchanged, if read as a file.
    await page.goto(`${server.origin}/open`);
    const read = await page.evaluate(async (url) => {
      const answer = await fetch(url, { headers: { accept: '*/*' } });
      return { text: await answer.text(), type: answer.headers.get('content-type') };
    }, address);
    assert.deepEqual(read, { text: content, type });

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
    assert.equal(await page.evaluate(() => window.ran), undefined, `${type} ran as a part of a page`);

    // As a page of its own: it is offered as a file.
    const tab = await context.newPage();
    const download = tab.waitForEvent('download');
    await tab.goto(address).catch(() => {});
    assert.ok(await download, `${type} was not offered as a file`);
    await tab.close();
    assert.equal(
      await page.evaluate(() => localStorage.getItem('ran')),
      null,
      `${type} ran in the origin of the pages`,
    );
  }
  console.log(`${Object.keys(FILES).length} media types, none ran`);
} finally {
  await browser.close();
  await server.stop();
}
