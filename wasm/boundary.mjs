// SPDX-License-Identifier: Apache-2.0
// What both loaders share at the boundary to the engine: its errors, and the checks of arguments.

export class RepriseError extends Error {
  constructor({ code, stage, cause, remedy, problems = [] }) {
    super(`${stage}: ${cause} (${remedy})`);
    this.name = 'RepriseError';
    this.code = code;
    this.stage = stage;
    this.found = cause;
    this.remedy = remedy;
    this.problems = problems;
  }
}

export function refuse(stage, cause, remedy) {
  throw new RepriseError({ code: 'invalid_argument', stage, cause, remedy });
}

export function checked(answer) {
  if (answer?.error) throw new RepriseError(answer.error);
  return answer;
}

/** The file of an exercise; undefined where it is no JSON: then the engine's error says where that ends. */
export function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

export const nameOf = (file) => (typeof file?.id === 'string' ? `${file.id}.json` : 'exercise.json');

/** options[key], or `otherwise`; a number within its limits. */
export function number(stage, options, key, otherwise, { min = -Infinity, max = Infinity, whole = false } = {}) {
  const value = options[key] ?? otherwise;
  if (
    typeof value === 'number' &&
    value >= min &&
    value <= max &&
    Number.isFinite(value) &&
    (!whole || Number.isInteger(value))
  )
    return value;
  return refuse(
    stage,
    `${key} is ${String(value)}`,
    `give a ${whole ? 'whole ' : ''}number${Number.isFinite(min) ? ` from ${min} to ${max}` : ''}`,
  );
}

export function word(stage, options, key, otherwise, allowed) {
  const value = options[key] ?? otherwise;
  if (typeof value === 'string' && (!allowed || allowed.includes(value))) return value;
  return refuse(stage, `${key} is ${String(value)}`, allowed ? `use one of: ${allowed.join(', ')}` : 'give a text');
}

export function checkTexts(stage, texts, what) {
  if (!Array.isArray(texts) || texts.some((text) => typeof text !== 'string')) {
    refuse(
      stage,
      `the ${what} are no list of texts`,
      what === 'answers' ? 'give the texts that the record answered' : 'give the texts of files',
    );
  }
}

/** The engine of `create`, emscripten's script, as `of` wraps it. `file`: of the module, for the error. */
export async function loaded(create, of, file, { wasm } = {}) {
  try {
    // Errors are thrown, not printed as well.
    return of(await create({ printErr() {}, ...(wasm && { wasmBinary: wasm }) }));
  } catch (error) {
    throw new RepriseError({
      code: 'unreadable',
      stage: 'loading the engine',
      cause: error?.message ?? String(error),
      remedy: `check that ${file} lies beside its loader and that the page may load it`,
    });
  }
}
