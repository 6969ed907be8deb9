// Types of reprise.mjs. Names and units are those of session.json (docs/session-document.md): `_s` seconds, `_m` meters,
// `_px` pixels, `_deg` degrees. "left" and "right" are the person's. Whatever fails throws a RepriseError.

/** A failure in plain words, without anything about the person. */
export declare class RepriseError extends Error {
  /** Stable, for programs. */
  readonly code: 'invalid_argument' | 'not_found' | 'unreadable' | 'unsupported' | 'corrupt' | 'nothing_measured' | 'conflict' |
      'internal';
  /** Which step failed. */
  readonly stage: string;
  /** What was found, with its limit. */
  readonly found: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Everything that is wrong with an exercise's file; empty for other failures. */
  readonly problems: readonly Problem[];
}

export interface Problem {
  /** JSON pointer, such as "/range/target"; empty: the whole file. */
  readonly path: string;
  readonly found: string;
  readonly limit: string;
  readonly remedy: string;
  /** All of it as one sentence. */
  readonly text: string;
}

export interface LoadOptions {
  /** The bytes of reprise_engine.wasm. Without them they are fetched from beside reprise.mjs (browsers only). */
  wasm?: ArrayBuffer | Uint8Array;
}

/** Loads the engine; once a page is enough. The page's policy needs `script-src 'self' 'wasm-unsafe-eval'`. */
export declare function loadReprise(options?: LoadOptions): Promise<Reprise>;

export interface Reprise {
  /** As in every session document. */
  readonly version: string;
  /**
   * Reads one exercise of the catalog. `json`: the text of its file (docs/catalog.md), checked as by
   * `reprise exercises check`, but that its movement is not shown to the coach and the exercises that it links to need not
   * be there. `fileName`: for messages; without it the exercise's own id.
   */
  exercise(json: string, fileName?: string): Exercise;
  /** Follows one person through pictures, with pose networks that the page runs. */
  watcher(options?: WatcherOptions): Watcher;
  /** What `Coach.recording` gave. Fails with code `corrupt` or `unsupported` where it cannot be read. */
  recording(bytes: Uint8Array): Recording;
  /**
   * The patient's active programme out of what the record answered (docs/programme.md has the questions): texts of Bundles and
   * of single resources, in any order. Fails with code `not_found` where there is none, `conflict` where there are several or one
   * was changed between two answers, `invalid_argument` where the Patient is not among them, `corrupt` where it cannot be read.
   */
  programme(answers: readonly string[]): Programme;
  /**
   * What a patient's remote monitoring comes to (docs/remote-monitoring.md), out of what the record answered. `rules`: the texts of
   * files of catalog/billing. Fails with code `invalid_argument` where rules or options cannot be read, else as `programme`.
   */
  remoteMonitoring(answers: readonly string[], rules: readonly string[], options: RemoteMonitoringOptions): RemoteMonitoring;
  /**
   * Why each of the exercises is not, or not simply, for somebody (docs/protocols.md), the strongest reason first; a list for each.
   * `rules`: the texts of contraindications; `exercises`: of exercises; `answers`: of the record, with the Conditions.
   */
  objections(rules: readonly string[], exercises: readonly string[], answers: readonly string[],
             options: {today: string; ceilings: {value: number | null}[]}): Objection[][];
  /** A phase of a template as a draft; ids "new-1", … link the two. `exercises`: files, at least of those that the phase has. */
  programmeTemplate(protocol: string, exercises: readonly string[], options: TemplateOptions): {carePlan: object; requests: object[]};
  /** How much of what was prescribed was done, each day by the programme then in force (care/plan/adherence.h). `answers`: all versions of CarePlans and
   * ServiceRequests. */
  adherence(answers: readonly string[], options: AdherenceOptions): Adherence;
  /** Which direction of a metric is an improvement (care/outcome/direction_of_improvement.h). Of a range: `rising`, its farthest end is the larger value; `held`, the exercise
   * is held. */
  better(metric: Metric, range?: {rising: boolean; held: boolean}): Better;
  /** What the last days speak for, of the active programme: proposals, by rules of docs/programme-builder.md. `answers` as of `programme`, with
   * Procedures and Observations. */
  intensity(answers: readonly string[], today: string): IntensityProposal[];
  /** An exercise's file as the ActivityDefinition that the record keeps. */
  exerciseDefinition(exercise: string): object;
  /** A set that is over as a transaction: the body of a POST to the record's base. Sent twice, it changes nothing. */
  setBundle(set: DoneSet): string;
  /** Answers to a questionnaire as a transaction, as `setBundle`. */
  answersBundle(answers: GivenAnswers): string;
  /** The transaction that keeps what a patient agreed to, or did not. Fails with code `invalid_argument`. */
  consentBundle(consent: GivenConsent): string;
  /** What answers mean for going on: docs/programme.md, "Questions about safety". */
  safety(facts: SafetyFacts): SafetyVerdict;
}

export type Metric = 'pain' | 'effort' | 'quality' | 'score' | 'range';
export type Better = 'higher' | 'lower' | 'none';

export interface AdherenceOptions {
  patient: string;
  /** YYYY-MM-DD */
  from: string;
  /** With its zone. */
  now: string;
  /** Every set that was begun; `day` by the patient's clock. */
  sets: readonly {day: string; exercise: string}[];
}

export interface Adherence {
  /** Whole weeks; `prescribed`: sets, of the days in force alone; `percent`: null where nothing was prescribed. The running week is judged by the days
   * that are over and by what was done today. */
  weeks: {monday: string; done: number; prescribed: number; days: number; percent: number | null; running: boolean}[];
  /** From `from` to today; `prescribed`: sets on an average day. */
  days: {day: string; done: number; prescribed: number}[];
  /** What was prescribed from a day on, until the next begins; `changed`: the programme changed on that day. */
  stretches: {from: string; changed: boolean; exercises: {request: string; exercise: string; sets: number; repetitions: number; hold_s: number | null; daysPerWeek: number}[]}[];
  /** Percent, of the weeks that are over; null: there is none. */
  mean: number | null;
}

export interface Objection {
  severity: 'contraindicated' | 'caution';
  /** "new-hip-deep-bend|1"; null: the exercise's own file says so. */
  rule: string | null;
  /** The code that the patient's falls under. */
  because: {system: string; code: string; display: string};
  /** Stage or time is not recorded, and was taken as if it were that of the rule. */
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

export interface IntensityProposal {
  /** Id of the ServiceRequest. */
  request: string;
  change: 'raise' | 'lower';
  reasons: ('all_done' | 'pain_low' | 'effort_low' | 'stopped_for_pain' | 'pain_high' | 'little_done' | 'effort_high')[];
  /** That it rests on, the oldest first; `share` of what was prescribed for a day. */
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
  /** Ids of harder or easier exercises, where the dosage has no room. */
  instead: string[];
  /** Version of the rules. */
  rules: number;
}

export interface RemoteMonitoringOptions {
  /** Id of the Patient. */
  patient: string;
  /** By the clinic's clock, such as "2026-03-14". */
  today: string;
  /** How far the clinic's clocks are ahead of UTC, from each moment on; in the order of time, at least one. */
  zone: {from_ms: number; offset_minutes: number}[];
  /** Leaves out what began before: for who did not ask the record for all that it rests on. */
  from?: string | null;
  /** Id of the Practitioner who would claim. */
  practitioner?: string | null;
  /** When the claim is drafted, as FHIR writes times; without it, or without a practitioner, there is none. */
  created?: string | null;
}

/** One that may be claimed, or what stands against it. Days are such as "2026-03-14", and the last belongs to it. */
export interface ClaimLine {
  /** Id of the file of rules, and of the row in it. */
  rules: string;
  row: string;
  code: string;
  units: number;
  from: string;
  to: string;
  /** Days with data, or minutes. */
  counted: number;
  /** `waiting`: reached, but its period goes on. */
  state: 'ready' | 'waiting' | 'blocked' | 'claimed';
  reasons: {
    why: 'device_not_recorded' | 'other_programme' | 'other_practitioner' | 'exclusive' | 'no_interaction' | 'already_claimed';
    row: string;
    evidence: string | null;
  }[];
  /** References: "Observation/ID". */
  evidence: string[];
}

export interface RemoteMonitoring {
  lines: ClaimLine[];
  /** So much more until this day, and the row is reached. */
  missing: {row: string; code: string | null; need: 'data_days' | 'minutes' | 'interaction' | 'set_up'; amount: number; by: string}[];
  windows: {from: string; to: string; group: 'musculoskeletal' | 'respiratory' | 'cognitive_behavioural'; dataDays: number}[];
  months: {from: string; to: string; minutes: number; interactions: number}[];
  /** Found, and not counted; `evidence`: a reference, or for `no_rules` the last day of the period. */
  uncounted: {why: 'day_to_come' | 'time_to_come' | 'no_time' | 'too_long' | 'unreadable' | 'too_old' | 'no_rules'; evidence: string}[];
  /** Whether there is a plan of monitoring. */
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
  /** The patient is no person. */
  simulated: boolean;
  /** As FHIR writes dates. */
  period: {start: string | null; end: string | null};
  note: string | null;
  /** In the order in which they are done. */
  exercises: PrescribedExercise[];
  /** The clinic's own. */
  questionnaires: AskedQuestionnaire[];
  /** What must not be started now, and why; `held` says so of each exercise. */
  holds: Hold[];
  /** Exercises and (without a request) questionnaires that cannot be offered, and why. The words are for the clinic. */
  problems: {request: string | null; text: string}[];
  /** Pain above `painStop` ends an exercise; so does a rise by `painRise` or more over today's first answer. */
  limits: PainLimits;
  affectedSide: 'left' | 'right' | 'both' | null;
  /** What the affected leg may bear, at most. Exercises that ask for more are among the problems. */
  weightBearing: 'none' | 'partial' | 'full';
  clinic: {name: string | null; phone: string | null};
  /** As the clinic configured it. */
  emergencyNumber: string | null;
  /** What the patient answered last; null: was not asked yet. */
  consents: {
    appUse: boolean | null;
    /** Whether recorded movement (points, never pictures) may be kept. */
    movementRecording: boolean | null;
  };
}

export interface Hold {
  /** Id of the ServiceRequest; null: all exercises. */
  exercise: string | null;
  /** Else answers within the limits on a later day end it, too. */
  needsClinician: boolean;
  /** When the patient said it. */
  said: string | null;
  /** Whether the record knows of it. */
  known: boolean;
  /** Identifier of the QuestionnaireResponse, `urn:uuid:…`. */
  answers: string | null;
  /** Codes of the Flag: 'red-flag', 'pain-over-limit', 'pain-risen', 'not-settled', 'stopped'. */
  reasons: string[];
  /** linkIds of the warning signs that were answered with yes. */
  questions: string[];
  pain: number | null;
}

export interface AskedQuestionnaire {
  /** `url|version`, or without a version the newest that is active. */
  canonical: string;
  /** 0: once. */
  everyDays: number;
  reason: string | null;
  /** Until this day the clinic wants it; null: no day is set. */
  answerBy: string | null;
  /** Days, as FHIR writes dates, by the clock by which it was answered. */
  lastAnswered: string | null;
  /** Answered, and not asked again. */
  done: boolean;
  /** From this day on; null: at once, or it is done. */
  due: string | null;
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
  /** Null: the exercise has no sides, or both are meant. */
  side: 'left' | 'right' | null;
  sets: number;
  /** Or holds. */
  repetitions: number;
  hold_s: number | null;
  rest_s: number;
  daysPerWeek: number;
  /** To be held or worn; null: none is prescribed. */
  load_kg: number | null;
  /** Of the primary measure, degrees or ratio; the programme's, to be given to `Exercise.coach`. */
  ceiling: number | null;
  target: number | null;
  /** Whether going farther than ever may be praised: never where a ceiling holds, the exercise's own included. */
  personalBests: boolean;
  /** False: the clinic wants it done without. */
  camera: boolean;
  /** Somebody must be there. */
  helper: boolean;
  /** On hold (`Programme.holds`): it must not be started now. */
  held: boolean;
  supportNote: string | null;
  instruction: string | null;
}

export interface DoneSet {
  /** UUIDs in small letters, each made once: of this set, and of all that is done in one go. */
  id: string;
  session: string;
  patient: string;
  /** `Programme.simulated`; a simulated document makes it true whatever stands here. */
  simulated: boolean;
  exercise: Pick<PrescribedExercise, 'request' | 'json' | 'side' | 'ceiling'>;
  /** With the zone: "2026-03-02T10:00:00+01:00". */
  start: string;
  end: string;
  /** Null: done to the end. */
  stopped: 'pain' | 'warning_sign' | 'unsafe' | 'own_choice' | 'technical' | null;
  /** What `Coach.session` gave; or */
  document: string | null;
  /** what was counted without a camera. Exactly one of the two is null. */
  byHand: {repetitions: number; held_s: number | null} | null;
  /** `Coach.recording` in base64, with the patient's consent and beside a document only; `id` is a UUID, made once. */
  recording?: {id: string; base64: string; gzip: boolean} | null;
  /** 0 to 10. */
  pain: {when: 'before' | 'during' | 'after'; value: number}[];
  /** 0 to 10. */
  effort: number | null;
  /** The patient's own words. */
  note: string | null;
  /** What `Game.result` gave; left out or null: no game was played. */
  game?: GameResult | null;
}

export interface GivenConsent {
  /** A UUID in small letters, made once. */
  id: string;
  patient: string;
  kind: 'app_use' | 'movement_recording' | 'video_visit';
  permits: boolean;
  /** With the zone. */
  when: string;
  /** Of the words: "de". */
  language: string;
  /** All that was shown and answered; kept with the answer. */
  words: string;
  simulated: boolean;
}

export interface GivenAnswers {
  /** UUIDs in small letters, as in DoneSet. */
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
  /** Id of the ServiceRequest that they are about. */
  exercise?: string | null;
  /** The device stopped exercising because of them; then there may be no answers. */
  stopped?: boolean;
  /** `id` of answers that were a wrong touch a moment ago. */
  takesBack?: string | null;
  /** A question that requires an answer has none, as it was not asked. */
  partial?: boolean;
  /** By linkId. What was not answered is left out. */
  answers: {question: string; value: boolean | number | string}[];
}

/** What is asked for is given, null where it is not answered; what is left out was not to be asked. */
export interface SafetyFacts {
  limits: PainLimits;
  /** By linkId of the questionnaire `red-flags`. */
  redFlags?: Record<string, boolean | null>;
  /** Now, 0 to 10. */
  pain?: number | null;
  /** Today's first answer. */
  painBefore?: number | null;
  support?: {needed: boolean; inReach: boolean | null};
  helper?: {needed: boolean; present: boolean | null};
  /** Within 24 hours, asked the next morning. */
  settled?: boolean | null;
  /** Id of the ServiceRequest that the answers are about. */
  exercise?: string | null;
}

export interface SafetyVerdict {
  verdict: 'go_on' | 'ask' | 'stop_exercise' | 'end_session';
  /** Why; `question`: the linkId. Empty with `go_on`. */
  findings: {
    reason: 'red_flag' | 'pain_over_limit' | 'pain_risen' | 'not_settled' | 'no_support' | 'no_helper' | 'not_answered' | 'stopped';
    question: string | null;
  }[];
  /** Whether the clinic must be told. */
  tellsClinic: boolean;
  /** What must not be started until a clinician has decided, or until the next day; null: nothing. */
  holds: 'all' | 'exercise' | null;
}


export interface WatcherOptions {
  /** Who is followed where several people are seen at the start: 1, the first in `order`, to 8. Default 1. */
  person?: number;
  /** Default "largest_first". */
  order?: 'largest_first' | 'central_first';
}

/** A network is to run next. */
export interface WantedNetwork {
  wanted: 'detector' | 'landmarks';
  /** Its input, 1 x 224 x 224 x 3 or 1 x 256 x 256 x 3; a view into the engine's memory, to be copied at once. */
  input: Float32Array;
}

/** What a picture showed: with `time_s` it is a Frame for the coach. */
export interface Watched {
  wanted?: undefined;
  /** People that the newest look at the whole picture saw. */
  people: number;
  /** The whole picture was looked at, so that `people` is fresh. */
  detected: boolean;
  /** First picture after a loss in which somebody is followed who may be somebody else. */
  reacquired: boolean;
  /** Mean luma of the picture, 0 to 1. */
  light: number;
  /** As in Frame; absent where the followed person was not seen. */
  world_m?: Float64Array;
  visibility?: Float64Array;
  image_px?: Float64Array;
}

/**
 * For each picture: fill `picture(…)`, `begin(time)`; while the answer names a wanted network, run it on `input`, copy
 * what it says into `detectorOutput` or `landmarkOutput`, and `answer`. Views are good until the next call.
 */
export interface Watcher {
  /** Where the picture goes: RGBA, rows from the top, without gaps. Sides of 1 to 4096 pixels. */
  picture(width_px: number, height_px: number): Uint8Array;
  /** `time_s` must rise from picture to picture. */
  begin(time_s: number): WantedNetwork | Watched;
  /** 2254 x 12 and 2254. */
  readonly detectorOutput: {boxes: Float32Array; logits: Float32Array};
  /** 39 x 5, 64 x 64 x 39 and 39 x 3. */
  readonly landmarkOutput: {landmarks: Float32Array; heatmap: Float32Array; world_m: Float32Array};
  /** `presence`: the landmark network's probability that it sees a person; nothing after the detector. */
  answer(presence?: number): WantedNetwork | Watched;
  /** As Exercise.release. */
  release(): void;
}

export interface Exercise {
  readonly id: string;
  /** What the file says, for the words that a person sees. */
  readonly file: Record<string, unknown>;
  /** Starts a set. */
  coach(options?: CoachOptions): Coach;
  /**
   * The figure at a share of one repetition, 0 to 1, right side working: x, y, z of each of the 33 landmarks in meters; x
   * as the person faces, y up from the floor, z to the person's right.
   */
  figure(share: number, options?: FigureOptions): Float64Array;
  /** The same figure as a flat drawing, seen from a view. */
  drawing(share: number, options?: DrawingOptions): Drawing;
  /** What screens need of the exercise in numbers. `ceiling` as for the coach: the stricter one is given back. */
  facts(options?: Pick<CoachOptions, 'ceiling'>): ExerciseFacts;
  /** Where somebody is who keeps the exercise's tempo, `time_s` after the start of the first repetition. */
  pace(time_s: number): PaceMoment;
  /** Starts a game that a set of this exercise steers; `facts().playable` says whether one may be offered. */
  game(kind: GameKind, options: GameOptions): Game;
  /** Starts a check of the set-up: is the person well in view for this exercise? */
  readiness(options?: Pick<CoachOptions, 'side'>): Readiness;
  /** A simulated person who does the exercise, frame by frame. */
  simulate(options?: SimulateOptions): Frame[];
  /** Frees its memory at once instead of some time after its last use. It must not be used afterwards. */
  release(): void;
}

export interface CoachOptions {
  /** Prescribed side, for exercises that have one; without it either or both. */
  side?: 'left' | 'right';
  /** Largest allowed value of the exercise's main measure: degrees, or the ratio. The file's own applies as well. */
  ceiling?: number;
  /** Somebody stands by: more than one person in the picture is no problem. */
  helper?: boolean;
}

export interface FigureOptions {
  /** The left side works. */
  mirror?: boolean;
  /** Default 1.7. */
  stature_m?: number;
}

export type Side = 'left' | 'right';
export type View = 'front' | 'oblique' | 'side' | 'back';
export type BodyPosition =
    'standing' | 'sitting' | 'long_sitting' | 'lying_on_back' | 'lying_on_side' | 'lying_on_front' | 'kneeling' | 'on_hands_and_knees';
export type BodyPart = 'head' | 'shoulder' | 'elbow' | 'hand' | 'hip' | 'knee' | 'foot';
/** Of a repetition: on the way out, still at its farthest, on the way back. */
export type MovementPart = 'rest' | 'out' | 'extreme' | 'back';

export interface DrawingOptions {
  /** Default: the best of the exercise's views. */
  view?: View;
  /** The left side works; seen from the side, it is then the near one. */
  mirror?: boolean;
}

/** As a camera sees it that stands far away; all in a square of side 1, from its top left corner. */
export interface Drawing {
  /** 33 times x, y. The square holds the whole repetition, so that drawings of one repetition fit on each other. */
  readonly points: Float64Array;
  /** Height of the floor. */
  readonly floor: number;
  /** Whose arm and leg are nearer to the camera as it starts; null: about alike. */
  readonly nearer: Side | null;
}

/** Angles in degrees, ratios as they are. */
export interface ExerciseFacts {
  readonly kind: 'repetitions' | 'hold';
  /** The main measure. */
  readonly measure: string;
  readonly unit: 'degree' | 'ratio';
  readonly rest: number;
  /** Below `rest` where the movement counts down. */
  readonly target: number;
  /** Never to be passed; on the far side of `rest`, as the target. */
  readonly ceiling: number | null;
  /** From where a camera can judge it, the best first. */
  readonly views: readonly View[];
  readonly sided: boolean;
  /** As wanted by the exercise's file; null: left open. */
  readonly tempo: {readonly out_s: number | null; readonly hold_s: number | null; readonly back_s: number | null};
  /** The same with the parts that are left open, as in the drawn movement. */
  readonly pace: {readonly out_s: number; readonly hold_s: number; readonly back_s: number};
  /** What one repetition takes at that pace. */
  readonly repetition_s: number;
  readonly balance: 'none' | 'standing' | 'single_leg';
  readonly support_within_reach: boolean;
  /** False: a hand or a button must start it. */
  readonly starts_by_itself: boolean;
  /** For people at high risk of falling: a helper is present, or the clinician has released it. */
  readonly helper_or_release: boolean;
  /** A game may lead through it: nothing is lost by looking at a screen (docs/games.md). */
  readonly playable: boolean;
  /** A raised hand can start it: false where a hand is up from the beginning. */
  readonly hand_starts: boolean;
  /** A raised hand can stop it: false where the exercise itself lifts a hand. */
  readonly hand_stops: boolean;
  /** Which way the movement goes farther. */
  readonly farther: 'farther' | 'lower' | 'higher';
  /** The usual one. */
  readonly position: BodyPosition | null;
  /** By prescribed side: the one that works. */
  readonly working_side: Readonly<Record<Side, Side>>;
  /** By prescribed side, of a one-legged exercise: the leg that bears the weight; null: both do. */
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
  /** Shows a frame. One whose time does not rise changes nothing. */
  step(frame: Frame, picture?: PictureFacts): ReadinessState;
  /** As Exercise.release. */
  release(): void;
}

/** What is known of the camera's picture; what is left out is not judged. */
export interface PictureFacts {
  width_px?: number;
  height_px?: number;
  /** That the last look at the whole picture saw. */
  people?: number;
  /** Mean brightness, 0 black to 1 white. */
  light?: number;
}

/** docs/set-up-check.md explains the limits. */
export interface ReadinessState {
  /** What is to be mended, the first thing first; empty: good. */
  readonly findings: readonly Finding[];
  readonly good_for_s: number;
  /** From where the person is seen; null: nobody, or lying on one side. */
  readonly view: View | null;
  /** The person is placed as the exercise begins; false where the view does not tell: then the person is to be asked. */
  readonly position_sure: boolean;
  /** Whose hand alone has been above the head for a second; always null where not `hand_starts`. */
  readonly raised_hand: Side | null;
  /** Height of the whole body over that of the picture; null: not known. */
  readonly distance_share: number | null;
}

export interface Finding {
  readonly kind: 'several_people' | 'nobody' | 'too_dark' | 'other_position' | 'too_near' | 'too_far' | 'cut_off' | 'hidden' | 'other_view';
  /** Of cut_off and hidden. */
  readonly part: BodyPart | null;
  /** Of the part, the person's; null: both, or it has none. */
  readonly side: Side | null;
  /** Of other_view: the best one for this exercise. */
  readonly view: View | null;
  /** Of other_position: the usual one for this exercise. */
  readonly position: BodyPosition | null;
}

export interface SimulateOptions extends FigureOptions {
  /** Default 5. */
  repetitions?: number;
  /** Where the camera stands: 0 in front, 90 on the person's left. */
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
 * One frame. Landmarks stand in BlazePose's order, one after the other. A frame without `world_m`, or with a number that is
 * not finite, is one in which nobody was seen.
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

/** A set that can be looked at again. */
export interface Recording {
  simulated: boolean;
  /** Of the camera's picture; 0: not known. */
  width_px: number;
  height_px: number;
  /** `image_px` without its z. */
  frames: Frame[];
}

/** What the coach says: `events` in docs/session-document.md. */
export interface CoachEvent {
  time_s: number;
  kind: 'repetition' | 'partial' | 'open' | 'other_movement' | 'hold_started' | 'hold_second' | 'hold_ended' | 'cue' |
      'ceiling' | 'not_seen' | 'seen_again' | 'other_view' | 'fell_short' | 'too_quick';
  count: number;
  side: 'left' | 'right' | null;
  detail: string | null;
  /** Of `fell_short`: how far it went, and how far it must go at least; of the measure in `detail`, degrees or ratio. */
  value?: number | null;
  limit?: number | null;
}

export interface Coach {
  /**
   * Shows a frame, with `people` where it is known how many are in the picture. What the coach has to say about it, usually nothing. A
   * frame whose time does not rise is ignored.
   */
  step(frame: Frame & {people?: number}): readonly CoachEvent[];
  /** Ends the set. */
  finish(): readonly CoachEvent[];
  /** How things stand after the last frame. */
  readonly now: CoachNow;
  /** Complete repetitions or holds until now. */
  readonly count: number;
  /** Both passes over the set as the text of session.json; usually after `finish`. */
  session(options?: SessionOptions): string;
  /** The landmarks of the set, packed (engine/pose/packed_landmarks.h); never pictures. gzip makes them smaller by a third. */
  recording(picture?: {width_px?: number; height_px?: number}): Uint8Array<ArrayBuffer>;
  /** As Exercise.release. */
  release(): void;
}

/** For a screen: the coach's own filtered signal, without anything that comes later. */
export interface CoachNow {
  /** Of the main measure, degrees or ratio; null: not measured in this frame. */
  readonly value: number | null;
  /** The same from rest (0) to target (1), and beyond. */
  readonly progress: number | null;
  /** Of a hold: "extreme" while it lasts, else "rest". */
  readonly part: MovementPart;
  /** The prescribed one, else the one at work; null: both, none, or not known. */
  readonly side: Side | null;
  /** At the extreme of this repetition until now; of a hold: since it began. */
  readonly held_s: number;
  /** Since this repetition or hold began; 0 between two. */
  readonly repetition_s: number;
  /** From the ceiling on until a little below it. */
  readonly at_ceiling: boolean;
  /** What has been out of the picture or hidden for a second: the main measure. */
  readonly unseen: string | null;
  /** What hides most of it; null where nobody is seen. */
  readonly unseen_part: BodyPart | null;
  /** From where the set has been seen until now. */
  readonly view: View | null;
  /** Whose hand alone has been above the head for a second; always null where not `hand_stops`. */
  readonly raised_hand: Side | null;
  /** What keeps the set from going on, as long as it does. */
  readonly problem: SetProblem | null;
  /** The movement should be shown: nothing has counted for long, or something else was done. Until a repetition counts. */
  readonly demonstrate: boolean;
}

/** A state of a set (engine/exercise/set_watch.h). */
export interface SetProblem {
  readonly kind: 'nobody' | 'several_people' | 'hidden' | 'other_position' | 'other_exercise' | 'no_repetition';
  /** Of `hidden`; null: not known. */
  readonly part: BodyPart | null;
  /** Of `other_position`: the wanted one. */
  readonly position: BodyPosition | null;
  /** Of problems without a break. */
  readonly lasted_s: number;
  /** In this frame: it is to be said, for the first time or again. */
  readonly say: boolean;
  /** The set should pause. */
  readonly pause: boolean;
}

export type GameKind = 'balloon' | 'orchard';

export interface GameOptions {
  /** Prescribed; there are as many tasks. */
  repetitions: number;
  /** Prescribed; null or left out: the exercise's own. */
  hold_s?: number | null;
  /** Prescribed, degrees or ratio of the main measure; `ceiling` as for the coach. */
  target?: number | null;
  ceiling?: number | null;
  /** What `Game.carried` gave after the set before; whatever else it is counts as nothing. */
  carried?: number | null;
  /** Of the session before, 0 to 10: a hard one begins easier. For the first set of an exercise. */
  effort?: number | null;
  /** Of what decorates. */
  seed?: number;
}

/** docs/games.md. One task is one repetition or hold that the coach counts; the game waits for the person. */
export interface Game {
  /** Shows what the coach said about a picture. Without `now` nothing changes. */
  step(look: {time_s: number; now?: CoachNow | undefined; count: number; events: readonly CoachEvent[]}): GameState;
  readonly state: GameState;
  /** How hard it has become, 0 to 1: for the next set. */
  readonly carried: number;
  readonly result: GameResult;
  /** As Exercise.release. */
  release(): void;
}

export interface GameState {
  /** On its way, waiting for the person, the person under way, reached (and held), all done. */
  readonly phase: 'coming' | 'ready' | 'going' | 'kept' | 'over';
  /** While false the game waits. */
  readonly seen: boolean;
  readonly tasks: number;
  readonly done: number;
  readonly succeeded: number;
  /** Of the asked hold, 0 to 1; 0 where none is asked. */
  readonly kept: number;
  readonly asked: {readonly progress: number; readonly hold_s: number};
  /** For some seconds; `partial`: no task, but a movement that did not count. */
  readonly just: {readonly result: 'succeeded' | 'missed' | 'too_far'; readonly partial: boolean; readonly age_s: number} | null;
  /** How far the scenery has drifted, in widths of the scene. */
  readonly traveled: number;
  /** From back to front. */
  readonly objects: readonly GameObject[];
}

/** x from the left and y up from rest lie between 0 and 1, but for what comes in or leaves at the sides. */
export interface GameObject {
  readonly shape: 'balloon' | 'hill' | 'lid' | 'picker' | 'fruit' | 'basket' | 'gathered';
  /** Whose it is, counted from 0: the same thing from picture to picture. */
  readonly task: number;
  readonly x: number;
  /** Of a hill its top, of the lid (the ceiling) its lower edge. */
  readonly y: number;
  readonly size: number;
  /** Color or kind. */
  readonly variant: 0 | 1 | 2;
  /** Of a hill: flown over; of the picker: holding on; of the lid: touched. */
  readonly bright: boolean;
}

/** For the record: `DoneSet.game`. */
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
  /** Most people that one look at the whole picture saw. */
  most_people?: number;
  /** The networks that took part. */
  models?: readonly {name: string; sha256: string}[];
}
