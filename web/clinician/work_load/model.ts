// SPDX-License-Identifier: Apache-2.0
// What the page of load at work makes of the engine's result. Pure.
import type {
  Drawing,
  LiftRequest,
  NumberRange,
  RangedScore,
  WorkAnswer,
  WorkLoad,
  WorkMoment,
  WorkQuestion,
} from 'reprise-engine';
import { numberIn } from '../camera_tests/tests.ts';

export type Ends = readonly [least: number, most: number];

/** The highest score of all moments: at least the highest of their lower ends, at most that of their upper. */
export function highest({ load }: WorkLoad, which: 'all' | 'measured'): Ends {
  const scores = load.spans.map((span) => span[which]);
  return [Math.max(...scores.map(({ least }) => least)), Math.max(...scores.map(({ most }) => most))];
}

export const scoreOf = ({ least, most }: RangedScore): Ends => [least, most];
export const levelOf = ({ level_least, level_most }: RangedScore): Ends => [level_least, level_most];

export type Answers = Partial<Record<WorkQuestion, WorkAnswer>>;
/** What a person answered: of an arm for each arm, since one answer is not that of both. */
export interface Answered {
  side: 'left' | 'right' | null;
  answers: Answers;
  ofArm: Record<'left' | 'right', Answers>;
}
export const NOTHING: Answered = { side: null, answers: {}, ofArm: { left: {}, right: {} } };

/** Those that count: of an arm only the chosen one's. */
export const answersOf = ({ side, answers, ofArm }: Answered): Answers =>
  side === null ? answers : { ...answers, ...ofArm[side] };

/** `answer`: undefined where it is taken back. */
export function withAnswer(
  answered: Answered,
  { name, ofArm }: { name: WorkQuestion; ofArm: boolean },
  answer: WorkAnswer | undefined,
): Answered {
  const changed = ({ [name]: _, ...others }: Answers): Answers =>
    answer === undefined ? others : { ...others, [name]: answer };
  if (!ofArm) return { ...answered, answers: changed(answered.answers) };
  const { side } = answered;
  if (side === null) return answered;
  return { ...answered, ofArm: { ...answered.ofArm, [side]: changed(answered.ofArm[side]) } };
}

/** Meters in the square of a Drawing: more than a person is high. */
const SQUARE_M = 2;
/** A side farther away than the other by this lies behind it. */
const BEHIND_M = 0.08;
const DEPTH = ['shoulder', 'hip', 'knee', 'ankle'];

type Point = readonly [number, number, number];

/** Which way is across in a drawing: as filmed, or at right angles to hips and shoulders. */
function acrossOf(at: (landmark: string) => Point, turned: boolean): readonly [x: number, z: number] {
  if (!turned) return [1, 0];
  const side = (axis: 0 | 2) =>
    at('right_hip')[axis] - at('left_hip')[axis] + at('right_shoulder')[axis] - at('left_shoulder')[axis];
  const width = Math.hypot(side(0), side(2));
  return width > 0.1 ? [-side(2) / width, side(0) / width] : [0, -1];
}

/** A moment's fitted body. `turned`: seen from the side, whatever the camera saw. */
export function drawingOf({ figure: { world_m } }: WorkMoment, turned: boolean): Drawing {
  const at = (landmark: string): Point => world_m[landmark] ?? [0, 0, 0];
  const [x, z] = acrossOf(at, turned);
  const all = Object.values(world_m);
  const flat = all.flatMap((point) => [(x * point[0] + z * point[2]) / SQUARE_M, point[1] / SQUARE_M]);
  const depth = (side: 'left' | 'right') =>
    DEPTH.reduce((sum, joint) => {
      const [px, , pz] = at(`${side}_${joint}`);
      return sum + (x * pz - z * px) / DEPTH.length;
    }, 0);
  const behind = depth('left') - depth('right');
  return {
    points: Float64Array.from(flat),
    floor: Math.max(...all.map((point) => point[1])) / SQUARE_M,
    nearer: Math.abs(behind) < BEHIND_M ? null : behind > 0 ? 'right' : 'left',
  };
}

/** A lift as it is typed. */
export interface TypedLift {
  weight_kg: string;
  horizontal_cm: string;
  vertical_cm: string;
  asymmetry_deg: string;
  to_vertical_cm: string;
  control: boolean;
  to_horizontal_cm: string;
  to_asymmetry_deg: string;
  lifts_per_minute: string;
  hours: string;
  coupling: 'good' | 'fair' | 'poor' | 'open';
}
export type LiftField = Exclude<keyof TypedLift, 'control' | 'coupling'>;

export const MOST: Record<LiftField, number> = {
  weight_kg: 500,
  horizontal_cm: 300,
  vertical_cm: 300,
  asymmetry_deg: 180,
  to_vertical_cm: 300,
  to_horizontal_cm: 300,
  to_asymmetry_deg: 180,
  lifts_per_minute: 60,
  hours: 8,
};

/** Without a load, or in no time, there is no lift. */
export const LEAST: Record<LiftField, number> = {
  weight_kg: 0.1,
  horizontal_cm: 0,
  vertical_cm: 0,
  asymmetry_deg: 0,
  to_vertical_cm: 0,
  to_horizontal_cm: 0,
  to_asymmetry_deg: 0,
  lifts_per_minute: 0,
  hours: 0.1,
};

export const NO_LIFT: TypedLift = {
  weight_kg: '',
  horizontal_cm: '',
  vertical_cm: '',
  asymmetry_deg: '',
  to_vertical_cm: '',
  control: false,
  to_horizontal_cm: '',
  to_asymmetry_deg: '',
  lifts_per_minute: '',
  hours: '',
  coupling: 'open',
};

/** Undefined: something else than a number within the field's limits; null: nothing typed. */
export const typed = (lift: TypedLift, field: LiftField) => numberIn(lift[field], LEAST[field], MOST[field]);

/** Undefined while a field that the equation wants is missing or wrong. */
export function liftIn(lift: TypedLift, of: { startedAt: string; simulated: boolean }): LiftRequest | undefined {
  const number = (field: LiftField) => typed(lift, field);
  const wanted = {
    weight_kg: number('weight_kg'),
    horizontal_cm: number('horizontal_cm'),
    vertical_cm: number('vertical_cm'),
    to_vertical_cm: number('to_vertical_cm'),
    lifts_per_minute: number('lifts_per_minute'),
    hours: number('hours'),
  };
  const open = { asymmetry_deg: number('asymmetry_deg'), to_asymmetry_deg: number('to_asymmetry_deg') };
  const to = lift.control ? number('to_horizontal_cm') : null;
  const { weight_kg, horizontal_cm, vertical_cm, to_vertical_cm, lifts_per_minute, hours } = wanted;
  if (weight_kg === null || horizontal_cm === null || vertical_cm === null) return undefined;
  if (to_vertical_cm === null || lifts_per_minute === null || hours === null) return undefined;
  if (weight_kg === undefined || horizontal_cm === undefined || vertical_cm === undefined) return undefined;
  if (to_vertical_cm === undefined || lifts_per_minute === undefined || hours === undefined) return undefined;
  if (to === undefined || (lift.control && to === null)) return undefined;
  if (open.asymmetry_deg === undefined || (lift.control && open.to_asymmetry_deg === undefined)) return undefined;
  return {
    weight_kg,
    horizontal_cm,
    vertical_cm,
    asymmetry_deg: open.asymmetry_deg,
    to_vertical_cm,
    to_horizontal_cm: to,
    to_asymmetry_deg: lift.control ? (open.to_asymmetry_deg ?? null) : null,
    lifts_per_minute,
    hours,
    coupling: lift.coupling === 'open' ? null : lift.coupling,
    ...of,
  };
}

/** As many decimals as tell a number just above 1 from 1. */
export function indexDigits({ least, most }: NumberRange): number {
  const readsAsOne = (digits: number) =>
    [least, most].some((value) => value > 1 && Number(value.toFixed(digits)) === 1);
  let digits = 2;
  while (digits < 6 && readsAsOne(digits)) ++digits;
  return digits;
}

export const againstLimit = ({ least, most }: NumberRange) => (most <= 1 ? 'within' : least > 1 ? 'above' : 'unsure');
