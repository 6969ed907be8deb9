// SPDX-License-Identifier: Apache-2.0
// The stage with one exercise on it. This file and what it needs are loaded when a demonstration is first seen.
import type { DrawnBody, ShownExercise, View } from 'reprise-engine';
import type { ExerciseFile } from '../exercises/exercise_words.ts';
import { drawnByProcessor } from './graphics.ts';
import { looksFor, type Looks } from './looks.ts';
import { markedJoints } from './marked_joints.ts';
import { personParts, type Part } from './parts.ts';
import { lengthsOf } from './pose.ts';
import { AZIMUTH, Stage } from './stage.ts';
import { thingsFor, type Things } from './things.ts';

/** Shares of a repetition at which it is looked how much room it takes. */
const LOOKS = [0, 0.15, 0.3, 0.45, 0.5, 0.6, 0.75, 0.9];
/** Of the angles of a simulated patient's fault: all of them let knees pass through each other. By eye. */
const FAULT_SHARE = 0.5;
/** People that stay in memory. */
const KEPT = 3;
const people = new Map<string, Part[]>();

const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve));

/** Makes the person's surface part by part; between two the page may draw. */
async function partsOf(body: DrawnBody, looks: Looks): Promise<Part[]> {
  const key = JSON.stringify(looks);
  const known = people.get(key);
  if (known) return known;
  const parts: Part[] = [];
  for (const part of personParts(lengthsOf(body), looks)) {
    parts.push(part);
    await nextTask();
  }
  people.set(key, parts);
  for (const old of people.keys()) if (people.size > KEPT) people.delete(old);
  return parts;
}

export interface ShowOptions {
  exercise: ShownExercise;
  mirror: boolean;
  dark: boolean;
  looks?: Looks;
  /** Also kept in view, beside the exercise's own movement. */
  frame?: readonly DrawnBody[];
}

export class Show {
  readonly #stage: Stage;
  readonly #exercise: ShownExercise;
  readonly #mirror: boolean;
  readonly #things: Things;
  readonly #start: DrawnBody;

  /** Throws where the browser draws nothing in three dimensions. */
  static async open(canvas: HTMLCanvasElement, options: ShowOptions): Promise<Show> {
    const start = options.exercise.body(0, { mirror: options.mirror });
    const stage = new Stage(canvas, { dark: options.dark, fine: !drawnByProcessor() });
    try {
      for (const part of await partsOf(start, options.looks ?? looksFor(options.exercise.id))) stage.add(part);
      return new Show(stage, options);
    } catch (error) {
      stage.dispose();
      throw error;
    }
  }

  private constructor(stage: Stage, { exercise, mirror, frame = [] }: ShowOptions) {
    this.#stage = stage;
    this.#exercise = exercise;
    this.#mirror = mirror;
    const bodies = LOOKS.map((share) => exercise.body(share, { mirror }));
    this.#start = exercise.body(0, { mirror });
    const { sided, measure, views } = exercise.facts();
    this.#things = thingsFor({ exercise: exercise.file as unknown as ExerciseFile, bodies, mirror });
    stage.place(this.#things.group);
    stage.mark(markedJoints(measure, sided ? (mirror ? 'left' : 'right') : undefined));
    stage.frame([...bodies, ...frame], this.#things.extent);
    this.look(views[0] ?? 'front');
  }

  /** As the exercise's view says, with the working side near; a person who lies on a side faces the camera. */
  look(view: View) {
    // z of the axis that the trunk faces along: to the person's right before they lay down.
    const facing = this.#start.segments[9 + 2] ?? 0;
    const lies = this.#start.support === 'lying' && Math.abs(facing) > 0.7;
    const way = lies ? Math.sign(facing) : this.#mirror ? -1 : 1;
    this.#stage.look(way * AZIMUTH[view]);
  }

  /** Whether the movement is wider than high: a person who lies. */
  get wide(): boolean {
    return this.#start.support === 'lying' || this.#start.support === 'long_sitting';
  }

  turn(degrees: number, up = 0) {
    this.#stage.turn(degrees, up);
  }

  size(width: number, height: number) {
    this.#stage.size(width, height);
  }

  /** `fault`: one of the exercise's file; the correct movement without. */
  draw(share: number, fault?: string) {
    this.pose(
      this.#exercise.body(share, {
        mirror: this.#mirror,
        ...(fault === undefined ? {} : { fault, fault_share: FAULT_SHARE }),
      }),
    );
  }

  /** Draws a body in another posture, as of a recorded movement. */
  pose(body: DrawnBody) {
    this.#things.follow(body);
    this.#stage.show(body);
    this.#stage.draw();
  }

  dispose() {
    this.#things.dispose();
    this.#stage.dispose();
  }
}
