// SPDX-License-Identifier: Apache-2.0
// The coach as it runs in a patient's browser, in Debian's Chromium under the server's own policy: shown the same
// pictures at the same times it must say what `reprise analyze` says; what goes wrong must have its code; nothing may
// be asked of anybody else.
//
// Real clips come from ../shared/data or REPRISE_DATA; where there are none, the drawn one alone is shown.
// tests/revalidation/clips_in_browser.mjs shows it all of them.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { open_coach_page } from './coach_page.mjs';
import { clip_pictures, command, expect, test } from './journey.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const data = process.env.REPRISE_DATA ?? join(root, '../shared/data');
const run = (...options) => execFileSync(command, options, { stdio: ['ignore', 'pipe', 'pipe'] });
const text = (exercise) => readFileSync(join(root, `catalog/exercises/${exercise}.json`), 'utf8');

test('the coach in a browser says what the command says', async ({ at_end, scratch }) => {
  /** session.json of the command. */
  function analyzed(clip, exercise, model) {
    const out = mkdtempSync(join(scratch, 'out_'));
    run('analyze', clip, '--exercise', exercise, '--model', model, '--out', out);
    const [file] = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('session.json'),
    );
    return JSON.parse(readFileSync(join(out, file), 'utf8'));
  }

  const page = await open_coach_page({
    command,
    clip_pictures,
    args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  });
  at_end(() => page.close());
  /** Runs in the page; `window.coach` is the one that is open. */
  const inside = (work: (values: any[]) => unknown, ...values: any[]): Promise<any> => page.page.evaluate(work, values);

  async function open(model) {
    const progress = await inside(async ([wanted]) => {
      window.coach?.close();
      const shares = { runtime: [], models: [] };
      window.coach = await window.openCoach({ model: wanted, onProgress: (share, what) => shares[what].push(share) });
      return shares;
    }, model);
    for (const shares of Object.values<number[]>(progress)) {
      expect(
        shares.length > 1 && shares.every((share, i) => share > 0 && share <= 1 && share >= (shares[i - 1] ?? 0)),
        String(shares),
      ).toBeTruthy();
    }
  }

  async function says_what_the_command_says(clip, exercise, model) {
    const native = analyzed(clip, exercise, model);
    const got = await inside(
      ([url, json]) => window.coach_clip(window.coach, url, json),
      page.add_clip(clip),
      text(exercise),
    );
    const ours = JSON.parse(got.session);
    const name = `${clip} ${exercise} ${model}`;
    // What rounds otherwise in the networks' two runtimes is carried on from picture to picture, and may move an event
    // by one.
    const picture_s =
      Math.max(...got.looks.map(({ time_s }, i) => time_s - (got.looks[i - 1]?.time_s ?? time_s))) + 0.001;
    const timeless = (events) => events.map(({ time_s, ...event }) => event);
    expect(timeless(ours.exercise.events), name).toStrictEqual(timeless(native.exercise.events));
    for (const [i, { time_s }] of ours.exercise.events.entries()) {
      expect(
        Math.abs(time_s - native.exercise.events[i].time_s),
        `${name}: event ${i} at ${time_s}, ${native.exercise.events[i].time_s}`,
      ).toBeLessThanOrEqual(picture_s);
    }
    expect(got.count, name).toBe(native.exercise.summary.repetitions_complete);
    expect(ours.exercise.frames, name).toStrictEqual(native.exercise.frames);
    expect(ours.models, name).toStrictEqual(native.models);
    expect([ours.source.width_px, ours.source.height_px], name).toStrictEqual([
      native.source.width_px,
      native.source.height_px,
    ]);
    // The document keeps the events announced during the set.
    const said = got.looks.flatMap(({ events }) => events).concat(got.events);
    expect(
      said.map(({ kind, count, detail }) => [kind, count, detail]),
      name,
    ).toStrictEqual(native.exercise.events.map(({ kind, count, detail }) => [kind, count, detail]));
    for (const { seen, image_px, visibility, now, readiness, light, stages } of got.looks) {
      expect([image_px?.length, visibility?.length]).toStrictEqual(seen ? [99, 33] : [undefined, undefined]);
      expect(
        now &&
          readiness === undefined &&
          light > 0 &&
          light < 1 &&
          Object.values<number>(stages).every((ms) => ms >= 0),
        `${name}: ${JSON.stringify({ now, readiness, light, stages })}`,
      ).toBeTruthy();
    }
    return got;
  }

  /** A figure that the body model drew, filmed from its side. */
  function drawn_clip(repetitions = 2) {
    const out = join(scratch, `drawn_${repetitions}`);
    run('generate', 'squat', '--repetitions', `${repetitions}`, '--frame-rate', '15', '--clip', '--out', out);
    return join(out, 'clip.mp4');
  }

  async function a_set_in_every_way(clip) {
    await open('lite');
    const first = await says_what_the_command_says(clip, 'squat', 'lite');
    expect(first.count).toBe(2);
    expect(first.looks.filter(({ now }) => now.problem?.kind === 'other_exercise')).toHaveLength(0);

    // The set-up check; through a canvas, as in browsers without VideoFrame: the same pictures.
    const looks = (bitmaps) =>
      inside(
        async ([url, json, options]) => {
          await window.coach.prepare(json, {});
          return window.show_clip(window.coach, url, options);
        },
        page.add_clip(clip),
        text('squat'),
        { bitmaps, pictures: 25 },
      );
    const ready = await looks(false);
    expect(ready).toHaveLength(25);
    for (const { readiness, now, events, count } of ready) {
      expect(Array.isArray(readiness.findings) && readiness.good_for_s >= 0 && now === undefined).toBeTruthy();
      expect([events, count], 'coaching begins with the set').toStrictEqual([[], 0]);
    }
    expect(ready.at(-1).readiness.findings.filter(({ kind }) => kind === 'nobody')).toHaveLength(0);
    const plain = ({ image_px, visibility, light, people }) => ({ image_px, visibility, light, people });
    expect((await looks(true)).map(plain)).toStrictEqual(ready.map(plain));
  }

  /** As when a phone is turned: from its middle on the same person stands in pictures of another size. */
  async function pictures_of_two_sizes(clip) {
    const { looks, count, session } = await inside(
      ([url, json]) => window.coach_clip(window.coach, url, json, {}, { turned_after: 80 }),
      page.add_clip(clip),
      text('squat'),
    );
    expect(count).toBe(2);
    expect(looks.filter(({ seen }) => !seen).length, 'the person is found again at once').toBeLessThanOrEqual(3);
    const {
      exercise: { summary },
      source,
    } = JSON.parse(session);
    expect(summary.mean_quality > 50 && source.width_px < source.height_px, JSON.stringify(summary)).toBeTruthy();
  }

  /** How many figures the first repetition of a finished set has; none under a ceiling, and once only. */
  const replayed_figures = (clip, ceiling: number | null) =>
    inside(
      async ([url, json, limit]) => {
        const { coach } = window;
        await coach.begin(json, limit === null ? {} : { ceiling: limit });
        await window.show_clip(coach, url);
        const { repetitions } = await coach.finish({
          language: 'en',
          set: {
            id: crypto.randomUUID(),
            session: crypto.randomUUID(),
            patient: 'robin',
            simulated: true,
            exercise: { request: 'squats', side: null, ceiling: limit },
            start: '2026-03-02T10:00:00Z',
            end: '2026-03-02T10:01:00Z',
            stopped: null,
            pain: [],
            effort: null,
            note: null,
          },
        });
        const replay = await coach.replay();
        const later = await coach.replay();
        return [repetitions.length, replay?.first.times_s.length ?? 0, later];
      },
      page.add_clip(clip),
      text('squat'),
      ceiling,
    );

  async function pictures_are_never_queued(clip) {
    const answers = await inside(
      async ([url, json]) => {
        await window.coach.prepare(json, {});
        const { value } = await window.pictures_of(url).next();
        const at = (time_s) => window.as_picture({ ...value, time_s }, false);
        const show = (time_s) => window.coach.show(at(time_s), time_s);
        const both = await Promise.all([show(1), show(2)]);
        const late = await show(1);
        const next = await show(3);
        const closed = at(4);
        await window.coach.show(closed, 4);
        return [...both, late, next]
          .map((look) => look?.time_s ?? 'dropped')
          .concat(closed.format === null ? 'closed' : 'open');
      },
      page.add_clip(clip),
      text('squat'),
    );
    expect(answers).toStrictEqual([1, 'dropped', 'dropped', 3, 'closed']);
  }

  /** The problems that are shown while a person who was asked to bend an elbow squats. */
  async function problems_of_another_movement(clip) {
    const { looks, count } = await inside(
      ([url, json]) => window.coach_clip(window.coach, url, json),
      page.add_clip(clip),
      text('elbow_flexion'),
    );
    expect(count).toBe(0);
    return new Set(looks.map(({ now }) => now.problem?.kind));
  }

  const drawn = drawn_clip();

  await test.step('a set in every way', () => a_set_in_every_way(drawn));
  await test.step('a repetition is drawn again', async () => {
    const [repetitions, figures, later] = await replayed_figures(drawn, null);
    expect([repetitions, later]).toStrictEqual([2, undefined]);
    expect(figures).toBeGreaterThan(20);
    expect((await replayed_figures(drawn, 60))[1], 'a ceiling binds').toBe(0);
  });
  await test.step('pictures of two sizes', () => pictures_of_two_sizes(drawn));

  await test.step('another movement is recognized', async () => {
    const squats = drawn_clip(4);
    expect(await problems_of_another_movement(squats)).toContain('other_exercise');
    page.changed.set('recognition_worker', () => {
      throw new Error('not there');
    });
    await open('lite');
    expect(await problems_of_another_movement(drawn), 'a set without recognition goes on').not.toContain(
      'other_exercise',
    );
    page.changed.clear();
    await open('lite');
  });

  await test.step('pictures are never queued', () => pictures_are_never_queued(drawn));

  await test.step('real clips', async () => {
    for (const [clip, exercise] of [
      ['video/squat/pose_squats.mp4', 'squat'],
      ['video/clips/front_raise_1.mp4', 'shoulder_flexion'],
    ]) {
      const file = join(data, clip);
      if (existsSync(file)) await says_what_the_command_says(file, exercise, 'lite');
      else console.log(`skipped ${clip}: set REPRISE_DATA to the folder that has it`);
    }
  });

  // Chromium's own test picture: no person, but a camera in every other way.
  await test.step('the camera', async () => {
    const got = await inside(async () => {
      const times = [];
      const camera = await window.openCamera({
        onPicture: async (picture, time_s) => {
          times.push(time_s);
          picture.close();
        },
      });
      while (times.length < 10) await new Promise(requestAnimationFrame);
      const { came, dropped } = camera.pictures;
      const [track] = camera.video.srcObject.getVideoTracks();
      const cameras = await window.listCameras();
      camera.close();
      return { times, came, dropped, state: track.readyState, cameras, playing: camera.video.srcObject };
    });
    expect(
      got.times.every((time, i) => i === 0 || time > got.times[i - 1]),
      String(got.times),
    ).toBeTruthy();
    expect(got.came >= 10 && got.dropped <= got.came).toBeTruthy();
    expect([got.state, got.playing], 'the camera is off').toStrictEqual(['ended', null]);
    expect(got.cameras.length >= 1 && got.cameras[0].deviceId).toBeTruthy();
    expect(await inside(() => window.failure_of(() => window.openCamera({ deviceId: 'another' })))).toBe('no-camera');

    const ended = await inside(
      () =>
        new Promise((resolve) => {
          window.openCamera({ onEnded: (failure) => resolve(failure.code) }).then(({ video }) => {
            const [track] = video.srcObject.getVideoTracks();
            track.stop();
            track.dispatchEvent(new Event('ended')); // as when it is unplugged
          });
        }),
    );
    expect(ended).toBe('ended');
    expect(
      await inside(() => {
        const { mediaDevices } = navigator;
        Object.defineProperty(navigator, 'mediaDevices', { value: undefined, configurable: true });
        const code = window.failure_of(() => window.openCamera());
        Object.defineProperty(navigator, 'mediaDevices', { value: mediaDevices, configurable: true });
        return code;
      }),
    ).toBe('unsupported');

    page.fields.page['permissions-policy'] = 'camera=()';
    const tab = await page.context.newPage();
    await tab.goto(`${page.origin}/`);
    await tab.waitForFunction(() => window.ready);
    expect(await tab.evaluate(() => window.failure_of(() => window.openCamera()))).toBe('refused');
    await tab.close();
  });

  // Milliseconds as a device might take them.
  await test.step('full is taken where there is room', async () => {
    const advice = (lite_ms, full_ms) =>
      inside(
        ([lite, full]) => {
          const choice = new window.ModelChoice();
          const stages = { waited_ms: 0, picture_ms: 1, detector_ms: 0, landmarks_ms: lite, coach_ms: 1 };
          for (let i = 0; i < 200; i += 1) {
            const first = choice.note(i < 5 ? { ...stages, landmarks_ms: 300 } : stages);
            if (first === 'stay') return first;
            if (first !== 'try-full') continue;
            for (;;) {
              const second = choice.noteFull(full);
              if (second !== 'wait') return second;
            }
          }
          return 'wait';
        },
        lite_ms,
        full_ms,
      );
    expect(await advice(8, 16)).toBe('take-full');
    expect(await advice(8, 30)).toBe('stay');
    expect(await advice(20, 1), 'full is not even fetched').toBe('stay');
    expect(await advice(0, 1), 'no person was in view').toBe('wait');
  });

  expect(page.problems, 'nothing is asked of anybody else, and the policy is kept').toStrictEqual([]);

  await test.step('what goes wrong has its code', async () => {
    const opening = () => inside(() => window.failure_of(() => window.openCoach({ model: 'lite' })));
    expect(await inside(([json]) => window.failure_of(() => window.coach.begin(json, {})), '{"id": "squat"}')).toBe(
      'unexpected',
    );
    expect(
      await inside(() => window.failure_of(() => window.coach.finishAsDocument({ language: 'en' }))),
      'no set is on',
    ).toBe('unexpected');
    expect(
      await inside(() => {
        window.coach.close();
        return window.failure_of(() => window.coach.begin('', {}));
      }),
    ).toBe('unexpected');

    const changes: [string, (file: Buffer) => Buffer, string][] = [
      [
        'pose_landmark_lite',
        (file) => {
          file[file.length >> 1] ^= 1;
          return file;
        },
        'damaged',
      ],
      [
        'pose_solution_packed_assets',
        () => {
          throw new Error('not there');
        },
        'unreachable',
      ],
      ['litert_wasm', (file) => file.subarray(0, file.length >> 1), 'damaged'],
      [
        'reprise_engine',
        () => {
          throw new Error('not there');
        },
        'unreachable',
      ],
      [
        'coach_worker',
        () => {
          throw new Error('not there');
        },
        'unreachable',
      ],
    ];
    for (const [part, change, code] of changes) {
      page.changed.clear();
      page.changed.set(part, change);
      expect(await opening(), part).toBe(code);
    }
    page.changed.clear();
    expect(
      await inside(async () => {
        const { validate } = WebAssembly;
        WebAssembly.validate = (program: BufferSource) =>
          !(program as Uint8Array).includes(0xfd) && validate.call(WebAssembly, program);
        const code = await window.failure_of(() => window.openCoach());
        WebAssembly.validate = validate;
        return code;
      }),
    ).toBe('no-simd');
  });
});
