// SPDX-License-Identifier: Apache-2.0
// One visit before the camera, or in a video file: set up, watched, paused, ended. Of a picture only points stay.
import type { VisitDocument, VisitProposal } from 'reprise-engine';
import { openCamera, type Camera, type CameraFailureCode } from '../../coach/camera.ts';
import type { CoachFailureCode, VisitLook } from '../../coach/types.ts';
import { watchPace } from '../../coach/pace_of_pictures.ts';
import { openVisit, type AcceptOptions, type VisitInBrowser } from '../../coach/visit.ts';
import { openVideoFile, picturesOf, type VideoFile } from '../../coach/video_file.ts';
import { preferences } from '../../data/preferences.ts';
import { visitCatalog } from './catalog.ts';
import { KeptPoints } from './kept_points.ts';

export type VisitFailure = CameraFailureCode | CoachFailureCode | 'no-video';

export interface Progress {
  /** Without pauses. */
  watched_s: number;
  seen: boolean;
  slow: boolean;
  /** The newest last. */
  recent: readonly VisitProposal[];
  /** Of a video file. */
  share?: number;
}

export interface Ended {
  document: VisitDocument;
  points: KeptPoints;
  startedAt: string;
  duration_s: number;
}

export type VisitState =
  | { kind: 'loading'; share: number }
  | { kind: 'set-up'; people: number; seen: boolean }
  | ({ kind: 'on' } & Progress)
  | { kind: 'paused'; watched_s: number }
  | { kind: 'summing' }
  | ({ kind: 'review' } & Ended)
  /** Nothing could be measured; in English. */
  | { kind: 'refused'; found: string; remedy: string }
  | { kind: 'failed'; code: VisitFailure };

/** While the visit is on, the newest movements are looked for so often, and so far back. */
const RECENT_EVERY_S = 5;
const RECENT_S = 45;
/** The screen changes at most so often. */
const SHOWN_EVERY_S = 0.5;

export interface Visit {
  /** Of the picture. */
  readonly size: { width: number; height: number };
  begin(): Promise<void>;
  pause(): Promise<void>;
  resume(): void;
  finish(): Promise<void>;
  /** Sums up accepted proposals. */
  accept(options: Pick<AcceptOptions, 'accepted' | 'age' | 'sex'>): ReturnType<VisitInBrowser['accept']>;
  close(): void;
}

interface Options {
  /** Where the picture is shown. */
  place: HTMLElement;
  /** Instead of the camera. */
  file: File | undefined;
  /** Of who is there at the beginning: 1 is nearest to the middle of the picture. */
  person: number;
  simulated: boolean;
  onState: (state: VisitState) => void;
  onLook: (look: VisitLook) => void;
}

const codeOf = (error: unknown) => (error as { code?: VisitFailure }).code ?? 'unexpected';

export function watchVisit({ place, file, person, simulated, onState, onLook }: Options): Visit {
  let mode: 'loading' | 'set-up' | 'on' | 'paused' | 'ended' | 'over' = 'loading';
  let camera: Camera | undefined;
  let video: VideoFile | undefined;
  let visit: VisitInBrowser | undefined;
  let points = new KeptPoints();
  let size = { width: 0, height: 0 };
  let startedAt = '';
  let recent: readonly VisitProposal[] = [];
  /** Of the visit, without pauses. */
  let [watched_s, looked_s, shown_s] = [0, 0, -Infinity];
  /** Of the first picture: the visit's clock begins there. */
  let first_s: number | undefined;
  let tooSlow = watchPace();

  const closePictures = () => {
    camera?.video.remove();
    camera?.close();
    video?.close();
    camera = video = undefined;
  };
  const close = () => {
    mode = 'over';
    closePictures();
    visit?.close();
    visit = undefined;
  };
  const fail = (code: VisitFailure) => {
    if (mode === 'over') return;
    close();
    onState({ kind: 'failed', code });
  };
  const guarded =
    <A extends unknown[]>(work: (...of: A) => Promise<void>) =>
    (...of: A) =>
      work(...of).catch((error: unknown) => fail(codeOf(error)));
  const isOver = () => mode === 'over';

  async function anew() {
    points = new KeptPoints();
    recent = [];
    [watched_s, looked_s, shown_s] = [0, 0, -Infinity];
    first_s = undefined;
    tooSlow = watchPace();
    await visit?.begin({ ...(await visitCatalog()), person }, simulated);
  }

  const begin = guarded(async () => {
    if (mode !== 'set-up' || !visit) return;
    await anew();
    if (isOver()) return;
    // A file was filmed before it was written.
    startedAt = new Date(file && video ? file.lastModified - video.duration_s * 1000 : Date.now()).toISOString();
    mode = 'on';
  });

  const finish = guarded(async () => {
    if ((mode !== 'on' && mode !== 'paused') || !visit) return;
    mode = 'ended';
    onState({ kind: 'summing' });
    const duration_s = Math.max(1, watched_s);
    closePictures();
    const { document, refused } = await visit.findings();
    if (isOver()) return;
    if (refused) onState({ kind: 'refused', ...refused });
    else if (document) onState({ kind: 'review', document, points, startedAt, duration_s });
  });

  async function lookForRecent() {
    const { document } = (await visit?.findings(RECENT_S)) ?? {};
    // Too little was seen yet where it is missing.
    if (document) recent = document.proposals;
  }

  async function look(picture: VideoFrame | ImageBitmap, time_s: number, share?: number) {
    if (!visit || (mode !== 'set-up' && mode !== 'on')) {
      picture.close();
      return;
    }
    size =
      'displayWidth' in picture
        ? { width: picture.displayWidth, height: picture.displayHeight }
        : { width: picture.width, height: picture.height };
    const before = mode;
    first_s ??= time_s;
    const seen = await visit.show(picture, time_s - first_s, mode === 'set-up');
    if (mode !== before) return;
    onLook(seen);
    const isSeen = seen.patient_px !== undefined;
    if (mode === 'set-up') {
      onState({ kind: 'set-up', people: seen.people, seen: isSeen });
      return;
    }
    points.add(seen);
    const slow = share === undefined && tooSlow(time_s);
    watched_s = seen.watched_s;
    if (share === undefined && watched_s - looked_s >= RECENT_EVERY_S) {
      looked_s = watched_s;
      await lookForRecent();
    }
    if ((mode as string) !== 'on' || watched_s - shown_s < SHOWN_EVERY_S) return;
    shown_s = watched_s;
    onState({ kind: 'on', watched_s, seen: isSeen, slow, recent, ...(share !== undefined && { share }) });
  }

  async function lookAtFile(of: VideoFile) {
    for await (const { picture, time_s } of picturesOf(of)) {
      if (mode !== 'on') {
        picture.close();
        return;
      }
      await look(picture, time_s, Math.min(1, time_s / of.duration_s));
    }
    await finish();
  }

  const start = guarded(async () => {
    onState({ kind: 'loading', share: 0 });
    const ready = openVisit(file === undefined, (share) => {
      if (mode === 'loading') onState({ kind: 'loading', share });
    });
    try {
      if (file) {
        video = await openVideoFile(file);
        place.prepend(video.video);
      } else {
        const { camera: deviceId } = preferences();
        camera = await openCamera({
          onPicture: (picture, time_s) => look(picture, time_s).catch((error: unknown) => fail(codeOf(error))),
          onEnded: ({ code }) => fail(code),
          facing: 'environment',
          ...(deviceId && { deviceId }),
        });
        place.toggleAttribute('data-mirrored', camera.facing === 'user');
        place.prepend(camera.video);
      }
      // Left meanwhile: the camera does not stay on until the networks are loaded.
      if (isOver()) closePictures();
      visit = await ready;
    } catch (error) {
      ready.then(
        (one) => one.close(),
        () => {},
      );
      throw error;
    }
    if (isOver()) return close();
    await anew();
    if (isOver()) return;
    mode = 'set-up';
    if (!video) {
      onState({ kind: 'set-up', people: 0, seen: false });
      return;
    }
    await begin();
    await lookAtFile(video);
  });
  void start();

  return {
    get size() {
      return size;
    },
    begin,
    pause: guarded(async () => {
      if (mode !== 'on') return;
      mode = 'paused';
      await visit?.pause();
      if ((mode as string) === 'paused') onState({ kind: 'paused', watched_s });
    }),
    resume() {
      if (mode === 'paused') mode = 'on';
    },
    finish,
    accept: async (options) => {
      if (!visit) throw new Error('the visit was closed');
      return visit.accept({ ...options, startedAt });
    },
    close,
  };
}
