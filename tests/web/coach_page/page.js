// What the tests drive in the browser: the coach as the screens use it.
import { canCoach, CoachFailure, openCoach } from '../../../web/coach/coach.ts';

/** The pictures of a clip as reprise_clip_pictures writes them. */
async function* pictures_of(url) {
  const reader = (await fetch(url)).body.getReader();
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
}

/** As a camera gives it, or as a browser without VideoFrame. */
const as_picture = ({ rgba, width, height, time_s }, bitmaps) => (bitmaps
  ? createImageBitmap(new ImageData(rgba, width, height))
  : new VideoFrame(rgba, { format: 'RGBA', codedWidth: width, codedHeight: height, timestamp: Math.round(time_s * 1e6) }));

/** A whole clip as one set, each picture awaited. */
async function coach_clip(coach, url, exercise, options = {}, bitmaps = false) {
  await coach.begin(exercise, options);
  const events = [];
  const stages = [];
  let seen = 0;
  let pictures = 0;
  for await (const picture of pictures_of(url)) {
    const look = await coach.show(await as_picture(picture, bitmaps), picture.time_s);
    pictures += 1;
    seen += look.seen ? 1 : 0;
    events.push(...look.events);
    stages.push(look.stages);
  }
  const finished = await coach.finish({ language: 'en', name: 'clip' });
  return { ...finished, events: [...events, ...finished.events], pictures, seen, stages };
}

Object.assign(window, { canCoach, CoachFailure, coach_clip, openCoach, ready: true });
