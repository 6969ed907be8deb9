// SPDX-License-Identifier: Apache-2.0
// Watches a treatment off the page's thread: picture → networks → patient and helper → movements. Nothing is kept of a
// picture.

import { expose } from 'comlink';
import { loadReprise, RepriseError } from 'reprise-engine';
import type {
  AcceptedProposals,
  MeasuredResult,
  Reprise,
  VisitDocument,
  VisitWatch,
  VisitWatchOptions,
} from 'reprise-engine';
import type { ClipMeasured } from './clip_worker.ts';
import { fetchNetwork, NETWORK_FILES, shareOf, type NetworkFile } from './files.ts';
import { inTurn } from './in_turn.ts';
import { dropOutline } from './landmark_graph.ts';
import { loadRuntime, type Network } from './litert.ts';
import { ModelInUse } from './model_in_use.ts';
import { sizeOf } from './picture.ts';
import { watch } from './pose_pass.ts';
import { CoachFailure, type OnProgress, type Stages, type VisitLook } from './types.ts';

export type AcceptOptions = Pick<AcceptedProposals, 'accepted' | 'startedAt' | 'age' | 'sex'>;

interface Loaded {
  reprise: Reprise;
  detector: Network;
  /** Of a camera: as fast as the pictures come. */
  live: ModelInUse | undefined;
  heavy: Network | undefined;
}

let loaded: Loaded | undefined;
let visit: VisitWatch | undefined;
let seen = { kind: 'video' as 'video' | 'simulated', reacquired: 0, most_people: 0, width_px: 0, height_px: 0 };

function ready(): Loaded {
  if (!loaded) throw new CoachFailure('unexpected', 'the networks are not loaded');
  return loaded;
}

function under_way(): VisitWatch {
  if (!visit) throw new CoachFailure('unexpected', 'no visit is on');
  return visit;
}

async function open(live: boolean, onProgress: OnProgress) {
  const programs = shareOf('runtime', LITERT_BYTES, onProgress);
  const files: NetworkFile[] = [NETWORK_FILES.detector, NETWORK_FILES[live ? 'lite' : 'heavy']];
  const networks = shareOf(
    'models',
    files.reduce((sum, { bytes }) => sum + bytes, 0),
    onProgress,
  );
  const detector = fetchNetwork(NETWORK_FILES.detector, networks('detector'));
  const heavy = live ? undefined : fetchNetwork(NETWORK_FILES.heavy, networks('landmarks'));
  // Thrown below, perhaps after the others.
  for (const file of [detector, heavy]) file?.catch(() => {});
  const [runtime, reprise] = await Promise.all([loadRuntime(programs('litert')), loadReprise()]);
  const bytes = await heavy;
  if (bytes) dropOutline(bytes);
  loaded = {
    reprise,
    detector: await runtime.network(await detector),
    live: live ? await ModelInUse.open(runtime, 'auto', networks('landmarks')) : undefined,
    heavy: bytes && (await runtime.network(bytes)),
  };
}

function begin(options: VisitWatchOptions, simulated: boolean) {
  visit?.release();
  visit = ready().reprise.visitWatch(options);
  seen = { kind: simulated ? 'simulated' : 'video', reacquired: 0, most_people: 0, width_px: 0, height_px: 0 };
}

const copied = (numbers: Float64Array | undefined) => numbers && Float32Array.from(numbers);

/** `trial`: the visit has not begun; a better network may be tried. */
async function show(picture: VideoFrame | ImageBitmap, time_s: number, trial: boolean): Promise<VisitLook> {
  const on = under_way();
  const { detector, live, heavy } = ready();
  if (trial) live?.settle();
  const landmarks = live?.network ?? heavy;
  if (!landmarks) throw new CoachFailure('unexpected', 'no network is loaded');
  const stages: Stages = { waited_ms: 0, picture_ms: 0, detector_ms: 0, landmarks_ms: 0, coach_ms: 0 };
  [seen.width_px, seen.height_px] = sizeOf(picture);
  const again = trial && live ? (input: Float32Array) => live.tryFull(input) : undefined;
  const { people, reacquired, image_px, visibility } = await watch(
    on,
    { detector, landmarks },
    picture,
    time_s,
    stages,
    again,
  );
  if (trial) live?.note(stages);
  seen.most_people = Math.max(seen.most_people, people);
  if (reacquired) seen.reacquired += 1;
  const look: VisitLook = { time_s, people, watched_s: on.watched_s };
  const points = {
    patient_px: copied(image_px),
    patient_visibility: copied(visibility),
    helper_px: copied(on.helper_px),
    helper_visibility: copied(on.helper_visibility),
  };
  for (const [key, value] of Object.entries(points)) if (value) Object.assign(look, { [key]: value });
  return look;
}

function facts() {
  const { live } = ready();
  const models = [NETWORK_FILES.detector, NETWORK_FILES[live?.model ?? 'heavy']];
  return { ...seen, name: 'visit', models: models.map(({ name, sha256 }) => ({ name, sha256 })) };
}

export type VisitFound = { document?: VisitDocument } & Pick<ClipMeasured, 'refused'>;

/** `last_s`: of the last seconds alone. */
function findings(last_s: number | undefined): VisitFound {
  try {
    return { document: under_way().findings({ ...facts(), ...(last_s !== undefined && { last_s }) }) };
  } catch (error) {
    if (!(error instanceof RepriseError)) throw error;
    const { found, remedy } = error;
    return { refused: { found, remedy } };
  }
}

const visitWorker = {
  open: (live: boolean, onProgress: OnProgress) => inTurn(() => open(live, onProgress)),
  begin: (options: VisitWatchOptions, simulated: boolean) => inTurn(() => begin(options, simulated)),
  show: (picture: VideoFrame | ImageBitmap, time_s: number, trial: boolean) =>
    inTurn(
      () => show(picture, time_s, trial).finally(() => picture.close()),
      (look) => [look.patient_px, look.patient_visibility, look.helper_px, look.helper_visibility],
    ),
  pause: () => inTurn(() => under_way().pause()),
  findings: (last_s: number | undefined) => inTurn(() => findings(last_s)),
  accept: (options: AcceptOptions) => inTurn((): MeasuredResult => under_way().accept({ ...options, ...facts() })),
};
export type VisitWorker = typeof visitWorker;

expose(visitWorker);
