// What the tests drive in the browser: the coach as the screens use it.
import { listCameras, openCamera } from '../../../web/coach/camera.ts';
import { openCoach } from '../../../web/coach/coach.ts';
import { ModelChoice } from '../../../web/coach/model_choice.ts';

/** The pictures of a clip as reprise_clip_pictures writes them. */
async function* pictures_of(url) {
  const answer = new AbortController();
  const reader = (await fetch(url, { signal: answer.signal })).body.getReader();
  let bytes = new Uint8Array(0);
  /** The next `wanted` bytes, or nothing at the end. */
  const take = async (wanted) => {
    const parts = [bytes];
    let length = bytes.length;
    while (length < wanted) {
      const { done, value } = await reader.read();
      if (done) return undefined;
      parts.push(value);
      length += value.length;
    }
    const all = new Uint8Array(length);
    parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
    bytes = all.subarray(wanted);
    return all.slice(0, wanted);
  };
  let line = '';
  for (let letter = ''; letter !== '\n'; line += letter) letter = String.fromCharCode((await take(1))[0]);
  const { width, height } = JSON.parse(line);
  try {
    for (;;) {
      const time = await take(8);
      const rgb = time && await take(width * height * 3);
      if (!rgb) return;
      const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
      for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
        rgba[to] = rgb[from];
        rgba[to + 1] = rgb[from + 1];
        rgba[to + 2] = rgb[from + 2];
      }
      yield { time_s: new Float64Array(time.buffer)[0], rgba, width, height };
    }
  } finally {
    answer.abort();
  }
}

/** As a camera gives it, or as a browser without VideoFrame. */
const as_picture = ({ rgba, width, height, time_s }, bitmaps) => (bitmaps
  ? createImageBitmap(new ImageData(rgba, width, height))
  : new VideoFrame(rgba, {
      format: 'RGBA',
      codedWidth: width,
      codedHeight: height,
      timestamp: Math.round(time_s * 1e6),
    }));

/** What a camera gives after the phone was turned upright: its middle alone. */
function turned({ rgba, width, height, ...picture }) {
  const across = Math.floor((height * 3) / 8) * 2;
  const left = Math.floor((width - across) / 2);
  const narrow = new Uint8ClampedArray(across * height * 4);
  for (let y = 0; y < height; ++y) {
    const from = (y * width + left) * 4;
    narrow.set(rgba.subarray(from, from + across * 4), y * across * 4);
  }
  return { ...picture, rgba: narrow, width: across, height };
}

/** A clip, or its first pictures, each awaited; what came of each. */
async function show_clip(coach, url, { bitmaps = false, pictures = Infinity, turned_after = Infinity } = {}) {
  const looks = [];
  for await (const first of pictures_of(url)) {
    const picture = looks.length < turned_after ? first : turned(first);
    const { image_px, visibility, ...look } = await coach.show(await as_picture(picture, bitmaps), picture.time_s);
    looks.push({ ...look, image_px: image_px && [...image_px], visibility: visibility && [...visibility] });
    if (looks.length >= pictures) break;
  }
  return looks;
}

/** A whole clip as one set. */
async function coach_clip(coach, url, exercise, options = {}, how = {}) {
  await coach.begin(exercise, options);
  const looks = await show_clip(coach, url, how);
  const finished = await coach.finishAsDocument({ language: 'en', name: 'clip' });
  return { looks, ...finished };
}

/** The code with which `work` fails. */
async function failure_of(work) {
  try {
    await work();
    return 'none';
  } catch (error) {
    return error.code;
  }
}

Object.assign(window, {
  as_picture,
  coach_clip,
  failure_of,
  listCameras,
  ModelChoice,
  openCamera,
  openCoach,
  pictures_of,
  show_clip,
  ready: true,
});
