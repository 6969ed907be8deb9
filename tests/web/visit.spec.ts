// SPDX-License-Identifier: Apache-2.0
// A video visit between two browsers, through the pages of a real server: a clinician begins it, the patient agrees,
// both see and hear each other, directly and through a relay (coturn, on this machine); and what goes wrong on the way.
//
// With REPRISE_LONG also what takes long: the relay is lost and comes back, the sign-in ends, the network to the server
// is lost.

import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { close_browser, launch_whole_browser, open_window } from './browser.mjs';
import { demo_patient, sign_in_clinician } from './chart_patient.mjs';
import { expect, long, pictures, test, until } from './journey.ts';
import { look } from './look.ts';

const secret = 'a secret of this test';
// A browser reaches a relay by the network, also where that is this machine.
const address =
  Object.values(networkInterfaces())
    .flat()
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';

// Few pictures a second: three browsers that code them share this machine with other tests.
const devices = ['--use-fake-device-for-media-stream=fps=10'];
const launch = (...more: string[]) => launch_whole_browser('--use-fake-ui-for-media-stream', ...more);

/** The browser's own connections, for looking at them; `relay`: they may go by no other way. */
const watched = (relay_only) => {
  window.peers = [];
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(options) {
      super(relay_only ? { ...options, iceTransportPolicy: 'relay' } : options);
      window.peers.push(this);
    }
  };
};

/** What came of one kind, as the browser counts it. */
const received = (page, kind) =>
  page.evaluate(async (wanted) => {
    const peer = window.peers.at(-1);
    const all = peer ? [...(await peer.getStats()).values()] : [];
    const inbound = all.find((one) => one.type === 'inbound-rtp' && one.kind === wanted) ?? {};
    const pair = all.find(
      ({ type, nominated, state }) => type === 'candidate-pair' && nominated && state === 'succeeded',
    );
    const kind_of = (id) => all.find((one) => one.id === id)?.candidateType;
    return {
      frames: inbound.framesDecoded ?? 0,
      energy: inbound.totalAudioEnergy ?? 0,
      way: pair ? `${kind_of(pair.localCandidateId)} ${kind_of(pair.remoteCandidateId)}` : '',
    };
  }, kind);

const in_state = (window, key, values = {}) =>
  window.page.locator('.visit-state').getByText(window.t(key, values), { exact: true }).waitFor();
const ROBIN = 'Robin Simulated';
const KIM = 'Kim Simulated, physiotherapist';

test('a video visit', async ({ at_end, open_demo, scratch }) => {
  /** As docs/operations/server.md has it, on a free port. */
  async function start_relay(port) {
    const relay = spawn(
      'turnserver',
      [
        '-n',
        '--use-auth-secret',
        `--static-auth-secret=${secret}`,
        '--realm=reprise',
        `--listening-ip=${address}`,
        `--relay-ip=${address}`,
        `--listening-port=${port}`,
        '--fingerprint',
        '--no-cli',
        '--no-tls',
        '--no-dtls',
        '--no-multicast-peers',
        '--denied-peer-ip=0.0.0.0-255.255.255.255',
        `--allowed-peer-ip=${address}`,
        '--log-file=stdout',
        '--simple-log',
        `--pidfile=${join(scratch, 'relay.pid')}`,
        `--userdb=${join(scratch, 'relay.db')}`,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    process.on('exit', () => relay.kill('SIGKILL'));
    let said = '';
    for (const stream of [relay.stdout, relay.stderr])
      stream.on('data', (text) => {
        said += text;
      });
    relay.on('error', (error) => {
      said += error.message;
    });
    const answers = () =>
      new Promise((resolve) => {
        const socket = connect(port, address, () => resolve(true))
          .on('error', () => resolve(false))
          .on('close', () => resolve(false));
        socket.on('connect', () => socket.end());
      });
    await until(answers, 'the relay answers', 5000).catch((error) => {
      throw new Error(`${error.message}\n${said}`);
    });
    return relay;
  }

  const port = await test.step('free port', async () => {
    const server = createServer().listen(0, address);
    await new Promise((resolve) => {
      server.on('listening', resolve);
    });
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => {
      server.close(resolve);
    });
    return port;
  });
  let relay = await start_relay(port);
  at_end(() => relay.kill());
  const secret_file = join(scratch, 'secret');
  writeFileSync(secret_file, `${secret}\n`, { mode: 0o600 });
  const demo = await open_demo({
    browser_options: devices,
    whole: true,
    options: ['--visits-turn-server', `${address}:${port}`, '--visits-turn-secret-file', secret_file],
    width: 390,
  });
  const desk = await launch(...devices);
  const bare = await launch();
  at_end(() => Promise.all([close_browser(desk), close_browser(bare)]));
  const robin = demo.window;
  const kim = await open_window(desk, demo.origin, { width: 1280 });
  await robin.page.addInitScript(watched, false);
  await kim.page.addInitScript(watched, false);

  /** Both see moving pictures, from now on. */
  async function both_see(windows: { page: Page }[] = [robin, kim]) {
    const before = await Promise.all(
      windows.map(async ({ page }) => ({
        peers: await page.evaluate(() => window.peers.length),
        frames: (await received(page, 'video')).frames,
      })),
    );
    await until(async () => {
      const now = await Promise.all(
        windows.map(async ({ page }) => ({
          peers: await page.evaluate(() => window.peers.length),
          frames: (await received(page, 'video')).frames,
        })),
      );
      return now.every(({ peers, frames }, i) => frames > (peers === before[i].peers ? before[i].frames : 0) + 5);
    }, 'pictures come on both sides');
  }

  let patient: string;

  /** The picture comes on while the server cannot be asked, and the page says what that means. */
  async function talks_on(lose, find, key) {
    await lose();
    await kim.shows(key);
    const before = await kim.page.evaluate(() => window.peers.length);
    expect(await kim.page.evaluate(() => window.peers.at(-1).connectionState), 'the talk goes on').toBe('connected');
    await find();
    await kim.page.getByText(kim.t(key), { exact: true }).waitFor({ state: 'detached' });
    expect(await kim.page.evaluate(() => window.peers.length), 'nothing was connected anew').toBe(before);
  }

  async function what_takes_long(poor) {
    const other_of_poor = () =>
      poor.page.evaluate(
        async (id) => (await (await fetch(`/visits/${id}`)).json()).other,
        new URL(poor.page.url()).searchParams.get('appointment'),
      );
    const [cookie] = (await kim.context.cookies()).filter(({ httpOnly }) => httpOnly);
    await talks_on(
      () => kim.context.clearCookies(),
      () => kim.context.addCookies([cookie]),
      'visit.trouble.session',
    );
    await talks_on(
      () => kim.context.setOffline(true),
      () => kim.context.setOffline(false),
      'visit.trouble.server',
    );
    // For so long that the server takes her for gone: of the patient's page, that is no reason to end the talk.
    await kim.context.setOffline(true);
    await until(async () => (await other_of_poor()) === null, 'the server takes the clinician for gone', 40_000);
    await poor.page.waitForTimeout(3500);
    await in_state(poor, 'visit.state.relay');
    await kim.context.setOffline(false);
    await kim.page.getByText(kim.t('visit.trouble.server'), { exact: true }).waitFor({ state: 'detached' });
    await until(async () => (await other_of_poor())?.connected, 'she is there again');
    expect(await poor.page.evaluate(() => window.peers.length), 'nothing was connected anew').toBe(1);
    relay.kill('SIGKILL');
    await Promise.all([in_state(poor, 'visit.state.lost'), in_state(kim, 'visit.state.lost')]);
    const began = Date.now();
    relay = await start_relay(port);
    poor.page.setDefaultTimeout(30_000);
    await in_state(poor, 'visit.state.relay');
    console.log(`connected ${Date.now() - began} ms after the relay came back`);
    const { frames } = await received(poor.page, 'video');
    await until(async () => (await received(poor.page, 'video')).frames > frames + 5, 'the clinician is seen again');
  }

  async function one_leaves_and_the_other_waits() {
    await robin.button('visit.end').click();
    await robin.page
      .getByRole('dialog')
      .getByRole('button', { name: robin.t('visit.end'), exact: true })
      .click();
    await robin.shows('visit.ended');
    await in_state(kim, 'visit.state.left', { name: ROBIN });
    await robin.button('visit.again').click();
    await robin.button('visit.join').click();
    await both_see();
  }

  await demo.sign_in();
  await sign_in_clinician(demo, kim);

  await test.step('a clinician begins it', async () => {
    ({ patient } = await demo_patient(demo));
    await kim.page.goto(`${demo.origin}/patient?id=${patient}`);
    await kim.button('visit.start').click();
    await kim.heading('visit.title');
    await kim.shows('visit.unasked', { name: ROBIN });
    // Clinician finding 31: a waiting page polls the visit, but not the patient: each poll would be an entry in the
    // audit log.
    const asked = [];
    const listen = (request) => asked.push(new URL(request.url()).pathname);
    kim.page.on('request', listen);
    await until(() => asked.filter((path) => path.startsWith('/visits/')).length >= 2, 'the lobby asks again', 15_000);
    kim.page.off('request', listen);
    expect(asked.filter((path) => path.startsWith('/fhir/Patient'))).toStrictEqual([]);
    await expect(kim.button('visit.join'), 'no one joins without the consent').toBeDisabled();
    const [made] = await demo.search(`Appointment?patient=${patient}`);
    expect([made.status, made.appointmentType.coding[0].code, made.meta.tag[0].code]).toStrictEqual([
      'booked',
      'video',
      'simulated',
    ]);
    // Begun again, it is the same one.
    await kim.page.goBack();
    await kim.button('visit.start').click();
    await kim.heading('visit.title');
    expect(await demo.search(`Appointment?patient=${patient}`)).toHaveLength(1);
  });

  await test.step('the patient agrees', async () => {
    await robin.page.goto(`${demo.origin}/today`);
    await robin.button('visit.toVisit').click();
    await robin.heading('visit.title');
    await robin.button('visit.consent.send').click();
    await robin.page.getByRole('alert').getByText(robin.t('visit.consent.missing')).waitFor();
    await look(robin, 'consent');
    await robin.page.getByRole('radio', { name: robin.t('yes'), exact: true }).check();
    await robin.button('visit.consent.send').click();
    await robin.button('visit.join').waitFor();
    const [consent] = await demo.search(`Consent?patient=${patient}&category=urn:reprise:consent%7Cvideo-visit`);
    expect([consent.provision.type, consent.scope.coding[0].code, consent.meta.tag[0].code]).toStrictEqual([
      'permit',
      'treatment',
      'simulated',
    ]);
    expect(Buffer.from(consent.sourceAttachment.data, 'base64').toString()).toMatch(/Never recorded/);
    await until(
      async () => Number(await robin.page.locator('meter').getAttribute('value')) > 0.1,
      'the microphone is heard',
    );
    await look(robin, 'lobby');
  });

  await test.step('they see and hear each other', async () => {
    await until(async () => !(await kim.button('visit.join').isDisabled()), 'the clinician may come in');
    await kim.button('visit.join').click();
    await in_state(kim, 'visit.state.alone', { name: ROBIN });
    await robin.shows('visit.there', { name: KIM });
    const began = Date.now();
    await robin.button('visit.join').click();
    await Promise.all([in_state(kim, 'visit.state.connected'), in_state(robin, 'visit.state.connected')]);
    const connected = Date.now() - began;
    await both_see();
    console.log(`connected ${connected} ms and seen ${Date.now() - began} ms after joining`);
    await until(
      async () => /host|prflx/.test((await received(robin.page, 'video')).way),
      'on one machine the way is direct',
    );
    await until(async () => (await received(kim.page, 'audio')).energy > 0, 'the patient is heard');
    await Promise.all([look(robin, 'call, patient'), look(kim, 'call, clinician', { narrow: 820 })]);
  });

  await test.step('sound picture and text', async () => {
    await robin.button('visit.mute').click();
    await kim.shows('visit.otherMuted', { name: ROBIN });
    const heard = async () => (await received(kim.page, 'audio')).energy;
    // The device beeps each second, with a power of a tenth and more; what fades is far below.
    const silent = async () => {
      const before = await heard();
      await kim.page.waitForTimeout(1100);
      return (await heard()) - before < 1e-4;
    };
    await until(silent, 'who is muted is not heard');
    const energy = await heard();
    await robin.button('visit.unmute').click();
    await until(async () => (await heard()) > energy + 1e-3, 'and is heard again');
    await robin.field('visit.line').fill('Can you <b>hear</b> me?');
    await robin.page.keyboard.press('Enter');
    await kim.page.getByRole('log').getByText('Can you <b>hear</b> me?').waitFor();
    await robin.button('visit.camera.off').click();
    await kim.shows('visit.otherNoPicture', { name: ROBIN });
    const { frames } = await received(kim.page, 'video');
    await robin.button('visit.camera.on').click();
    await until(async () => (await received(kim.page, 'video')).frames > frames + 5, 'the camera is on again');
  });
  if (long) await test.step('one leaves and the other waits', one_leaves_and_the_other_waits);

  await test.step('the window is loaded anew and opened twice', async () => {
    await robin.page.reload();
    await robin.button('visit.join').click();
    await both_see();
    const second = await robin.context.newPage();
    await second.addInitScript(watched, false);
    await second.goto(robin.page.url());
    await second.getByRole('button', { name: robin.t('visit.join'), exact: true }).click();
    await robin.shows('failure.visit-elsewhere');
    await both_see([{ page: second }, kim]);
    await second.close();
  });

  // No camera, no microphone, and no other way than through the relay.
  const poor = await test.step('without devices through the relay', async () => {
    const poor = await open_window(bare, demo.origin, { width: 390 });
    await poor.context.addCookies(await robin.context.cookies());
    await poor.page.addInitScript(watched, true);
    await poor.page.goto(robin.page.url());
    await poor.shows('visit.video.absent');
    await poor.shows('visit.audio.absent');
    if (pictures) await look(poor, 'no devices');
    await poor.button('visit.joinWithout').click();
    await in_state(poor, 'visit.state.relay');
    await until(async () => (await received(poor.page, 'video')).frames > 5, 'the clinician is seen');
    await until(async () => /relay/.test((await received(poor.page, 'video')).way), 'the way is the relay');
    await kim.shows('visit.otherNoPicture', { name: ROBIN });
    await poor.field('visit.line').fill('I see you.');
    await poor.button('visit.send').click();
    await kim.page.getByRole('log').getByText('I see you.').waitFor();
    return poor;
  });
  if (long) await test.step('what takes long', () => what_takes_long(poor));

  await test.step('consent is withdrawn', async () => {
    await robin.page.goto(`${demo.origin}/settings`);
    await robin.page.getByRole('switch', { name: robin.t('visit.setting.switch') }).uncheck();
    await Promise.all([poor.shows('failure.visit-no-consent'), kim.shows('failure.visit-no-consent')]);
    if (pictures) await look(kim, 'ended', { narrow: 820 });
    await poor.page.reload();
    await poor.shows('visit.consent.denied');
    expect(await poor.button('visit.join').count()).toBe(0);
  });

  await test.step('what the record keeps', async () => {
    const talks = await demo.search(
      `Encounter?subject=Patient/${patient}&type=urn:reprise:remote-monitoring%7Cinteraction`,
    );
    const last = talks.at(-1);
    expect([last?.status, last?.class.code, last?.meta.tag[0].code]).toStrictEqual(['finished', 'VR', 'simulated']);
    expect(Date.parse(last.period.end)).toBeGreaterThan(Date.parse(last.period.start));
    const events = await demo
      .search(`AuditEvent?patient=${patient}&entity-type=Appointment&_count=100`)
      .catch(() => []);
    expect(JSON.stringify([talks, events]), 'neither words nor network details are kept').not.toMatch(
      /candidate|a=ice|hear/,
    );
  });

  expect([robin.problems, kim.problems, poor.problems]).toStrictEqual([[], [], []]);
});
