// SPDX-License-Identifier: Apache-2.0
// The coach in Debian's Chromium with a video file as the camera: pictures a second, and how long after a picture was
// taken the coach has said what there is to say, by stage. Headless, the pages' own policy, one window.
//
//   node bench/coach_in_browser.mjs [--clip FILE] [--exercise squat] [--seconds 30] [--model lite|full] [--json]
//   node bench/coach_in_browser.mjs --model lite --seconds 1200   # does memory grow?
//
// Without --clip: video/clips/squat_1.mp4 of ../shared/data or REPRISE_DATA, else a figure drawn by `reprise generate`.
// Without --model: first lite, then full. Every 30 s a set ends and another begins. Memory is that of the renderer's
// process, page and worker, at the beginning and after each set; from six minutes on with its slope after the fifth. Of
// the pictures the last 4096 are remembered, in a place that does not grow. On a machine that others use, too, p10 is
// nearest to what the work itself takes.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtProgram, root } from '../tests/revalidation/browser.mjs';
import { open_coach_page } from '../tests/web/coach_page.mjs';

const option = (name, otherwise) =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise;
const command = builtProgram('cli/reprise');
const scratch = mkdtempSync(join(tmpdir(), 'reprise_camera_'));
const exercise = option('--exercise', 'squat');
const seconds = Number(option('--seconds', '30'));
const SET_S = 30;
/** The stored fields of a picture. */
const FIELDS = [
  'late_ms',
  'at_ms',
  'seen',
  'count',
  'waited_ms',
  'picture_ms',
  'detector_ms',
  'landmarks_ms',
  'coach_ms',
];

function clip() {
  const real = option(
    '--clip',
    join(process.env.REPRISE_DATA ?? join(root, '../shared/data'), 'video/clips/squat_1.mp4'),
  );
  if (existsSync(real)) return real;
  execFileSync(command, ['generate', exercise, '--clip', '--out', join(scratch, 'drawn')], { stdio: 'ignore' });
  return join(scratch, 'drawn/clip.mp4');
}

/** The file that Chromium plays as its camera, again and again: 1280 x 720 at 30 pictures a second. */
function camera() {
  const file = join(scratch, 'camera.y4m');
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-i',
    clip(),
    '-vf',
    'scale=1280:720:force_original_aspect_ratio=decrease,pad=1280:720:-1:-1',
    '-r',
    '30',
    '-t',
    '12',
    '-pix_fmt',
    'yuv420p',
    file,
  ]);
  return file;
}

/** Of the largest renderer below this process, in MB. */
function renderer_memory_MB() {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const parent = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
        const size = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
        return [{ pid: Number(pid), parent, size, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') }];
      } catch {
        return []; // ended meanwhile
      }
    });
  const ours = new Set([process.pid]);
  for (let found = 0; found !== ours.size; ) {
    found = ours.size;
    for (const { pid, parent } of processes) if (ours.has(parent)) ours.add(pid);
  }
  return Math.max(
    ...processes
      .filter((one) => ours.has(one.pid) && one.command.includes('--type=renderer'))
      .map(({ size }) => size / 1024),
  );
}

const sorted = (values) => values.toSorted((a, b) => a - b);
const at = (values, share) => sorted(values)[Math.floor(share * (values.length - 1))];
const spread = (values) => `${[0.1, 0.5, 0.95].map((share) => at(values, share).toFixed(1)).join(' / ')} ms`;

async function measure(page, model) {
  const json = readFileSync(join(root, `catalog/exercises/${exercise}.json`), 'utf8');
  await page.page.evaluate(
    async ([wanted, file, fields]) => {
      const coach = await window.openCoach({ model: wanted });
      const looks = (window.looks = { all: 0, last: new Float64Array(4096 * fields.length) });
      const camera = await window.openCamera({
        onPicture: async (picture, time_s) => {
          const look = await coach.show(picture, time_s);
          if (!look) return;
          // Camera times and this clock begin at the same moment.
          const noted = {
            late_ms: performance.now() - time_s * 1000,
            at_ms: performance.now(),
            seen: Number(look.seen),
            count: look.count,
            ...look.stages,
          };
          const place = (looks.all++ % 4096) * fields.length;
          fields.forEach((field, i) => {
            looks.last[place + i] = noted[field];
          });
        },
      });
      await coach.begin(file, {});
      Object.assign(window, { coach, camera });
    },
    [model, json, FIELDS],
  );
  const wait = (s) =>
    new Promise((resolve) => {
      setTimeout(resolve, s * 1000);
    });
  await wait(3); // programs are still being compiled
  await page.page.evaluate(() => {
    window.looks.all = 0;
    Object.assign(window.camera.pictures, { came: 0, dropped: 0 });
  });
  const memory = [renderer_memory_MB()];
  let count = 0;
  for (let left = seconds; left > 0; left -= SET_S) {
    await wait(Math.min(left, SET_S));
    count += await page.page.evaluate(
      async ([file]) => {
        const { count: counted } = await window.coach.finishAsDocument({ language: 'en' });
        await window.coach.begin(file, {});
        return counted;
      },
      [json],
    );
    memory.push(renderer_memory_MB());
  }
  const { all, last, pictures } = await page.page.evaluate(() => {
    window.camera.close();
    window.coach.close();
    return { all: window.looks.all, last: [...window.looks.last], pictures: window.camera.pictures };
  });
  const looks = Array.from({ length: Math.min(all, 4096) }, (_, row) =>
    Object.fromEntries(FIELDS.map((field, i) => [field, last[row * FIELDS.length + i]])),
  );
  return { model, looks, all, pictures, count, memory, rate: all / seconds };
}

/** MB a minute, by least squares, after the fifth minute. */
function slope(memory) {
  const points = memory.map((MB, i) => [(i * SET_S) / 60, MB]).filter(([minute]) => minute >= 5);
  const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
  const [x, y] = [0, 1].map((axis) => mean(points.map((point) => point[axis])));
  return (
    mean(points.map(([minute, MB]) => (minute - x) * (MB - y))) / mean(points.map(([minute]) => (minute - x) ** 2))
  );
}

const page = await open_coach_page({
  command,
  clip_pictures: '',
  args: [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${camera()}`,
  ],
});
const results = [];
try {
  for (const model of option('--model') ? [option('--model')] : ['lite', 'full'])
    results.push(await measure(page, model));
} finally {
  await page.close();
  rmSync(scratch, { recursive: true });
}
// A picture that is under way when the coach is closed says so.
const problems = page.problems.filter((problem) => !problem.includes('the coach was closed'));
if (problems.length > 0) {
  console.error(`asked elsewhere, or against the policy: ${problems.join('; ')}`);
  process.exitCode = 1;
}
if (process.argv.includes('--json')) {
  console.log(JSON.stringify(results));
} else {
  for (const { model, looks, all, pictures, count, memory, rate } of results) {
    const with_person = looks.filter(({ seen }) => seen).length;
    const of = (stage) => spread(looks.map((look) => look[stage]));
    console.log(
      `${model}: ${rate.toFixed(1)} pictures a second of ${(pictures.came / seconds).toFixed(1)} that came; ` +
        `a person in ${with_person} of the last ${looks.length} of ${all}; counted ${count}`,
    );
    console.log(
      `  taken to said, p10 / p50 / p95: ${of('late_ms')}; memory ${memory.map((MB) => MB.toFixed(0)).join(' → ')} MB`,
    );
    if (memory.length > 13)
      console.log(
        `  memory after the fifth minute: ${slope(memory).toFixed(2)} MB a minute, ` +
          `${Math.min(...memory.slice(10)).toFixed(0)} to ${Math.max(...memory.slice(10)).toFixed(0)} MB`,
      );
    console.log(
      `  waited ${of('waited_ms')}; picture ${of('picture_ms')}; detector ${of('detector_ms')}; ` +
        `landmarks ${of('landmarks_ms')}; engine ${of('coach_ms')}`,
    );
  }
}
