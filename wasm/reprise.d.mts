// SPDX-License-Identifier: Apache-2.0
// Types of reprise.mjs. Names and units are those of session.json (docs/reference/session-document.md): `_s` seconds,
// `_m` meters, `_px` pixels, `_deg` degrees. "left" and "right" are the person's. A failure throws a RepriseError.

/** A failure in plain words, without anything about the person. */
export declare class RepriseError extends Error {
  /** Stable, for programs. */
  readonly code: 'invalid_argument' | 'not_found' | 'unreadable' | 'unsupported' | 'corrupt' | 'nothing_measured' |
      'conflict' | 'internal';
  /** The step that failed. */
  readonly stage: string;
  /** The value found, with its limit. */
  readonly found: string;
  /** The remedy. */
  readonly remedy: string;
  /** Every problem of an exercise's file; empty for other failures. */
  readonly problems: readonly Problem[];
}

export interface Problem {
  /** JSON pointer, such as "/range/target"; empty: the whole file. */
  readonly path: string;
  readonly found: string;
  readonly limit: string;
  readonly remedy: string;
  /** The whole problem as one sentence. */
  readonly text: string;
}

export interface LoadOptions {
  /** The bytes of the module. Without them they are fetched from beside the loader (browsers only). */
  wasm?: ArrayBuffer | Uint8Array;
}

/** Loads the engine; once a page is enough. The page's policy needs `script-src 'self' 'wasm-unsafe-eval'`. */
export declare function loadReprise(options?: LoadOptions): Promise<Reprise>;

/** A straight part of a drawn person, between two of the 33 landmarks. */
export interface Bone {
  readonly from: number;
  readonly to: number;
  /** Null: of the trunk, whose bones are its outline in order. */
  readonly side: Side | null;
  /** Left out of small drawings: of a hand or a heel. */
  readonly fine: boolean;
}

/** The part that shows a programme and documents exercise without a camera: all that the small module has. */
export interface ProgrammeEngine {
  /** For drawing a person. */
  readonly bones: readonly Bone[];
  /**
   * Reads one exercise of the catalog. `json`: the text of its file (docs/reference/catalog.md), checked as by `reprise
   * exercises check`, except that the coach does not test its movement, and the exercises of its links may be missing.
   * `fileName`: for messages; default: the exercise's own id.
   */
  exercise(json: string, fileName?: string): ShownExercise;
  /**
   * Reads the patient's active programme from the record's answers (docs/reference/programme.md lists the requests):
   * texts of Bundles and of single resources, in any order. Fails with code `not_found` (none), `conflict` (several, or
   * one changed between two answers), `invalid_argument` (the Patient is missing) or `corrupt`.
   */
  programme(answers: readonly string[]): Programme;
  /**
   * Builds the transaction of a set counted by hand: the body of a POST to the record's base. Sending it twice changes
   * nothing. `Coach.setBundle` builds the one of a set that the camera counted.
   */
  setBundle(set: HandCountedSet): string;
  /** Builds the transaction of a questionnaire's answers, as `setBundle`. */
  answersBundle(answers: GivenAnswers): string;
  /** Builds the transaction of a patient's consent or refusal. Fails with code `invalid_argument`. */
  consentBundle(consent: GivenConsent): string;
  /** Judges whether the patient may go on: docs/reference/programme.md, "Questions about safety". */
  safety(facts: SafetyFacts): SafetyVerdict;
}

export interface Reprise extends ProgrammeEngine {
  exercise(json: string, fileName?: string): Exercise;
  /** As in every session document. */
  readonly version: string;
  /** Follows one person through pictures, with pose networks that the page runs. */
  poseSession(options?: PoseSessionOptions): PoseSession;
  /** Watches a treatment of a patient by a clinician (docs/reference/visit.md). */
  visitWatch(options: VisitWatchOptions): VisitWatch;
  /** Load sensors for a walk with a limit. `share`: of the body's weight. */
  wearLoad(order: {side: 'left' | 'right'; bodyMass_kg: number; share: number}): LoadSensors;
  /**
   * Draws what each exercise looks like, to recognize them by; takes a second for the whole catalog, so call it in a
   * worker of its own. `exercises`: the texts of their files. Fails with code `corrupt`.
   */
  recognizer(exercises: readonly string[]): Recognizer;
  /** Unpacks the result of `Coach.recording`. Fails with code `corrupt` or `unsupported`. */
  recording(bytes: Uint8Array): Recording;
  /**
   * Computes a patient's remote monitoring (docs/clinician/remote-monitoring.md) from the record's answers. `rules`:
   * the texts of files of catalog/billing. Fails with code `invalid_argument` for invalid rules or options, else as
   * `programme`.
   */
  remoteMonitoring(answers: readonly string[], rules: readonly string[],
      options: RemoteMonitoringOptions): RemoteMonitoring;
  /**
   * Lists the contraindications of each exercise (docs/clinician/protocols.md), the strongest first. `rules`: the texts
   * of contraindications; `exercises`: of exercises; `answers`: of the record, with the Conditions.
   */
  contraindications(rules: readonly string[], exercises: readonly string[], answers: readonly string[],
             options: {today: string; ceilings: {value: number | null}[]}): ContraindicationHit[][];
  /**
   * Turns a phase of a template into items of a draft, with keys "new-1", … `exercises`: files, at least those of the
   * phase.
   */
  programmeTemplate(protocol: string, exercises: readonly string[], options: TemplateOptions): ProgrammeItem[];
  /**
   * Reads the record's programme as a draft. It also shows what the patient's app would refuse. `start`, `affected`: of
   * a programme that is none yet. `sent`: ids of ServiceRequests by the keys under which `programmeBundle` sent them.
   */
  programmeDraft(recorded: RecordedProgramme & {start: string; affected: Sides | null}):
      {draft: ProgrammeDraft; sent: Record<string, string>};
  /**
   * Builds the transaction that makes the record's programme that of the draft: the body of a POST to the record's
   * base. It writes only what the draft changes, and fails if another writer has changed it meanwhile. `planId`: a
   * UUID, made once for this sending. `also`: entries that go along.
   */
  programmeBundle(writing: ProgrammeWriting & {planId: string; also: readonly object[]}): string;
  /**
   * Reads a draft as the patient's app would read it once it is sent. `answers`: the Patient with the clinic, the
   * consents and the exercises' definitions. Fails as `programme`.
   */
  draftedProgramme(writing: ProgrammeWriting, answers: readonly string[]): Programme;
  /**
   * Computes adherence, each day by the programme then in force (care/plan/adherence.h). `answers`: all versions of
   * CarePlans and ServiceRequests.
   */
  adherence(answers: readonly string[], options: AdherenceOptions): Adherence;
  /**
   * Returns which direction of a metric is an improvement (care/outcome/direction_of_improvement.h). Of a range:
   * `rising`, its farthest end is the larger value; `held`, the exercise is a hold.
   */
  better(metric: Metric, range?: {rising: boolean; held: boolean}): Better;
  /**
   * Reads tests of function and scores of questionnaires out of Observations, and compares the first of each with the
   * latest (care/outcome/function_scores.h). `answers`: of the record, as JSON.
   */
  functionScores(answers: readonly string[]): FunctionScores;
  /**
   * Proposes progressions of the active programme from its last days, by rules of docs/clinician/programme-builder.md.
   * `answers` as of `programme`, with Procedures and Observations.
   */
  intensity(answers: readonly string[], today: string): IntensityProposal[];
  /** Wraps an exercise's file into the ActivityDefinition that the record keeps. */
  exerciseDefinition(exercise: string): object;
  /**
   * Lists the questionnaires that the active programme requests or has requested, open requests first. `answers` as of
   * `programme`, with QuestionnaireResponses; `today`: by the reader's clock. `plan`: id of the CarePlan.
   */
  requestedQuestionnaires(answers: readonly string[], today: string):
      {plan: string; requests: RequestedQuestionnaire[]};
  /** Returns a CarePlan that also requests a questionnaire. */
  withQuestionnaire<Plan extends object>(plan: Plan, asked: NewQuestionnaireRequest): Plan;
  /** Returns a CarePlan with another status of the request with this key. */
  withQuestionnaireStatus<Plan extends object>(plan: Plan, key: string, status: 'cancelled' | 'scheduled'): Plan;
  /**
   * Measures a test from the phone's motion sensors. `times`: rising seconds; `motion`: for each the acceleration with
   * gravity (m/s2: x, y, z) and the rotation rate (rad/s: x, y, z).
   */
  phoneTest(options: PhoneTestOptions, times: Float64Array, motion: Float64Array): MeasuredResult;
  /**
   * Reads what a device notified over Bluetooth: the characteristics 0x2A37, 0x2A5E or 0x2A5F, and 0x2A35. Throws
   * RepriseError for bytes that are none.
   */
  heartRateValue(bytes: Uint8Array): HeartRateValue;
  /** `continuous`: of the characteristic 0x2A5F, else of 0x2A5E. */
  oxygenValue(bytes: Uint8Array, continuous: boolean): OxygenValue;
  bloodPressureValue(bytes: Uint8Array): BloodPressureValue;
  /** Reads the heart rates of a TCX, FIT or Apple Health file piece by piece. `range`: seconds since 1970 to keep. */
  heartRateFile(range: {from_s: number; to_s: number}): HeartRateFile;
  /** Judges by the clinician's limits whether an endurance session may start, or must stop. */
  enduranceVerdict(facts: EnduranceFacts): EnduranceVerdict;
  /** Sums up an endurance session. */
  enduranceSession(session: EnduranceSession): MeasuredResult;
  /** Where a session of a balance programme is after some holds: a hold that needed the support makes it easier. */
  balanceNow(state: BalanceState): BalanceNow;
  /** Sums up a session of a balance programme. */
  balanceSession(session: BalanceSession): MeasuredResult;
  /** Begins clips of a person, for a test by camera. */
  filmedClips(): FilmedClips;
  /** The id of the exercise that a test of function counts; null: none. */
  exerciseOfTest(test: CameraTest): string | null;
  /** The recommended weight limit of a lift by the revised NIOSH equation. */
  lift(request: LiftRequest): LiftResult;
  /** Sums up trials of one or more tests of range of motion, filmed or read off. */
  rangeOfMotion(tests: RangeOfMotion): MeasuredResult;
  /** The points of a posture that the networks saw in a photo. Throws where the view is another one. */
  posturePoints(photo: PosturePhoto): PosturePointsFound;
  /** Measures a posture in photos of one or more views. */
  posture(photos: PosturePhotos): PostureResult;
  /** Compares two measurement.json of postures; none where they have no value in common. */
  postureChanges(documents: {now: string; earlier: string}): PostureResult['changes'];
  /**
   * Builds the transaction of a measurement, as `setBundle`. `id`: a UUID. `practitioner`: the id of who measured;
   * without it the patient did. `recording`: a UUID under which the record keeps the document with its signals; without
   * it only the values are sent. `photo`: of a posture, kept with the patient's consent alone.
   */
  measurementBundle(m: {
    id: string;
    patient: string;
    practitioner?: string;
    request?: string;
    start: string;
    end: string;
    document: string;
    recording?: string | null;
    photo?: KeptPosturePhoto | null;
  }): string;
  /**
   * Judges the answers of a self-assessment, with words in `language`: docs/reference/self-assessment.md. `definition`:
   * the text of catalog/self_assessment/self_assessment.json.
   */
  selfAssessment(asked: { definition: string; answers: SelfAnswers; language: string }): SelfOutcome;
}

/** Null or missing: not asked or not answered yet. */
export interface SelfAnswers {
  /** Of the warning signs, by id. */
  flags?: Readonly<Record<string, boolean | null>>;
  regions?: readonly string[] | null;
  /** Now, 0 to 10. */
  pain?: number | null;
  since?: string | null;
  course?: string | null;
  worse_with?: readonly string[] | null;
  hard?: readonly string[] | null;
  /** In standing, or fell in the last year. */
  unsteady?: boolean | null;
  support_in_reach?: boolean | null;
  /** In years, 2 to 120, and sex: for references of counts alone. */
  age?: number | null;
  sex?: 'female' | 'male' | null;
  /** What the clinic allowed besides. */
  released?: readonly ('single_leg' | 'step_down' | 'jump')[];
  /** The clinic limits movement, load or being alone: no movement is offered. */
  limited?: boolean | null;
  /** A test that hurt; `pain` null: not said. */
  stop?: { test: string; pain: number | null } | null;
  measured?: readonly SelfMeasured[];
  /** The newest first; `day` as it is shown. */
  earlier?: readonly (SelfMeasured & { day: string })[];
  limits?: { painStop: number; painRise: number };
}
export type SelfNotMeasured = 'skipped' | 'pain' | 'camera' | 'nothing' | 'turned' | 'unseen' | 'short';
export interface SelfMeasured {
  test: string;
  side: 'left' | 'right' | null;
  /** Null: not measured, and `not_measured` says why. */
  degrees: number | null;
  uncertainty_deg: number | null;
  /** Of a test of function: full stands in 30 s. */
  stands?: number | null;
  not_measured: SelfNotMeasured | null;
}
export type SelfLevel = 'get_help_now' | 'see_someone_first' | 'worth_showing' | 'no_haste';
export interface SelfOutcome {
  schema: 'reprise.self_outcome/1';
  /** The version of the definition. */
  definition: string;
  /** Null: something must be answered first. */
  level: SelfLevel | null;
  /** Nothing more is asked or tried. */
  ended: boolean;
  tells_clinic: boolean;
  /** What must be answered next: ids of warning signs, or fields of the answers. */
  missing: string[];
  title: string | null;
  what: string | null;
  steps: string[];
  reasons: { kind: string; about: string | null; text: string }[];
  tests: {
    test: string;
    name: string;
    kind: 'range' | 'function';
    position: 'seated' | 'lying' | 'standing' | 'single_leg' | 'step_down' | 'jump';
    not_offered: 'unsteady' | 'support' | 'release' | 'enough' | 'limited' | null;
    why: string | null;
  }[];
  without_test: { region: string; name: string; why: string }[];
  findings: { test: string; name: string; values: Omit<SelfMeasured, 'test'>[]; lines: string[] }[];
  notes: string[];
  reviewed: boolean;
}

/** Tests with the phone's own motion sensors. */
export type PhoneTest =
    'timed_up_and_go' | 'sit_to_stand_5' | 'sit_to_stand_30' | 'walk_10_m' | 'walk_6_min' | 'standing_still';
export interface PhoneTestOptions {
  test: PhoneTest;
  courseMeters?: number;
  simulated: boolean;
  /** UTC. */
  startedAt: string;
}
export interface MeasuredNow {
  measure: string;
  /** In the unit of display. */
  value: number;
  unit: string;
  uncertainty: number | null;
  primary: boolean;
  /** Of several, as 'before' or a muscle; null: of the whole. */
  part: string | null;
  side: 'left' | 'right' | null;
  /** Standard deviation over `count`; null of one value. */
  spread: number | null;
  /** What it is the mean over; 0: one value of the whole. */
  count: number;
  /** A group of people that it is held against. */
  reference?: {
    low: number | null;
    high: number | null;
    mean: number | null;
    /** Where the value lies; 'unsure': a limit lies within its uncertainty; 'mean_only': there are no limits. */
    against: 'below' | 'within' | 'above' | 'unsure' | 'mean_only';
    population: string;
    source: string;
  };
}
export interface MeasuredResult {
  /** measurement.json */
  document: string;
  values: MeasuredNow[];
  /** Deviations that the values point to, in English: proposals for a clinician, each with what it rests on. */
  findings: {text: string; evidence: string; limit: string; certain: boolean}[];
  /** In English. */
  notMeasured: string[];
  warnings: {code: string; text: string; remedy: string | null}[];
}

/** A test of function by camera. */
export type CameraTest =
    'sit_to_stand_5' | 'sit_to_stand_30' | 'timed_up_and_go' | 'single_leg_stance' | 'tandem_stance' |
    'functional_reach' | 'squat' | 'single_leg_squat' | 'step_down' | 'push_up' | 'jump';
export interface CameraTestRequest {
  test: CameraTest;
  /** The leg that carries, of tests on one leg; null: both. */
  side: 'left' | 'right' | null;
  /** The person's, 80 to 250: the scale of reaches; null: not known. */
  height_cm: number | null;
  /** For references; null: not known. */
  age: number | null;
  sex: 'female' | 'male' | null;
  /** "Go", in the time of the pictures; null or missing: the first movement. */
  start_s?: number | null;
  /** UTC. */
  startedAt: string;
  simulated: boolean;
}
export interface CameraGaitRequest {
  /** The scale of lengths and speed; null: they are not measured. */
  height_cm: number | null;
  treadmill: boolean;
  /** Of the treadmill, 0.05 to 5; null: not known. */
  beltSpeed_mps: number | null;
  /** Whose healthy peers' curves are drawn behind: 2 to 120 years; null or missing: not known. */
  age?: number | null;
  sex?: 'female' | 'male' | null;
  /** UTC. */
  startedAt: string;
  simulated: boolean;
}
/** Clips of one person, looked at picture by picture, for a test that is measured when they end. */
export interface FilmedClips {
  /** Complete clips. */
  readonly size: number;
  /** Adds a frame to the clip that is on. Frames whose time does not rise are dropped. */
  step(frame: Frame): void;
  /** Ends the clip that is on; one without frames is left out. */
  endClip(options: SessionOptions): void;
  /** Forgets the frames of the clip that is on. */
  dropClip(): void;
  /** Measures a test of function in the last clip. `exercise`: `exerciseOfTest`. */
  functionTest(request: CameraTestRequest, exercise: Exercise | null): MeasuredResult;
  /** Measures gait in all clips. */
  gait(request: CameraGaitRequest): MeasuredResult;
  /** Scores load at work in the last clip. The first request fits the body; later ones score it again at once. */
  workLoad(request: WorkLoadRequest): WorkLoadResult;
  release(): void;
}

export type WorkMethod = 'rula' | 'reba' | 'owas';
export type WorkQuestion =
    'stance' | 'trunk_supported' | 'legs_balanced' | 'shoulder_raised' | 'arm_rotated' | 'arm_supported' |
    'across_midline' | 'wrist_deviated' | 'wrist_twisted' | 'load_kg' | 'load_manner' | 'held_static' | 'repeated' |
    'rapid_change' | 'coupling';
export type WorkAnswer = boolean | number | string;
export interface WorkLoadRequest {
  method: WorkMethod;
  /** The arm that answers about an arm are of; null: both are scored, the worse counts, and such answers do not. */
  side: 'left' | 'right' | null;
  /** A missing answer leaves the score a range. */
  answers: {[question in WorkQuestion]?: WorkAnswer};
  /** UTC. */
  startedAt: string;
  simulated: boolean;
}
/** A score and its action level, from the least to the most that they can be. */
export interface RangedScore {
  least: number;
  most: number;
  level_least: number;
  level_most: number;
}
export interface ShareRange {
  /** 0 to 1. */
  surely: number;
  possibly: number;
}
export interface WorkPart {
  part:
      'upper_arm' | 'lower_arm' | 'wrist' | 'wrist_twist' | 'neck' | 'trunk' | 'legs' | 'table_a' | 'table_b' |
      'muscle_use' | 'force' | 'coupling' | 'activity' | 'back' | 'arms';
  scores: number[];
  /** `angle`: in English. Null: not seen. */
  measured: {angle: string; least_deg: number | null; most_deg: number | null; points: number[]}[];
  answered: {question: WorkQuestion; answer: WorkAnswer | null; points: number[]}[];
}
export interface WorkMoment {
  time_s: number;
  side: 'left' | 'right' | null;
  /** What angles within their intervals and open questions allow. */
  all: RangedScore;
  /** The angles as measured: a range where open questions alone leave one. */
  measured: RangedScore;
  parts: WorkPart[];
  /** By landmark, in the camera's frame. */
  figure: {world_m: Record<string, [number, number, number]>; visibility: Record<string, number>};
}
/** docs/reference/work-load-document.md */
export interface WorkLoad {
  method: WorkMethod;
  side: 'left' | 'right' | null;
  view: 'front' | 'side' | 'oblique' | 'back' | null;
  load: {
    scored_s: number;
    not_seen_s: number;
    not_filmed_s: number;
    levels: {level: number; all: ShareRange; measured: ShareRange}[];
    spans: {from_s: number; to_s: number; all: RangedScore; measured: RangedScore}[];
  };
  worst: WorkMoment[];
}
export interface WorkLoadResult extends MeasuredResult {
  load: WorkLoad;
  /** Each action level of the method with its scores, from the lowest on. */
  levels: {level: number; least: number; most: number}[];
  /** What the method asks. `open`: not answered, and its answer can change the score. */
  questions: {
    name: WorkQuestion;
    kind: 'yes_no' | 'choice' | 'kilograms';
    choices: string[];
    ofArm: boolean;
    open: boolean;
  }[];
}

export interface LiftRequest {
  /** 0 to 500. */
  weight_kg: number;
  /** Hands ahead of the ankles, where the lift begins; lengths 0 to 300. */
  horizontal_cm: number;
  /** Hands above the floor. */
  vertical_cm: number;
  /** 0 to 180; null: not known. */
  asymmetry_deg: number | null;
  /** Hands above the floor, where the lift ends. */
  to_vertical_cm: number;
  /** Null: the load is put down without control. */
  to_horizontal_cm: number | null;
  to_asymmetry_deg: number | null;
  lifts_per_minute: number;
  /** The longest lifting without enough recovery after it. */
  hours: number;
  coupling: 'good' | 'fair' | 'poor' | null;
  /** UTC. */
  startedAt: string;
  simulated: boolean;
}
/** Both the same where nothing is open. */
export interface NumberRange {
  least: number;
  most: number;
}
export interface LiftMultipliers {
  horizontal: NumberRange;
  vertical: NumberRange;
  distance: NumberRange;
  asymmetry: NumberRange;
  frequency: NumberRange;
  coupling: NumberRange;
  limit_kg: NumberRange;
}
export interface LiftResult extends MeasuredResult {
  loadConstant_kg: number;
  origin: LiftMultipliers;
  /** Null: the load is put down without control. */
  destination: LiftMultipliers | null;
  /** The recommended weight limit. */
  limit_kg: NumberRange;
  /** Null: the limit is 0. */
  index: NumberRange | null;
}

export type PostureView = 'front' | 'back' | 'left_side' | 'right_side';
export interface PosturePhoto {
  view: PostureView;
  width_px: number;
  height_px: number;
  roll_known: boolean;
  mirrored: boolean;
  pose: {image_px: Numbers; world_m: Numbers; visibility: Numbers};
}
type PosturePair =
  | 'eye'
  | 'ear'
  | 'shoulder'
  | 'axilla'
  | 'waist'
  | 'asis'
  | 'psis'
  | 'hip'
  | 'knee'
  | 'ankle'
  | 'heel';
/** docs/reference/posture.md, "Points". */
export type PosturePointName =
  | `left_${PosturePair}`
  | `right_${PosturePair}`
  | 'c7'
  | 'jugular_notch'
  | 'navel'
  | 'natal_cleft';
export type PostureMeasureName =
  | 'craniovertebral_angle'
  | 'head_tilt'
  | 'shoulder_level'
  | 'pelvic_level'
  | 'trunk_inclination'
  | 'trunk_tilt'
  | 'trunk_shift'
  | 'plumb_offset'
  | 'knee_alignment'
  | 'trunk_asymmetry';
export interface PosturePoint {
  point: PosturePointName;
  x_px: number;
  y_px: number;
  origin: 'automatic' | 'moved' | 'placed';
  /** Of a moved point: where the networks saw it. */
  automatic_x_px?: number;
  automatic_y_px?: number;
}
export interface PosturePointsFound {
  points: PosturePoint[];
  /** Parts of the body beyond the picture's edge. */
  outside: ('head' | 'hands' | 'hips' | 'knees' | 'feet')[];
  /** From the view; null: cannot be told. */
  turned_deg: number | null;
}
export interface PosturePicture {
  view: PostureView;
  width_px: number;
  height_px: number;
  /** How far the camera was turned clockwise; null: not known. */
  roll_deg: number | null;
  mirrored: boolean;
  height_cm: number | null;
  marks: {from_x_px: number; from_y_px: number; to_x_px: number; to_y_px: number; length_cm: number} | null;
  points: PosturePoint[];
  outside: PosturePointsFound['outside'];
  turned_deg: number | null;
}
export interface PosturePhotos {
  pictures: PosturePicture[];
  /** UTC. */
  startedAt: string;
  duration_s: number;
  simulated: boolean;
  /** measurement.json of an earlier posture, to compare with; null: none. */
  earlier: string | null;
}
/** The photo of a posture as the record keeps it. */
export interface KeptPosturePhoto {
  /** A UUID, made once. */
  id: string;
  /** A JPEG without Exif, at most 2 MiB. */
  base64: string;
  view: PostureView;
  /** In its pixels. */
  face_hidden: boolean;
  /** Pixels of this photo for one pixel of the points, at most 1. */
  scale: number;
  roll_deg: number | null;
  mirrored: boolean;
}
export interface PostureResult extends MeasuredResult {
  /** Measures without a value, and the points that they want; none: the scale. */
  gaps: {
    view: PostureView;
    measure: PostureMeasureName;
    part: string;
    side: 'left' | 'right' | null;
    missing: PosturePointName[];
  }[];
  /** Against `earlier`, in the unit of display; none without a value in common. */
  changes: {
    measure: string;
    part: string | null;
    side: 'left' | 'right' | null;
    earlier: number;
    change: number;
    /** The smallest detectable change. */
    least: number;
    certain: boolean;
    unit: string;
  }[];
}

/** A test of a file of catalog/range_of_motion: the file's name, its text, the test's id. */
export interface RangeTestSource {
  file: string;
  text: string;
  id: string;
}
/** A prepared test, of `Exercise.asRangeTest`. */
export interface RangeTest {
  release(): void;
}
export interface RangeTrial {
  side: 'left' | 'right' | null;
  /** Of the movement: negative where it falls short of zero. */
  angle_deg: number;
  uncertainty_deg?: number | null;
  start_s?: number;
  extreme_s?: number;
  end_s?: number;
  /** Turned from the recommended view; null: cannot be told. */
  view_error_deg?: number | null;
  /** Why it does not count; null: it does. */
  note?: 'out_of_plane' | 'wrong_side' | 'partial' | null;
  compensations?: string[];
}
export interface RangeTrialsFound {
  trials: RangeTrial[];
  warnings: MeasuredResult['warnings'];
}
export interface RangeOfMotion {
  tests: (RangeTestSource & {
    method: 'camera' | 'inclinometer' | 'goniometer';
    passive: boolean;
    trials: RangeTrial[];
  })[];
  /** For norms; null: not known. */
  age: number | null;
  sex: 'female' | 'male' | null;
  /** UTC. */
  startedAt: string;
  duration_s: number;
  simulated: boolean;
  warnings: MeasuredResult['warnings'];
}

export interface HeartRateValue {
  /** Null: the device does not know it. */
  rate_bpm: number | null;
  /** 'unknown': the device cannot tell. */
  contact: 'unknown' | 'lost' | 'good';
  /** Intervals between beats since the last value. */
  rr_s: number[];
}
/** What a device says of its value: sensing/bluetooth/gatt_values.h. */
export type DeviceNotice =
  | 'not_worn'
  | 'poor_signal'
  | 'low_perfusion'
  | 'not_ready'
  | 'not_live'
  | 'faulty'
  | 'cuff_loose'
  | 'body_movement'
  | 'wrong_position'
  | 'irregular_pulse';
export interface OxygenValue {
  /** Null: the device has none, or a notice spoils it. */
  saturation_percent: number | null;
  pulse_bpm: number | null;
  notices: DeviceNotice[];
}
export interface BloodPressureValue {
  /** Both or none; null: a notice spoils them. */
  systolic_mmhg: number | null;
  diastolic_mmhg: number | null;
  pulse_bpm: number | null;
  notices: DeviceNotice[];
  /** By the cuff's own clock, without a zone; null: it has none. A cuff may send readings that it kept. */
  taken: string | null;
}

/** `supported`: the support, or a step, was needed before the end. */
export type HoldOutcome = 'whole' | 'supported';

export interface BalanceState {
  levels: {holds: number}[];
  /** Index of the level that the session began at. */
  beganAt: number;
  /** In order. */
  done: {outcome: HoldOutcome}[];
}

export interface BalanceNow {
  /** Index of the level of the next hold. */
  level: number;
  /** Holds of the session; 0: it is over. */
  left: number;
}

export interface BalanceSession {
  /** In the order in which they were done. */
  holds: {
    part: string;
    side: 'left' | 'right' | null;
    /** Since the session's start. */
    start_s: number;
    planned_s: number;
    /** Null: not known; only of one that needed the support. */
    held_s: number | null;
    outcome: HoldOutcome;
    /** Of the trunk, in the units of display; null: not measured. */
    trunkAcceleration: number | null;
    swayAngle: number | null;
  }[];
  simulated: boolean;
  /** In UTC. */
  startedAt: string;
}

export type EnduranceSign = 'heart-rate' | 'oxygen-saturation' | 'systolic' | 'diastolic' | 'breathlessness';
/** Heart rates in /min, oxygen in %, pressures in mmHg, breathlessness from 0 to 10; null: the clinician set none. */
export interface EnduranceLimits {
  startHeartRate: number | null;
  startOxygen: number | null;
  startSystolic: number | null;
  startDiastolic: number | null;
  stopHeartRate: number | null;
  stopOxygen: number | null;
  stopBreathlessness: number | null;
}
export interface EnduranceFacts {
  limits: EnduranceLimits;
  /** Measured or rated; null or missing: not known. */
  signs: {
    heartRate?: number | null;
    oxygen?: number | null;
    systolic?: number | null;
    diastolic?: number | null;
    breathlessness?: number | null;
  };
  starting: boolean;
}
/** `missing`: have a limit for the start, and must be measured first. */
export interface EnduranceVerdict {
  passed: EnduranceSign[];
  missing: EnduranceSign[];
}
export type EffortScale = 'borg-6-20' | 'cr10';
export type EndurancePhase = 'warm_up' | 'main' | 'cool_down';
export type EnduranceMeasure =
    'effort_borg' | 'effort_cr10' | 'breathlessness' | 'heart_rate' | 'oxygen_saturation' | 'systolic_pressure' |
    'diastolic_pressure';
export type DeviceKind =
  | 'heart_rate_strap'
  | 'pulse_oximeter'
  | 'blood_pressure_monitor'
  | 'phone'
  | 'sensor'
  | 'imported_file';
/** A device by what it sent during a session. Counts of values; `usable` and `noContact` are some of `received`. */
export interface EnduranceDevice {
  kind: DeviceKind;
  name: string | null;
  battery_percent: number | null;
  received: number;
  usable: number;
  noContact: number;
  notices: {notice: DeviceNotice}[];
}
/** Errors: 'unsupported' (another kind of file), 'corrupt', and of `finish` 'nothing_measured' (no heart rate). */
export interface HeartRateFile {
  take(bytes: Uint8Array): void;
  finish(): HeartRatesOfFile;
  release(): void;
}
export interface HeartRatesOfFile {
  format: HeartRateFormat;
  /** Within the range, in order of time, one for each moment. Times in seconds since 1970. */
  rates: {time_s: number; rate_bpm: number}[];
  /** Of the whole file. */
  count: number;
  first_s: number;
  last_s: number;
}
export type HeartRateFormat = 'TCX' | 'FIT' | 'Apple Health';

export interface EnduranceSession {
  scale: EffortScale;
  /** As planned for the main part. */
  effort: {low: number; high: number};
  heartRate: {low: number; high: number} | null;
  /** Seconds since the start; a pause parts a phase in two. Empty: it did not start, and only values are kept. */
  stretches: {phase: EndurancePhase; start_s: number; end_s: number}[];
  values: {
    moment: 'before' | 'during' | 'after';
    time_s: number;
    measure: EnduranceMeasure;
    value: number;
    /** That sent it; absent: a person rated it or typed it in. */
    device?: DeviceKind;
  }[];
  /** A strap's own values, about one a second, or those of a file. */
  rates: {time_s: number; rate_bpm: number}[];
  simulated: boolean;
  /** UTC. */
  startedAt: string;
  /** Of each kind at most one; the file of `imported` is no device of these. */
  devices: EnduranceDevice[];
  /** The format of the file that `rates` come from; null: from a strap. */
  imported: HeartRateFormat | null;
}

export type Metric = 'pain' | 'effort' | 'quality' | 'score' | 'range';
export type Better = 'higher' | 'lower' | 'none';

export type FunctionTest =
    'timed_up_and_go' | 'sit_to_stand_5' | 'sit_to_stand_30' | 'walk_10_m' | 'walk_6_min' | 'single_leg_stance' |
    'tandem_stance' | 'functional_reach';

export interface ScorePoint {
  /** A FHIR dateTime. */
  at: string;
  /** As it is displayed. */
  value: number;
}

export interface FunctionScore {
  test: FunctionTest;
  side: 'left' | 'right' | null;
  /** As it is displayed; empty: a number without one. */
  unit: string;
  /** Decimals. */
  digits: number;
  /** The oldest first, all measured in the way of the latest. */
  points: ScorePoint[];
  /** Results of another way of measuring were left out. */
  otherwise: boolean;
  /** Null: one result. `least`: what `by` must exceed; null: not known, and so is the verdict. */
  change: {verdict: 'better' | 'worse' | 'same' | 'unknown'; by: number; least: number | null; source: string | null} |
      null;
}

export interface FunctionScores {
  tests: FunctionScore[];
  /** `name`: in the record's words. Which direction is better is not known. */
  questionnaires: {code: string; name: string; points: ScorePoint[]}[];
}

export interface AdherenceOptions {
  patient: string;
  /** YYYY-MM-DD */
  from: string;
  /** With its zone. */
  now: string;
  /** Every set that was begun; `day` in the patient's time zone. */
  sets: readonly {day: string; exercise: string}[];
}

export interface Adherence {
  /**
   * Whole weeks. `prescribed`: sets of the days in force; `percent`: null if none were prescribed. The running week
   * counts the days that are over and today's completed sets.
   */
  weeks: {monday: string; done: number; prescribed: number; days: number; percent: number | null; running: boolean}[];
  /** From `from` to today; `prescribed`: sets on an average day. */
  days: {day: string; done: number; prescribed: number}[];
  /** The prescription from a day on, until the next begins; `changed`: the programme changed on that day. */
  stretches: {
    from: string;
    changed: boolean;
    exercises: {
      request: string;
      exercise: string;
      sets: number;
      repetitions: number;
      hold_s: number | null;
      daysPerWeek: number;
    }[];
  }[];
  /** Percent, of the completed weeks; null if there is none. */
  mean: number | null;
}

export interface ContraindicationHit {
  severity: 'contraindicated' | 'caution';
  /** "new-hip-deep-bend|1"; null if from the exercise's own file. */
  rule: string | null;
  /** The code that covers the patient's. */
  because: {system: string; code: string; display: string};
  /** Stage or time is not recorded and was assumed to match the rule. */
  assumed: boolean;
  /** By language. */
  words: Record<string, string>;
  /** Of a limit, degrees or ratio. */
  measure: string | null;
  min: number | null;
  max: number | null;
  weightBearing: 'none' | 'partial' | 'full' | null;
}

export interface TemplateOptions {
  phase: string;
  patient: string;
  affected: 'left' | 'right' | 'both' | null;
  language: string;
  /** Its first day. */
  start: string;
  simulated: boolean;
}

export type Sides = 'left' | 'right' | 'both';

/** How far a joint may go; degrees, or a ratio. */
export interface RangeLimit {
  measure: string;
  side: 'left' | 'right' | null;
  min: number | null;
  max: number | null;
}

/** One exercise while its prescription is written. */
export interface ProgrammeItem {
  /** Id of its ServiceRequest; of a new one a UUID. */
  key: string;
  /** The record does not have it yet. */
  fresh: boolean;
  /** "urn:reprise:exercise:squat|1". */
  canonical: string;
  exercise: string;
  side: Sides | null;
  sets: number;
  repetitions: number;
  /** Seconds. */
  hold: number | null;
  /** Seconds. */
  rest: number;
  /** A week. */
  days: number;
  /** Kilograms. */
  load: number | null;
  /** Of the primary measure, degrees or ratio; null: the exercise's own. */
  ceiling: number | null;
  target: number | null;
  /** For an EMG sensor; `share` in percent of the reference contraction, `hold` in seconds. Never with a ceiling. */
  muscle: MuscleTarget | null;
  camera: boolean;
  helper: boolean;
  support: string;
  instruction: string;
}

/** What a clinician wants a muscle to do (care/plan/muscle_target.h). */
export interface MuscleTarget {
  muscle: Muscle;
  side: 'left' | 'right';
  share: number;
  hold: number;
}

export type Muscle =
    'vastus-medialis' | 'rectus-femoris' | 'hamstrings' | 'gluteus-maximus' | 'gluteus-medius' | 'tibialis-anterior' |
    'gastrocnemius' | 'biceps' | 'triceps' | 'deltoid' | 'upper-trapezius' | 'forearm-extensors';

/** A programme while it is written. */
/** The most load of the affected leg; walks with load sensors follow it. */
export interface LoadLimit {
  amount: number;
  /** Of the body's mass, or kg. */
  unit: '%' | 'kg';
  /** As dressed. */
  bodyMass_kg: number;
  /** To walk with sensors only with a helper. */
  helper: boolean;
}

export interface ProgrammeDraft {
  title: string;
  note: string;
  start: string;
  affected: Sides | null;
  bearing: 'none' | 'partial' | 'full';
  loadLimit: LoadLimit | null;
  /** The record has a limit that cannot be followed: unreadable, or without partial weight bearing. While it is true
   *  and the leg bears part of the weight, it is written as it was. */
  loadLimitUnread: boolean;
  limits: RangeLimit[];
  painStop: number;
  painRise: number;
  personalBests: boolean;
  /** The template and its phase that it came from. */
  template: {canonical: string; phase: string} | null;
  items: ProgrammeItem[];
}

/** What the record has, and what a draft needs of the exercises' files. */
export interface RecordedProgramme {
  /** A CarePlan; null: none yet. */
  plan: object | null;
  /** ServiceRequests. */
  requests: readonly object[];
  exercises: readonly {
    id: string;
    /** In the record's language. */
    name: string;
    /** The primary one. */
    measure: string;
    dosage: {sets: number; repetitions: number; hold_s?: number; rest_s: number; days_per_week: number};
  }[];
}

export interface ProgrammeWriting extends RecordedProgramme {
  draft: ProgrammeDraft;
  /** Ids of the patient and of the writing Practitioner. */
  patient: string;
  practitioner: string;
  /** A FHIR dateTime. */
  now: string;
  simulated: boolean;
}

export interface IntensityProposal {
  /** Id of the ServiceRequest. */
  request: string;
  change: 'raise' | 'lower';
  reasons: ('all_done' | 'pain_low' | 'effort_low' | 'stopped_for_pain' | 'pain_high' | 'little_done' |
      'effort_high')[];
  /** The evidence, the oldest first; `share` of the daily prescription. */
  days: {
    day: string;
    counted: number;
    share: number;
    stoppedForPain: boolean;
    pain: number | null;
    painRise: number | null;
    effort: number | null;
    quality: number | null;
    evidence: string[];
  }[];
  /** Proposed. */
  sets: number;
  repetitions: number;
  hold_s: number | null;
  /** Ids of harder or easier exercises, if the dosage cannot change further. */
  instead: string[];
  /** Version of the rules. */
  rules: number;
}

export interface RemoteMonitoringOptions {
  /** Id of the Patient. */
  patient: string;
  /** In the clinic's time zone, such as "2026-03-14". */
  today: string;
  /** The clinic's offset from UTC, from each moment on; in chronological order, at least one. */
  zone: {from_ms: number; offset_minutes: number}[];
  /** Leaves out periods that began before this day, for a page that requested only later data. */
  from?: string | null;
  /** Id of the claiming Practitioner. */
  practitioner?: string | null;
  /** The time of the draft claim, a FHIR dateTime; without it, or without a practitioner, there is none. */
  created?: string | null;
}

/** A line that may be claimed, or its reasons against. Days are such as "2026-03-14"; the last is included. */
export interface ClaimLine {
  /** Id of the rule file, and of the row in it. */
  rules: string;
  row: string;
  code: string;
  units: number;
  from: string;
  to: string;
  /** Days with data, or minutes. */
  counted: number;
  /** `waiting`: reached, but its period still runs. */
  state: 'ready' | 'waiting' | 'blocked' | 'claimed';
  reasons: {
    why: 'device_not_recorded' | 'other_programme' | 'other_practitioner' | 'exclusive' | 'no_interaction' |
        'already_claimed';
    row: string;
    evidence: string | null;
  }[];
  /** References: "Observation/ID". */
  evidence: string[];
}

export interface RemoteMonitoring {
  lines: ClaimLine[];
  /** The amount still missing to reach the row, and the last day for it. */
  missing: {
    row: string;
    code: string | null;
    need: 'data_days' | 'minutes' | 'interaction' | 'set_up';
    amount: number;
    by: string;
  }[];
  windows: {
    from: string;
    to: string;
    group: 'musculoskeletal' | 'respiratory' | 'cognitive_behavioural';
    dataDays: number;
  }[];
  months: {from: string; to: string; minutes: number; interactions: number}[];
  /** Found but not counted; `evidence`: a reference, or for `no_rules` the last day of the period. */
  uncounted: {
    why: 'day_to_come' | 'time_to_come' | 'no_time' | 'too_long' | 'unreadable' | 'too_old' | 'no_rules';
    evidence: string;
  }[];
  /** Whether a plan of monitoring exists. */
  monitored: boolean;
  /** Since when the clinic's device status is recorded. */
  deviceSince: string | null;
  simulated: boolean;
  /** A FHIR Claim, a draft, of the lines that are ready. */
  claim: object | null;
  csvHeader: string;
  csv: string;
}

export interface Programme {
  /** Of the CarePlan. */
  id: string;
  /** Id of the Patient. */
  patient: string;
  title: string | null;
  /** The patient is not a person. */
  simulated: boolean;
  /** A FHIR date. */
  period: {start: string | null; end: string | null};
  note: string | null;
  /** In the order of the session. */
  exercises: PrescribedExercise[];
  /** The clinic's own title. */
  questionnaires: QuestionnaireRequest[];
  /** Tests with the phone's own motion sensors: no exercises, and never among the `problems`. */
  tests: PhoneTestRequest[];
  /** Sessions of walking or cycling: likewise. */
  endurance: EnduranceRequest[];
  /** Balance programmes. */
  balance: BalanceRequest[];
  /** The exercises on hold, and why; `held` repeats it for each exercise. */
  holds: Hold[];
  /** What the clinic released of the self-assessment. */
  selfReleases: ('single_leg' | 'step_down' | 'jump')[];
  /** Exercises and (without a request) questionnaires that cannot be offered, and why. Worded for the clinic. */
  problems: {request: string | null; text: string}[];
  /** Pain above `painStop` ends an exercise; so does a rise by `painRise` or more over today's first answer. */
  limits: PainLimits;
  affectedSide: 'left' | 'right' | 'both' | null;
  /** The most weight that the affected leg may bear. Exercises that need more are among the problems. */
  weightBearing: 'none' | 'partial' | 'full';
  /** Beside a partial weight bearing; `share`: of the body's weight. */
  loadLimit: (LoadLimit & {share: number}) | null;
  /** How far joints may go; of an exercise that counts the measure it is the `ceiling` already. */
  rangeLimits: RangeLimit[];
  clinic: {name: string | null; phone: string | null};
  /** As the clinic configured it. */
  emergencyNumber: string | null;
  /** The patient's last answer; null if not asked yet. */
  consents: {
    appUse: boolean | null;
    /** Whether recorded movement (points, never pictures) may be kept. */
    movementRecording: boolean | null;
  };
}

export interface Hold {
  /** Id of the ServiceRequest; null: all exercises. */
  exercise: string | null;
  /** If false, answers within the limits on a later day end it, too. */
  needsClinician: boolean;
  /** When the patient said it. */
  said: string | null;
  /** Whether the record has received it. */
  known: boolean;
  /** Identifier of the QuestionnaireResponse, `urn:uuid:…`. */
  answers: string | null;
  /** Codes of the Flag: 'red-flag', 'pain-over-limit', 'pain-risen', 'not-settled', 'stopped', 'limit-passed-…'. */
  reasons: string[];
  /** linkIds of the warning signs answered with yes. */
  questions: string[];
  pain: number | null;
}

export interface QuestionnaireRequest {
  /** `url|version`, or without a version the newest active one. */
  canonical: string;
  /** 0: once. */
  everyDays: number;
  reason: string | null;
  /** The last day that the clinic accepts; null if none is set. */
  answerBy: string | null;
  /** Local days of the answer, FHIR dates. */
  lastAnswered: string | null;
  /** Answered, and not repeated. */
  done: boolean;
  /** The day from which it is due; null: at once, or done. */
  due: string | null;
}

/** What requests have in common that a patient follows by themselves. */
export interface RequestTerms {
  /** Id of the ServiceRequest. */
  request: string;
  /** 0: once. */
  everyDays: number;
  /** Only with a helper; false: the clinician released the patient to do it alone. */
  helper: boolean;
  /** On hold (`Programme.holds`): it must not be started now. */
  held: boolean;
  supportNote: string | null;
  instruction: string | null;
  /** The last day that the clinic accepts; null if none is set. */
  answerBy: string | null;
  /** The patient's own day; null: never. */
  lastDone: string | null;
  /** Done, and not repeated. */
  done: boolean;
  /** The day from which it is due again; null: at once, or done. */
  due: string | null;
  /** Why it cannot be offered, for the clinic. */
  problem: string | null;
}

/** A test that the patient does with the phone's own motion sensors (docs/reference/programme.md). */
export interface PhoneTestRequest extends RequestTerms {
  /** Null with a `problem`. */
  test: PhoneTest | null;
  /** One length of a walk's course; null: the test has none. */
  courseMeters: number | null;
}

/** A session of walking or cycling, guided by effort (docs/reference/programme.md). */
export interface EnduranceRequest extends RequestTerms {
  /** Null, as `scale`, with a `problem`. */
  activity: 'walking' | 'cycling' | null;
  warmUp_min: number;
  main_min: number;
  coolDown_min: number;
  scale: EffortScale | null;
  /** Of the main part. */
  effort: {low: number; high: number};
  /** How the heart rate responds to effort; null: not recorded. */
  response: 'normal' | 'beta-blocker' | 'pacemaker' | 'atrial-fibrillation' | null;
  /** Of the main part; never unless the response is normal. */
  heartRate: {low: number; high: number} | null;
  limits: EnduranceLimits;
}

export type Stance = 'feet-apart' | 'feet-together' | 'semi-tandem' | 'tandem' | 'single-leg';

/** One level of a balance programme. */
export interface BalanceLevel {
  stance: Stance;
  /** On one leg: the one to stand on. */
  side: 'left' | 'right' | null;
  foam: boolean;
  eyesClosed: boolean;
  dualTask: boolean;
  hold_s: number;
  /** Of a session. */
  holds: number;
  /** The day of its release; null: not released. */
  released: string | null;
  /** The `part` of its results. */
  part: string;
}

/** A ladder of stances; the engine says which level is due (docs/reference/programme.md). */
export interface BalanceRequest extends RequestTerms {
  /** Whole sessions in a row before a level gets harder. */
  sessions: number;
  /** The easiest first; empty with a `problem`. */
  levels: BalanceLevel[];
  /** Index of the level that is due. */
  level: number;
  /** So many are released, one after the other, from the first on. */
  releasedLevels: number;
  /** The newest ones in a row that were whole at the level that is due. */
  wholeSessions: number;
  /** For the next level, which is not released. */
  ready: boolean;
  /**
   * Sessions, the newest first, with their start since 1970; within one, the easiest level first. `whole`: of its
   * holds, without the support.
   */
  results: {
    time_ms: number;
    day: string;
    levels: {level: number; holds: number; whole: number}[];
  }[];
}

/** A request as a clinician sees it. */
export interface RequestedQuestionnaire {
  /** Names its activity, also after others were added or changed. */
  key: string;
  /** `url|version`, or without a version the newest active one. */
  canonical: string;
  state: 'due' | 'later' | 'overdue' | 'done' | 'withdrawn' | 'unreadable';
  /** 0: once. */
  everyDays: number;
  reason: string | null;
  /** A FHIR dateTime: earlier answers do not count. */
  since: string | null;
  /** The last day that the clinic accepts. */
  by: string | null;
  due: string | null;
  /** Ids of the QuestionnaireResponses that count, the newest first. */
  answers: string[];
}

export interface NewQuestionnaireRequest {
  url: string;
  /** 0: once. */
  everyDays: number;
  by: string | null;
  reason: string;
  /** A FHIR dateTime with a time zone. */
  since: string;
}

export interface PainLimits {
  painStop: number;
  painRise: number;
}

export interface PrescribedExercise {
  /** Id of the ServiceRequest, and its version in the record. */
  request: string;
  requestVersion: string | null;
  /** Of the exercise. */
  id: string;
  version: number;
  /** Its file, for `Reprise.exercise`. */
  json: string;
  /** Null if the exercise has no sides, or for both. */
  side: 'left' | 'right' | null;
  sets: number;
  /** Or holds. */
  repetitions: number;
  hold_s: number | null;
  rest_s: number;
  daysPerWeek: number;
  /** Held or worn; null if none is prescribed. */
  load_kg: number | null;
  /** Of the primary measure, degrees or ratio; the programme's, to pass to `Exercise.coach`. */
  ceiling: number | null;
  target: number | null;
  /** For an EMG sensor. */
  muscle: MuscleTarget | null;
  /** Whether a personal best may be praised: never with a ceiling, the exercise's own included. */
  personalBests: boolean;
  /** False: the clinic prescribed it without a camera. */
  camera: boolean;
  /** A helper must be present. */
  helper: boolean;
  /** On hold (`Programme.holds`): it must not be started now. */
  held: boolean;
  supportNote: string | null;
  instruction: string | null;
}

export interface DoneSet {
  /** UUIDs in lower case, assigned once: of this set, and of the exercise session. */
  id: string;
  session: string;
  patient: string;
  /** `Programme.simulated`; simulated frames override it with true. */
  simulated: boolean;
  exercise: Pick<PrescribedExercise, 'request' | 'side' | 'ceiling'>;
  /** With the zone: "2026-03-02T10:00:00+01:00". */
  start: string;
  end: string;
  /** Null if it was finished. */
  stopped: 'pain' | 'warning_sign' | 'unsafe' | 'own_choice' | 'technical' | null;
  /** 0 to 10. */
  pain: {when: 'before' | 'during' | 'after'; value: number}[];
  /** 0 to 10. */
  effort: number | null;
  /** The patient's own words. */
  note: string | null;
}

export interface HandCountedSet extends DoneSet {
  exercise: Pick<PrescribedExercise, 'request' | 'json' | 'side' | 'ceiling'>;
  byHand: {repetitions: number; held_s: number | null};
}

export interface CoachedSet extends DoneSet {
  /** `Coach.recording` in base64, only with the patient's consent; `id`: a UUID, assigned once. */
  recording?: {id: string; base64: string; gzip: boolean} | null;
  /** The result of `Game.result`; left out or null without a game. */
  game?: GameResult | null;
}

export interface GivenConsent {
  /** A UUID in lower case, assigned once. */
  id: string;
  patient: string;
  kind: 'app_use' | 'movement_recording' | 'video_visit' | 'posture_photo';
  permits: boolean;
  /** With the zone. */
  when: string;
  /** Of the text: "de". */
  language: string;
  /** The whole text shown, and the answer; stored with it. */
  words: string;
  simulated: boolean;
}

export interface GivenAnswers {
  /** UUIDs in lower case, as in DoneSet. */
  id: string;
  session: string | null;
  patient: string;
  /** Id of the CarePlan. */
  programme: string | null;
  /** Its url and version: "urn:reprise:questionnaire:red-flags|1". */
  questionnaire: string;
  /** When, with the zone. */
  authored: string;
  simulated: boolean;
  /** Id of the ServiceRequest of the exercise. */
  exercise?: string | null;
  /** The device stopped exercising because of them; then there may be no answers. */
  stopped?: boolean;
  /** `stopped` because of this limit of an endurance session. */
  passedLimit?: EnduranceSign | null;
  /** `id` of answers given by mistake a moment ago. */
  takesBack?: string | null;
  /** A required question was not asked. */
  partial?: boolean;
  /** By linkId, without unanswered questions. */
  answers: {question: string; value: boolean | number | string}[];
}

/** Answers to the questions that were asked, null if unanswered; questions that were not due are left out. */
export interface SafetyFacts {
  limits: PainLimits;
  /** By linkId of the questionnaire `red-flags`. */
  redFlags?: Record<string, boolean | null>;
  /** Of that questionnaire; version 1 lacks a question. */
  redFlagsVersion?: string | null;
  /** Now, 0 to 10. */
  pain?: number | null;
  /** Today's first answer. */
  painBefore?: number | null;
  support?: {needed: boolean; inReach: boolean | null};
  helper?: {needed: boolean; present: boolean | null};
  /** Within 24 hours, asked the next morning. */
  settled?: boolean | null;
  /** Id of the ServiceRequest of the exercise. */
  exercise?: string | null;
}

export interface SafetyVerdict {
  verdict: 'go_on' | 'ask' | 'stop_exercise' | 'end_session';
  /** Why; `question`: the linkId. Empty with `go_on`. */
  findings: {
    reason: 'red_flag' | 'pain_over_limit' | 'pain_risen' | 'not_settled' | 'no_support' | 'no_helper' |
        'not_answered' | 'stopped' | 'limit_passed';
    question: string | null;
  }[];
  /** Whether the clinic must be told. */
  tellsClinic: boolean;
  /** The exercise on hold until a clinician has decided, or until the next day; null: none. */
  holds: 'all' | 'exercise' | null;
}


export interface PoseSessionOptions {
  /** The person to follow if several are seen at the start: 1, the first in `order`, to 8. Default 1. */
  person?: number;
  /** Default "largest_first". */
  order?: 'largest_first' | 'central_first';
}

/** A request to run a network. */
export interface NetworkRequest {
  wanted: 'detector' | 'landmarks';
  /** Its input, 1 x 224 x 224 x 3 or 1 x 256 x 256 x 3; a view into the engine's memory, to be copied at once. */
  input: Float32Array;
}

/** The result of a picture: with `time_s` it is a Frame for the coach. */
export interface PoseResult {
  wanted?: undefined;
  /** People in the detector's newest result for the whole picture. */
  people: number;
  /** The detector ran on the whole picture, so that `people` is fresh. */
  detected: boolean;
  /** The first picture after a loss that may show another person. */
  reacquired: boolean;
  /** Mean luma of the picture, 0 to 1. */
  light: number;
  /** As in Frame; absent if the followed person was not seen. */
  world_m?: Float64Array;
  visibility?: Float64Array;
  image_px?: Float64Array;
}

/**
 * For each picture: fill `picture(…)`, call `begin(time)`; while the result names a network, run it on `input`, copy
 * its output into `detectorOutput` or `landmarkOutput`, and call `answer`. Views are valid until the next call.
 */
export interface PoseSession {
  /** Returns the buffer of the picture: RGBA, rows from the top, without gaps. Sides of 1 to 4096 pixels. */
  picture(width_px: number, height_px: number): Uint8Array;
  /** `time_s` must rise from picture to picture. */
  begin(time_s: number): NetworkRequest | PoseResult;
  /** 2254 x 12 and 2254. */
  readonly detectorOutput: {boxes: Float32Array; logits: Float32Array};
  /** 39 x 5, 64 x 64 x 39 and 39 x 3. */
  readonly landmarkOutput: {landmarks: Float32Array; heatmap: Float32Array; world_m: Float32Array};
  /** `presence`: the landmark network's probability that it sees a person; left out after the detector. */
  answer(presence?: number): NetworkRequest | PoseResult;
  /** As Exercise.release. */
  release(): void;
}

export interface VisitWatchOptions {
  /** The patient: 1, the person nearest to the middle at the beginning and after each pause, to 8. Default 1. */
  person?: number;
  /** Files of catalog/range_of_motion, all of whose tests by camera are looked for; one given twice counts once. */
  tests: readonly Pick<RangeTestSource, 'file' | 'text'>[];
  /** Texts of files of catalog/exercises: at least those that the tests name. */
  exercises: readonly string[];
}

/**
 * Used as a PoseSession: a picture goes through the networks for the patient, then for the helper. The result of a
 * picture is the patient's. Its `reacquired` is also true in the first picture with a person after a pause.
 */
export interface VisitWatch extends PoseSession {
  /** Of the helper in the last picture, 33 times x, y, z in pixels; absent: not seen. For drawing. */
  readonly helper_px?: Float64Array;
  readonly helper_visibility?: Float64Array;
  /** Pictures so far, and the seconds that they cover without pauses. */
  readonly pictures: number;
  readonly watched_s: number;
  /**
   * Pauses, and drops a picture under way. The next picture begins anew: the patient is chosen again, so ask who that
   * is. No movement, rest or loss counts across a pause.
   */
  pause(): void;
  /**
   * The movements so far; `last_s`: those of the last seconds alone. Fails with `nothing_measured` where no person was
   * seen.
   */
  findings(options?: SessionOptions & {last_s?: number}): VisitDocument;
  /** Measures accepted proposals of the last `findings` without `last_s`. */
  accept(request: AcceptedProposals): MeasuredResult;
}

export interface AcceptedProposals extends SessionOptions {
  /** `number`: from 0. `manner`: as the clinician says; null: as proposed. */
  accepted: readonly {number: number; manner: 'active' | 'passive' | null}[];
  /** UTC. */
  startedAt: string;
  /** For norms; missing or null: not known. */
  age?: number | null;
  sex?: 'female' | 'male' | null;
}

/** reprise.visit/1: docs/reference/visit.md. Times are those of the pictures. */
export interface VisitDocument {
  schema: 'reprise.visit/1';
  simulated: boolean;
  source: string;
  /** The median; null: fewer than two pictures. */
  pictures_per_s: number | null;
  proposals: VisitProposal[];
  left_out: VisitLeftOut[];
}
export interface VisitProposal {
  /** Its id in catalog/range_of_motion. */
  test: string;
  side: Side | null;
  manner: 'active' | 'passive' | 'unknown';
  trials: {
    start_s: number;
    extreme_s: number;
    end_s: number;
    angle_deg: number;
    uncertainty_deg: number | null;
    view_error_deg: number | null;
    /** In English. */
    compensations: string[];
  }[];
}
/** A movement that was seen and is not proposed; `text` and `remedy` are in English. */
export interface VisitLeftOut {
  start_s: number;
  end_s: number;
  code: 'not_recognized' | 'out_of_plane' | 'wrong_side' | 'limb_hidden' | 'too_uncertain' | 'not_measured' |
      'partial' | 'not_seen' | 'person_unsure' | 'side_unsure' | 'too_few_pictures' | 'whole_body';
  text: string;
  remedy: string;
  /** Of the movement, where known. */
  test?: string;
  side?: Side;
}

/** An exercise for showing it: its numbers, and its movement as figures. */
export interface ShownExercise {
  readonly id: string;
  /** The content of the file, for texts on a screen. */
  readonly file: Record<string, unknown>;
  /** As ProgrammeEngine.bones. */
  readonly bones: readonly Bone[];
  /**
   * The figure at a share of one repetition, 0 to 1, right side working: x, y, z of each of the 33 landmarks in meters;
   * x as the person faces, y up from the floor, z to the person's right.
   */
  figure(share: number, options?: FigureOptions): Float64Array;
  /** The same figure with the axes of its segments. */
  body(share: number, options?: FigureOptions): DrawnBody;
  /** The same figure as a flat drawing, seen from a view. */
  drawing(share: number, options?: DrawingOptions): Drawing;
  /**
   * The same exercise with a movement that stays at or before a ceiling, degrees or ratio of the main measure, wherever
   * it is drawn; it rests where it begins past that. To be released, too.
   */
  shownWithin(ceiling: number): this;
  /** Returns the exercise's numbers for screens. `ceiling` as for the coach; the result has the stricter one. */
  facts(options?: Pick<CoachOptions, 'ceiling'>): ExerciseFacts;
  /** Returns the moment of the exercise's tempo, `time_s` after the start of the first repetition. */
  pace(time_s: number): PaceMoment;
  /**
   * The same exercise with a muscle's activity as what counts: held at `share` of the reference contraction (1 is all
   * of it), for `hold_s`. Throws where it has a ceiling, which no one would watch. To be released, too.
   */
  withMuscle(target: {share: number; hold_s: number}): this;
  /** Frees its memory at once. It must not be used afterwards. */
  release(): void;
}

/** The same, and what watches it. */
export interface Exercise extends ShownExercise {
  /** Starts a set. */
  coach(options?: CoachOptions): Coach;
  /** Starts a game controlled by a set of this exercise; `facts().game_eligible` says whether one may be offered. */
  game(kind: GameKind, options: GameOptions): Game;
  /** Sensors worn on that side, for what this exercise counts; `facts().sensors` says whether it can be. */
  wear(side: 'left' | 'right'): WornSensors;
  /**
   * The same exercise as a test of range of motion counts it: each movement is a trial, nothing is judged. Both are to
   * be released. Throws where the test is not filmed with this exercise.
   */
  asRangeTest(test: RangeTestSource): {exercise: Exercise; test: RangeTest};
  /** Starts a check of the set-up: is the person in clear view for this exercise? */
  readiness(options?: Pick<CoachOptions, 'side'>): Readiness;
  /** A simulated person who does the exercise, frame by frame. */
  simulate(options?: SimulateOptions): Frame[];
}

export interface CoachOptions {
  /** The prescribed side, for sided exercises; without it either or both. */
  side?: 'left' | 'right';
  /** Largest allowed value of the exercise's main measure: degrees, or the ratio. The file's own applies as well. */
  ceiling?: number;
  /** A helper is present: several people in the picture are no problem. */
  helper?: boolean;
}

export interface FigureOptions {
  /** The left side works. */
  mirror?: boolean;
  /** Default 1.7. */
  stature_m?: number;
  /** One of movement.faults of the exercise's file. Default: the correct movement. */
  fault?: string;
  /** How much of the angles that the fault adds, 0 to 1. Default 1: a simulated patient's, too clear for a picture. */
  fault_share?: number;
}

export interface DrawnBody {
  /** As `figure`. */
  readonly landmarks_m: Float64Array;
  /**
   * 15 times the unit vectors x, y and z of a segment: pelvis, trunk, head, then thigh, shank, foot, upper arm, forearm
   * and hand, left and right. In neutral standing each has x forward, y up and z to the person's right.
   */
  readonly segments: Float64Array;
  /** What carries the body. */
  readonly support: 'feet' | 'seated' | 'lying' | 'long_sitting' | 'hands' | 'shoulders';
}

export type Side = 'left' | 'right';
export type View = 'front' | 'oblique' | 'side' | 'back';
export type BodyPosition =
    'standing' | 'sitting' | 'long_sitting' | 'lying_on_back' | 'lying_on_side' | 'lying_on_front' | 'kneeling' |
    'on_hands_and_knees';
export type BodyPart = 'head' | 'shoulder' | 'elbow' | 'hand' | 'hip' | 'knee' | 'foot';
/** The part of a repetition: on the way out, still at the farthest point, on the way back. */
export type MovementPart = 'rest' | 'out' | 'extreme' | 'back';

export interface DrawingOptions {
  /** Default: the best of the exercise's views. */
  view?: View;
  /** The left side works; in a side view it is then the near one. */
  mirror?: boolean;
}

/** As seen by a distant camera, in a square of side 1, from its top left corner. */
export interface Drawing {
  /** 33 times x, y. The square holds the whole repetition, so that drawings of one repetition align. */
  readonly points: Float64Array;
  /** Height of the floor. */
  readonly floor: number;
  /** The side whose arm and leg are nearer to the camera at the start; null: about equal. */
  readonly nearer: Side | null;
}

/** Angles in degrees; ratios unchanged. */
export interface ExerciseFacts {
  readonly kind: 'repetitions' | 'hold';
  /** The main measure. */
  readonly measure: string;
  readonly unit: 'degree' | 'ratio';
  readonly rest: number;
  /** Below `rest` if the movement counts down. */
  readonly target: number;
  /** Must not be passed; on the far side of `rest`, as the target. */
  readonly ceiling: number | null;
  /** The views from which a camera can judge it, the best first. */
  readonly views: readonly View[];
  readonly sided: boolean;
  /** From the exercise's file; null: left open. */
  readonly tempo: {readonly out_s: number | null; readonly hold_s: number | null; readonly back_s: number | null};
  /** The same, with open parts from the reference movement. */
  readonly pace: {readonly out_s: number; readonly hold_s: number; readonly back_s: number};
  /** The duration of one repetition at that pace. */
  readonly repetition_s: number;
  /** Where two sensors are worn that give the main measure: "thigh" and "shank"; null: they cannot. */
  readonly sensors: readonly [string, string] | null;
  readonly balance: 'none' | 'standing' | 'single_leg';
  readonly support_within_reach: boolean;
  /** False: a hand or a button must start it. */
  readonly starts_by_itself: boolean;
  /** For people at high risk of falling: a helper is present, or the clinician has released it. */
  readonly helper_or_release: boolean;
  /** A game may guide it: watching a screen does no harm (docs/guide/games.md). */
  readonly game_eligible: boolean;
  /** The games that may guide it; `river` also where a support has to be confirmed first. */
  readonly games: readonly GameKind[];
  /** A raised hand can start it: false if a hand is up from the beginning. */
  readonly hand_starts: boolean;
  /** A raised hand can stop it: false if the exercise itself lifts a hand. */
  readonly hand_stops: boolean;
  /** The gestures in a set; null: the exercise itself comes near each of them, and the buttons remain. */
  readonly gestures: {readonly hurts: Gesture | null; readonly pause: Gesture | null};
  /** The direction of farther. */
  readonly farther: 'farther' | 'lower' | 'higher';
  /** The usual one. */
  readonly position: BodyPosition | null;
  /** By prescribed side: the working one. */
  readonly working_side: Readonly<Record<Side, Side>>;
  /** By prescribed side, of a one-legged exercise: the leg that bears the weight; null: both. */
  readonly standing_leg: Readonly<Record<Side, Side | null>>;
}

export interface PaceMoment {
  /** For `figure` and `drawing`. */
  readonly share: number;
  readonly part: MovementPart;
  /** Counted from 0. */
  readonly repetition: number;
}

export interface Readiness {
  /** Feeds a frame. A frame whose time does not rise changes nothing. */
  step(frame: Frame, picture?: PictureFacts): ReadinessState;
  /** As Exercise.release. */
  release(): void;
}

/** Facts about the camera's picture; missing ones are not judged. */
export interface PictureFacts {
  width_px?: number;
  height_px?: number;
  /** In the detector's last result for the whole picture. */
  people?: number;
  /** Mean brightness, 0 black to 1 white. */
  light?: number;
}

/** docs/guide/set-up-check.md explains the limits. */
export interface ReadinessState {
  /** In the order of mending; empty: good. */
  readonly findings: readonly Finding[];
  readonly good_for_s: number;
  /** The view of the person; null if no person is seen, or lying on one side. */
  readonly view: View | null;
  /** Where the person faces: 0 towards the camera, 90: the right side is seen; null as `view`. */
  readonly facing_deg: number | null;
  /** The person is in the starting position; false if the view does not show it: then ask the person. */
  readonly position_sure: boolean;
  /** The side of the one hand above the head for a second; always null unless `hand_starts`. */
  readonly raised_hand: Side | null;
  /** Body height over picture height; null if unknown. */
  readonly distance_share: number | null;
}

export interface Finding {
  readonly kind: 'several_people' | 'nobody' | 'too_dark' | 'other_position' | 'too_near' | 'too_far' | 'cut_off' |
      'hidden' | 'other_view';
  /** Of cut_off and hidden. */
  readonly part: BodyPart | null;
  /** The person's side of the part; null if both, or if it has none. */
  readonly side: Side | null;
  /** Of other_view: the best one for this exercise. */
  readonly view: View | null;
  /** Of other_position: the usual one for this exercise. */
  readonly position: BodyPosition | null;
}

export interface SimulateOptions extends FigureOptions {
  /** Default 5. */
  repetitions?: number;
  /** Position of the camera: 0 in front, 90 on the person's left. */
  azimuth_deg?: number;
  /** Default 30. */
  frame_rate_hz?: number;
  /** Standard deviation on each axis of each landmark; default 0. */
  noise_m?: number;
  /** Of the noise; equal seeds give equal frames. */
  seed?: number;
  /** A form rule or gate of the file that every repetition breaks. */
  fault?: string;
}

type Numbers = Float64Array | Float32Array | readonly number[];

/**
 * One frame. Landmarks are in BlazePose's order, one after the other. In a frame without `world_m`, or with a number
 * that is not finite, no person was seen.
 */
export interface Frame {
  /** Seconds since any start, by the camera's clock; must rise. */
  time_s: number;
  /** 33 times x, y, z: meters, x to the right of the picture, y down, z away from the camera, origin mid-hips. */
  world_m?: Numbers | null;
  /** 33 numbers, 0 (hidden) to 1 (in plain sight); needed with `world_m`. */
  visibility?: Numbers | null;
  /** 33 times x, y, z in pixels from the picture's top left corner; z as MediaPipe's. */
  image_px?: Numbers | null;
  /** Set by `simulate`. One such frame makes the whole set a simulated one, in every file made of it. */
  simulated?: boolean;
}

/** A set for review. */
export interface Recording {
  simulated: boolean;
  /** Of the camera's picture; 0 if unknown. */
  width_px: number;
  height_px: number;
  /** `image_px` without its z. */
  frames: Frame[];
}

/** The coach's events: `events` in docs/reference/session-document.md. */
export interface CoachEvent {
  time_s: number;
  kind: 'repetition' | 'partial' | 'open' | 'other_movement' | 'hold_started' | 'hold_second' | 'hold_ended' | 'cue' |
      'ceiling' | 'not_seen' | 'seen_again' | 'other_view' | 'fell_short' | 'too_quick';
  count: number;
  side: 'left' | 'right' | null;
  detail: string | null;
  /**
   * Of `fell_short`: the value reached and the value required, of the measure in `detail`, in degrees or as a ratio.
   */
  value?: number | null;
  limit?: number | null;
  /**
   * Of `repetition` and `hold_ended`: ids of the form rules that it kept, and of those that it broke, however little. A
   * rule that could not be judged is in neither.
   */
  kept?: readonly string[];
  broken?: readonly string[];
}

/** A complete repetition, or a hold. */
export interface RepetitionDone {
  start_s: number;
  end_s: number;
  side: 'left' | 'right' | null;
  /** 0 to 100; null: not measured. */
  quality: number | null;
  /** Whether any form rule could be judged. */
  formJudged: boolean;
  /** Ids of the form rules of the file that it broke. */
  faults: string[];
}

export interface FinishedSet {
  bundle: string;
  /** Of the complete repetitions, 0 to 100; null if none was judged. */
  meanQuality: number | null;
  /** The complete ones, in order. */
  repetitions: RepetitionDone[];
}

/** A recorded movement of a drawn body; for the page alone, never stored. */
export interface Replay {
  /** Of each figure, from 0. */
  times_s: Float64Array<ArrayBuffer>;
  /** Figure after figure, as `DrawnBody`. */
  landmarks_m: Float64Array<ArrayBuffer>;
  segments: Float64Array<ArrayBuffer>;
}

export interface Coach {
  /**
   * Feeds a frame, with `people` in the picture if known. `looksLikeOther`: `other` of the newest
   * RecognizedMovement. Returns the coach's events, usually none. Ignores a frame whose time does not rise. `paused`: a
   * frame of a pause, which only `now.gesture` reads; it belongs to no set.
   */
  step(frame: Frame & {people?: number; looksLikeOther?: boolean; paused?: boolean}): readonly CoachEvent[];
  /** Ends the set. */
  finish(): readonly CoachEvent[];
  /** The state after the last frame. */
  readonly now: CoachState;
  /** Complete repetitions or holds so far. */
  readonly count: number;
  /** Runs both passes over the set and returns the text of session.json; usually after `finish`. */
  session(options?: SessionOptions): string;
  /** Finds the trials of a test of range of motion in the set, of an exercise that `asRangeTest` gave. */
  rangeTrials(
    of: {test: RangeTest; side?: 'left' | 'right' | undefined; passive: boolean},
    options?: SessionOptions,
  ): RangeTrialsFound;
  /**
   * Runs both passes over the set and builds its transaction, as `Reprise.setBundle`; usually after `finish`.
   * `meanQuality`: of the complete repetitions, 0 to 100; null if none was judged.
   */
  setBundle(set: CoachedSet, options?: SessionOptions): FinishedSet;
  /**
   * Draws a part of the set, usually a repetition, by the body that `Exercise.body` draws. Errors: 'unsupported' where
   * a ceiling binds, 'nothing_measured' where too little of the person was seen.
   */
  replay(part: {from_s: number; to_s: number}, options?: SessionOptions): Replay;
  /** The landmarks of the set, packed (engine/pose/packed_landmarks.h); never pictures. gzip saves another third. */
  recording(picture?: {width_px?: number; height_px?: number}): Uint8Array<ArrayBuffer>;
  /** As Exercise.release. */
  release(): void;
}

/** Sensors on the body (docs/reference/live-sensors.md). `sensor`: its place in `places`. */
export interface WornSensors {
  /** Where they are worn: "left_thigh" and "left_shank"; "left" alone of a muscle. */
  readonly places: readonly string[];
  /** A sensor was connected, or again: what it says of itself. */
  connect(sensor: number, description: Uint8Array): void;
  /** A packet that it sent, and when it came. */
  take(sensor: number, packet: Uint8Array, time_s: number): void;
  /** Several times a second, by the same clock. */
  look(time_s: number): WornState;
  /** Begins the calibration anew. */
  calibrate(): void;
  /** Starts a set of an exercise that counts what these sensors give. */
  set(exercise: Exercise, options?: Pick<CoachOptions, 'side' | 'ceiling'>): SensorSet;
  /** As Exercise.release. */
  release(): void;
}

/** Load sensors in the shoes: 0 under the left foot, 1 under the right one. */
export interface LoadSensors {
  /** "left_foot" and "right_foot". */
  readonly places: readonly string[];
  /** As of WornSensors; a connection that is made again wants the zero anew. */
  connect(sensor: number, description: Uint8Array): void;
  take(sensor: number, packet: Uint8Array, time_s: number): void;
  look(time_s: number): LoadState;
  /** Begins with the zero anew; steps so far stay. */
  calibrate(): void;
  /** While it is paused nothing is counted. */
  pause(paused: boolean): void;
  /** Measures all that was walked. Throws where nothing was measured. `startedAt`: in UTC. */
  result(of: {startedAt: string; simulated?: boolean}): MeasuredResult;
  release(): void;
}

export interface LoadState extends Omit<WornState, 'step' | 'trouble' | 'problem' | 'moments'> {
  /** The feet hang free for the zero; both stand for the check; the load is measured. */
  readonly step: 'lift' | 'stand' | 'tracking';
  /** Why the attempt before failed. `exchanged`: most of the weight was on the affected foot; `too_much`: it bore more
   *  than the limit. */
  readonly trouble:
      'not_lifted' | 'too_light' | 'too_heavy' | 'no_shift' | 'uneven' | 'exchanged' | 'too_much' | null;
  /** `delayed`: the sensor sends too rarely for a warning in time. */
  readonly problem: 'silent' | 'saturated' | 'zero_off' | 'unfelt' | 'delayed' | null;
  /** On the affected foot, share of the body's weight. */
  readonly load: number | null;
  /** The highest since the look before. 0: not above the limit; 1 to 3: how far. */
  readonly level: number;
  /** Of the affected foot, so far. */
  readonly steps: number;
  readonly stepsAbove: number;
  /** Share of the body's weight; null: the foot bore no load yet, or more than the sensor's range. */
  readonly largest: number | null;
}

export interface WornState {
  /** Of a joint: pose, movement, tracking; of a muscle: relax, contract, tracking. */
  readonly step: 'pose' | 'movement' | 'relax' | 'contract' | 'tracking';
  /** Of the step, 0 to 1. */
  readonly share: number;
  /** Why the attempt before failed. */
  readonly trouble:
      'too_little' | 'gravity_off' | 'velocity_off' | 'took_too_long' | 'too_weak' | 'clipped' | 'no_signal' | null;
  readonly problem: 'silent' | 'saturated' | 'detached' | 'hold_still' | 'implausible' | null;
  /** That has the problem. */
  readonly sensor: number | null;
  /** Samples lost and come twice, so far. */
  readonly lost: number;
  readonly doubled: number;
  /** Since the last look; degrees or ratio. */
  readonly moments: readonly {readonly time_s: number; readonly value: number | null}[];
}

export interface SensorSet {
  /** A moment of `WornState.moments`. */
  step(moment: {time_s: number; value: number | null; simulated?: boolean}): readonly CoachEvent[];
  finish(): readonly CoachEvent[];
  readonly now: CoachState;
  readonly count: number;
  /** As Coach.setBundle. */
  setBundle(set: CoachedSet, options?: {language?: string}): FinishedSet;
  release(): void;
}

/** Exercises to recognize a movement by (engine/recognition). */
export interface Recognizer {
  /** Begins a set of the exercise with that id. Several may be on. */
  set(exercise: string): RecognizedSet;
  /** As Exercise.release. */
  release(): void;
}

export interface RecognizedSet {
  /** Feeds a frame. Undefined where it did not look: it looks twice a second, once three seconds show a person. */
  step(frame: Frame): RecognizedMovement | undefined;
  /** As Exercise.release. */
  release(): void;
}

/** What the last seconds look like. */
export interface RecognizedMovement {
  /** Not the exercise of the set, in the last looks. */
  readonly other: boolean;
  /** The id of the exercise that it looks like instead; null: of none. */
  readonly instead: string | null;
  /** Of the last eight seconds, counted without knowing the exercise. */
  readonly repetitions: number;
}

/** For a screen: the coach's own causal, filtered signal. */
export interface CoachState {
  /** Of the main measure, degrees or ratio; null: not measured in this frame. */
  readonly value: number | null;
  /** The same value scaled: 0 at rest, 1 at the target, beyond it above 1. */
  readonly progress: number | null;
  /** Of a hold: "extreme" while it lasts, else "rest". */
  readonly part: MovementPart;
  /** The prescribed side, else the working one; null if both, none, or unknown. */
  readonly side: Side | null;
  /** The side to which the trunk leans, if the main measure is its inclination. */
  readonly leans_to: Side | null;
  /** Time at the extreme of this repetition; of a hold: since it began. */
  readonly held_s: number;
  /** Since this repetition or hold began; 0 in between. */
  readonly repetition_s: number;
  /** From the ceiling until a little below it again. */
  readonly at_ceiling: boolean;
  /** The main measure, if out of the picture or hidden for a second. */
  readonly unseen: string | null;
  /** The part that hides most of it; null if no person is seen. */
  readonly unseen_part: BodyPart | null;
  /** The average view of the set until now. */
  readonly view: View | null;
  /** The side of the one hand above the head for a second; always null unless `hand_stops`. */
  readonly raised_hand: Side | null;
  /** The problem that keeps the set from continuing, while it lasts. */
  readonly problem: SetProblem | null;
  /** Show the movement: no repetition has counted for long, or another movement was done. Until a repetition counts. */
  readonly demonstrate: boolean;
  /** The gesture that is held now; null: none. */
  readonly gesture: GestureState | null;
}

/** A posture of the arms that asks for something (engine/exercise/gestures.h). */
export type Gesture = 'hand_up' | 'arm_out' | 'wrists_crossed';

export interface GestureState {
  readonly asks: 'hurts' | 'pause';
  readonly held_s: number;
  /** It was held for a second; until the arms leave it. */
  readonly given: boolean;
}

/** A state of a set (engine/exercise/set_watch.h). */
export interface SetProblem {
  readonly kind: 'nobody' | 'several_people' | 'hidden' | 'other_position' | 'other_exercise' | 'no_repetition';
  /** Of `hidden`; null if unknown. */
  readonly part: BodyPart | null;
  /** Of `other_position`: the required one. */
  readonly position: BodyPosition | null;
  /** Of uninterrupted problems. */
  readonly lasted_s: number;
  /** Announce it in this frame, for the first time or again. */
  readonly say: boolean;
  /** The set should pause. */
  readonly pause: boolean;
}

export type GameKind = 'balloon' | 'orchard' | 'river' | 'lanterns';

export interface GameOptions {
  /** Prescribed; the number of tasks. */
  repetitions: number;
  /** Prescribed; null or left out: the exercise's own. */
  hold_s?: number | null;
  /** Prescribed, degrees or ratio of the main measure; `ceiling` as for the coach. */
  target?: number | null;
  ceiling?: number | null;
  /** The result of `Game.carried` after the previous set; any other value is ignored. */
  carried?: number | null;
  /** Of the previous session, 0 to 10: a hard one starts easier. Only for an exercise's first set. */
  effort?: number | null;
  /** Prescribed. Without it, `river` and `lanterns` ask for either side, if the exercise has two. */
  side?: Side | null;
  /** Of the decoration. */
  seed?: number;
}

/** docs/guide/games.md. One task is one counted repetition or hold; the game waits for the person. */
export interface Game {
  /** Feeds the coach's output for a picture. Without `now` nothing changes. */
  step(look: {
    time_s: number;
    now?: CoachState | undefined;
    count: number;
    events: readonly CoachEvent[];
    /** The heart rate is above the limit that is set for it: easier at once. */
    strained?: boolean;
  }): GameState;
  readonly state: GameState;
  /** The level for the next set, 0 to 1. */
  readonly carried: number;
  readonly result: GameResult;
  /** As Exercise.release. */
  release(): void;
}

export interface GameState {
  /** Coming, waiting for the person, movement under way, reached (and held), all done. */
  readonly phase: 'coming' | 'ready' | 'going' | 'kept' | 'over';
  /** The game waits while false. */
  readonly seen: boolean;
  readonly tasks: number;
  readonly done: number;
  readonly succeeded: number;
  /** Share of the required hold, 0 to 1; 0 if none is required. */
  readonly kept: number;
  /** `side`: that has to move; null: any. */
  readonly asked: {readonly progress: number; readonly hold_s: number; readonly side: Side | null};
  /** For some seconds; `partial`: not a task, but a movement that did not count. */
  readonly just: {
    /** `other_side`: reached, by the side that was not asked for. */
    readonly result: 'succeeded' | 'missed' | 'too_far' | 'other_side';
    readonly partial: boolean;
    readonly age_s: number;
  } | null;
  /** Drift of the scenery, in widths of the scene. */
  readonly traveled: number;
  /** From back to front. */
  readonly objects: readonly GameObject[];
}

/**
 * x from the left and y up from rest lie between 0 and 1, except for objects that enter or leave at the sides. Of the
 * river, y is the distance ahead of the boat. Left is the person's left, as in a mirror.
 */
export interface GameObject {
  readonly shape:
    | 'balloon'
    | 'hill'
    | 'lid'
    | 'picker'
    | 'fruit'
    | 'basket'
    | 'gathered'
    | 'boat'
    | 'lily'
    | 'hand'
    | 'lantern';
  /** Its task, counted from 0, which identifies it from picture to picture. */
  readonly task: number;
  readonly x: number;
  /** Of a hill: its top; of the lid (the ceiling): its lower edge. */
  readonly y: number;
  readonly size: number;
  /** Color or kind. */
  readonly variant: 0 | 1 | 2;
  /** Reached; of the picker, boat and hand: holding on; of the lid: touched. */
  readonly bright: boolean;
}

/** For the record: `CoachedSet.game`. */
export interface GameResult {
  readonly kind: GameKind;
  readonly tasks: number;
  readonly succeeded: number;
  /** 0 easiest to 1 hardest. */
  readonly difficultyAtStart: number;
  readonly difficultyAtEnd: number;
}

export interface SessionOptions {
  /** Default "video". */
  kind?: 'video' | 'landmarks' | 'simulated';
  /** A name for the recording that says nothing about the person; default "camera". */
  name?: string;
  /** Of the words in the document; default "en". */
  language?: string;
  /** Of the camera's picture. */
  width_px?: number;
  height_px?: number;
  /** Times that the person was lost and found again. */
  reacquired?: number;
  /** The most people in one detector result for the whole picture. */
  most_people?: number;
  /** The networks used. */
  models?: readonly {name: string; sha256: string}[];
}
