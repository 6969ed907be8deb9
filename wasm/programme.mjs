// SPDX-License-Identifier: Apache-2.0
// What shows a programme without a camera, on whichever of the two modules. reprise.d.mts has types and explanations.

import { checked, checkTexts, nameOf, number, parsed, refuse, word } from './boundary.mjs';

export const HANDLE = Symbol('handle'); // of the engine's exercise, for other classes

export class ShownExercise {
  #engine;
  #exercise;
  #stages = new Map(); // of drawings, by view and side

  constructor(engine, exercise, file, bones) {
    this.#engine = engine;
    this.#exercise = exercise;
    this.bones = bones;
    this.id = file.id;
    this.file = file;
  }

  facts(options = {}) {
    const ceiling = options.ceiling === undefined ? 0 : number('reading the exercise', options, 'ceiling');
    return checked(this.#engine.exercise_facts(this.#exercise, options.ceiling !== undefined, ceiling));
  }

  get [HANDLE]() {
    return this.#exercise;
  }

  withMuscle({ share, hold_s } = {}) {
    const stage = 'aiming at a muscle';
    const made = checked(
      this.#engine.muscle_exercise(
        this.#exercise,
        number(stage, { share }, 'share', undefined, { min: 0.01, max: 2 }),
        number(stage, { hold_s }, 'hold_s', undefined, { min: 0, max: 600 }),
      ),
    );
    return new this.constructor(this.#engine, made.exercise, this.file, this.bones);
  }

  shownWithin(ceiling) {
    const limit = number('keeping a drawing within its ceiling', { ceiling }, 'ceiling');
    const made = checked(this.#engine.shown_within(this.#exercise, limit));
    return new this.constructor(this.#engine, made.exercise, this.file, this.bones);
  }

  drawing(share, options = {}) {
    const stage = 'drawing a figure';
    const view =
      options.view === undefined ? '' : word(stage, options, 'view', '', ['front', 'oblique', 'side', 'back']);
    const at = number(stage, { share }, 'share', undefined, { min: 0, max: 1 });
    const key = `${view} ${Boolean(options.mirror)}`;
    if (!this.#stages.has(key))
      this.#stages.set(key, checked(this.#engine.set_stage(this.#exercise, view, Boolean(options.mirror))).stage);
    return checked(this.#stages.get(key).drawing(at));
  }

  pace(time_s) {
    return checked(this.#engine.pace(this.#exercise, number('keeping the pace', { time_s }, 'time_s')));
  }

  figure(share, options = {}) {
    return this.body(share, options).landmarks_m;
  }

  body(share, options = {}) {
    const stage = 'drawing a figure';
    return checked(
      this.#engine.figure(this.#exercise, number(stage, { share }, 'share', undefined, { min: 0, max: 1 }), {
        mirror: Boolean(options.mirror),
        stature_m: number(stage, options, 'stature_m', 1.7),
        fault: word(stage, options, 'fault', ''),
        fault_share: number(stage, options, 'fault_share', 1, { min: 0, max: 1 }),
      }),
    );
  }

  release() {
    for (const stage of this.#stages.values()) stage.delete();
    this.#exercise.delete();
  }
}

export class ProgrammeEngine {
  #engine;
  /** Of the exercises that it reads. */
  #kind;

  constructor(engine, kind = ShownExercise) {
    this.#engine = engine;
    this.#kind = kind;
    this.bones = engine.bones();
  }

  exercise(json, fileName) {
    if (typeof json !== 'string')
      refuse('reading an exercise', `the exercise is ${typeof json}`, 'give the text of its file');
    const file = parsed(json);
    const { exercise } = checked(this.#engine.read_exercise(fileName ?? nameOf(file), json));
    return new this.#kind(this.#engine, exercise, file, this.bones);
  }

  programme(answers) {
    checkTexts('reading the programme', answers, 'answers');
    return JSON.parse(checked(this.#engine.programme(answers)).json);
  }

  setBundle(set) {
    return checked(this.#engine.set_bundle(JSON.stringify(set ?? null))).json;
  }

  answersBundle(answers) {
    return checked(this.#engine.answers_bundle(JSON.stringify(answers ?? null))).json;
  }

  consentBundle(consent) {
    return checked(this.#engine.consent_bundle(JSON.stringify(consent ?? null))).json;
  }

  safety(facts) {
    return JSON.parse(checked(this.#engine.safety(JSON.stringify(facts ?? null))).json);
  }
}
