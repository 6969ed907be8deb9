// SPDX-License-Identifier: Apache-2.0
// Rounds of exercises through the pages while everything around them fails at random points: each set that the page
// called finished is in the record exactly once when all is well again, with its observations once.
//
// REPRISE_ROUNDS: how many; REPRISE_SEED: of their random numbers; REPRISE_FAULT: one fault alone.
//
// Faults are drawn from the seed: the network fails (before a request, within it, after the server has taken it,
// without an answer, or altogether), the server (killed, and started again on the same folder), the tab (closed right
// after the last tap; its process killed), the device's storage (full), the sign-in (ended), and two tabs at once.

import { PASSWORD, fill_disk, unsent } from './demo.mjs';
import { expect, test, until } from './journey.ts';
import { open_proxy } from './proxy.mjs';

const pause = (ms) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

const rounds = Number(process.env.REPRISE_ROUNDS ?? 8);
const seed = Number(process.env.REPRISE_SEED ?? 1);
const only = process.env.REPRISE_FAULT;

/** Numbers from 0 to 1 that a seed makes (mulberry32). */
function numbers_of(start) {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const over = (screen) => screen === 'summary' || screen === 'none';

const known = new Set();
const identifiers = new Set();

test('each finished set is in the record once, whatever fails', async ({ at_end, open_demo }) => {
  test.setTimeout(Math.max(880_000, rounds * 30_000));
  // How many numbers a round takes depends on how quick everything is: each begins with some of its own.
  let random = numbers_of(seed);
  const below = (limit) => Math.floor(random() * limit);

  const proxy = await open_proxy();
  at_end(() => proxy.close());
  const demo = await open_demo({ proxy });
  const { window, search } = demo;
  const { context, t } = window;
  // A killed tab tells of it; everything else that the pages complain about is none of this test's business but policy
  // and requests elsewhere.
  let page = window.page;

  /** Which screen a tab shows. */
  const screen_of = (tab) =>
    tab.evaluate(
      (words) => {
        const title = document.querySelector('h1')?.textContent ?? '';
        if (document.querySelector('[role=dialog]')) return 'stop';
        if (document.querySelector('.by-hand')) return 'set';
        const named = Object.keys(words).find((name) => title === words[name]);
        if (named) return named;
        if (/hurt after/.test(title)) return 'after';
        if (document.querySelector('.yes-no')) return 'flags';
        return document.querySelector('.introduced') ? 'introduce' : '';
      },
      {
        rest: t('rest.title'),
        before: t('pain.before'),
        feeling: t('feeling.title'),
        summary: t('summary.title'),
        none: t('summary.titleNone'),
        today: t('today.title'),
        sign_in: t('signIn.title'),
      },
    );

  const click = (tab, key) =>
    tab
      .getByRole('button', { name: t(key), exact: true })
      .first()
      .click();
  async function choose(tab, number) {
    await tab.locator('.scale label', { hasText: new RegExp(`^${number}$`) }).click();
    await click(tab, 'goOn');
  }

  /** The sets that a round has seen finished, and the doubtful ones, because the tab ended in that moment. */
  let finished = [];
  let unsure = [];
  let said = '';
  at_end(() => {
    if (test.info().errors.length > 0) console.log(`seed ${seed}, round`, said, 'sets', finished, 'unsure', unsure);
  });

  /** `at`: what happens right after the last tap of a set. */
  async function do_set(tab, at) {
    const taps = 1 + below(4);
    const before = Number(/\d+/.exec(await tab.locator('.by-hand .count').textContent())[0]);
    unsure.push(before + taps);
    for (let i = 0; i < taps; ++i) await tab.locator('.tap').click({ noWaitAfter: true });
    const last = at === undefined ? undefined : at(tab);
    const end = click(tab, 'live.finishSet');
    if (last) {
      await Promise.allSettled([end, last]);
      return;
    }
    await end;
    await until(async () => (await screen_of(tab)) !== 'set', 'the set ends');
    unsure.splice(unsure.indexOf(before + taps), 1);
    finished.push(before + taps);
  }

  async function sign_in(tab) {
    await tab.getByLabel(t('account.name'), { exact: true }).fill('robin');
    await tab.getByLabel(t('password.title'), { exact: true }).fill(PASSWORD);
    await click(tab, 'signIn.action');
    await until(async () => (await screen_of(tab)) !== 'sign_in', 'the patient is signed in');
  }

  /** One step on, from whatever is shown. */
  async function step(tab, at) {
    const screen = await screen_of(tab);
    if (screen === '') return pause(25);
    if (screen === 'today') await tab.getByRole('button', { name: `${t('today.only')} Squat` }).click();
    if (screen === 'flags') {
      await click(tab, 'flags.none');
      await click(tab, 'goOn');
    }
    if (screen === 'before' || screen === 'after') await choose(tab, 2);
    if (screen === 'introduce') {
      if ((await tab.locator('h1').textContent()) === 'Squat') {
        for (const box of await tab.getByRole('checkbox').all()) await box.check();
        await click(tab, 'introduce.byHand');
      } else await click(tab, 'session.stop');
    }
    if (screen === 'stop') await click(tab, 'stop.enough');
    if (screen === 'set') await do_set(tab, at);
    if (screen === 'rest') await click(tab, 'rest.startNow');
    if (screen === 'feeling') await choose(tab, below(10));
    if (screen === 'sign_in') await sign_in(tab);
    await until(async () => tab.isClosed() || (await screen_of(tab)) !== screen, 'another screen');
    return screen;
  }

  const start = (tab) => tab.goto(`${demo.origin}/session?exercise=3`);

  async function another_tab() {
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await start(page);
  }

  /**
   * Each begins at a random point; what it returns, if anything, is how it ends. `at`: it waits for the last tap of a
   * set.
   */
  const FAULTS = {
    before: () => proxy.fail('before', 1 + below(3)),
    within: () => proxy.fail('within', 1 + below(3)),
    after: () => proxy.fail('after', 1 + below(3)),
    silent: () => proxy.fail('silent', 1),
    down: () => proxy.fail('down', Infinity),
    async offline() {
      await context.setOffline(true);
      return () => context.setOffline(false);
    },
    killed: () => demo.kill(),
    closed: {
      at: async (tab) => {
        await tab.close();
      },
    },
    crashed: {
      at: async (tab) => {
        const session = await context.newCDPSession(tab);
        await Promise.race([session.send('Page.crash').catch(() => {}), pause(200)]);
        await tab.close();
      },
    },
    full: () => fill_disk(page),
    ended: () => context.clearCookies(),
    two_tabs: {},
  };

  /** Several tabs take turns: no one uses two at once. */
  async function to_the_end(tabs, before_step: (i: number) => Promise<unknown> = async () => undefined) {
    for (let i = 0; i < 150; ++i) {
      const open = [];
      for (const tab of tabs) if (!tab.isClosed() && !over(await screen_of(tab))) open.push(tab);
      if (open.length === 0) return;
      const tab = open[below(open.length)];
      if (tabs.length > 1) await tab.bringToFront();
      const at = await before_step(i);
      if ((await step(tab, at)) === 'sign_in') await start(tab);
    }
    throw new Error(`no end in sight: ${await screen_of(tabs[0])}`);
  }

  async function all_is_sent() {
    await until(
      async () => {
        if ((await screen_of(page)) === 'sign_in') await sign_in(page);
        if ((await unsent(page)) === 0 && (await page.getByText(t('sending.done'), { exact: true }).count()) > 0)
          return true;
        // Signed out, the patient signs in again: by way of another page, because the session's own asks for nothing.
        // Before anything is sent again, which takes the words away.
        if ((await page.getByText(t('sending.signIn')).count()) > 0) await click(page, 'session.toToday');
        const now = page.getByRole('button', { name: t('sending.now'), exact: true });
        if (await now.isEnabled({ timeout: 50 }).catch(() => false)) await now.click({ timeout: 1000 }).catch(() => {});
        return (
          (await unsent(page)) === 0 &&
          (await screen_of(page)) === 'today' &&
          (await page
            .getByText(t('today.start'))
            .or(page.getByText(t('today.again')))
            .count()) > 0 &&
          (await page.locator('.notice', { hasText: 'not sent yet' }).count()) === 0
        );
      },
      'all is sent',
      40_000,
    );
  }

  async function a_round(number) {
    random = numbers_of(seed * 10_007 + number);
    const names = only ? [only] : Object.keys(FAULTS);
    const chosen = [...new Set([names[below(names.length)], ...(random() < 0.3 ? [names[below(names.length)]] : [])])]
      // Without room, results last as long as the page, which says so: leaving it is the patient's choice.
      .filter(
        (name, _, all) => name === 'full' || !(all.includes('full') && ['closed', 'crashed', 'ended'].includes(name)),
      );
    const points = new Map(chosen.filter((name) => FAULTS[name].call).map((name) => [name, below(8)]));
    const at = chosen.map((name) => FAULTS[name].at).find(Boolean);
    const at_set = below(2);
    said = `${number}: ${chosen.join(', ')}`;
    const ends = [];
    finished = [];
    unsure = [];
    let sets = 0;
    const begin = async (i) => {
      for (const [name, point] of points)
        if (point <= i) {
          points.delete(name);
          ends.push(await FAULTS[name]());
        }
      // A tab that has crashed is gone, while another one goes on.
      if (!page.isClosed() && (await screen_of(page)) === 'set') return sets++ === at_set ? at : undefined;
      return undefined;
    };
    await start(page);
    const other = chosen.includes('two_tabs') ? await context.newPage() : undefined;
    other?.setDefaultTimeout(30_000);
    if (other) await start(other);
    await to_the_end([page, ...(other ? [other] : [])], begin);
    if (other) await page.bringToFront();
    if (page.isClosed()) {
      // A server that is away or a full disk would keep the next tab from opening at all: that is another test.
      proxy.heal();
      for (const end of ends.splice(0)) await end?.();
      await another_tab();
      await to_the_end([page]);
    }
    proxy.heal();
    for (const end of ends) await end?.();
    await all_is_sent();
    await other?.close();
  }

  /** The record's new sets are the round's sets. */
  async function the_record_has_each_once() {
    const counted = [];
    for (const procedure of await search('Procedure?_count=1000&_sort=-_lastUpdated')) {
      if (known.has(procedure.id)) continue;
      known.add(procedure.id);
      const [{ value: id }] = procedure.identifier;
      expect(identifiers.has(id), `${id} is there twice`).toBeFalsy();
      identifiers.add(id);
      const observations = await search(`Observation?part-of=Procedure/${procedure.id}&_count=100`);
      const codes = observations.map(({ code }) => code.coding[0].code);
      expect(new Set(codes).size, `${id}: an observation is there twice`).toBe(codes.length);
      counted.push(observations.find(({ code }) => code.coding[0].code === 'repetitions').valueInteger);
    }
    const extra = [...counted];
    for (const count of finished) {
      const place = extra.indexOf(count);
      expect(place, `a set of ${count} is missing: the record has ${counted}`).toBeGreaterThanOrEqual(0);
      extra.splice(place, 1);
    }
    for (const count of extra) {
      const place = unsure.indexOf(count);
      expect(
        place,
        `a set of ${count} was not done, or is there twice: the record has ${counted}`,
      ).toBeGreaterThanOrEqual(0);
      unsure.splice(place, 1);
    }
    return counted.length;
  }

  let sets = 0;
  await demo.sign_in();
  // A consent is asked for again if the record lacks it.
  await until(async () => (await unsent(page)) === 0, 'the consents are in the record');
  await page.evaluate(() => navigator.serviceWorker.ready);
  for (let i = 0; i < rounds; ++i) {
    await test.step(`round ${i}`, async () => {
      await a_round(i);
      sets += await the_record_has_each_once();
    });
  }

  const answers = await search('QuestionnaireResponse?_count=1000');
  expect(new Set(answers.map(({ identifier }) => identifier.value)).size, 'answers are there twice').toBe(
    answers.length,
  );
  const asks_elsewhere = window.problems.filter((problem) => problem.startsWith('asks for'));
  expect(asks_elsewhere).toStrictEqual([]);
  console.log(
    `${rounds} rounds of seed ${seed}: ${sets} sets, each once; the network failed ${JSON.stringify(proxy.failed)}`,
  );
});
