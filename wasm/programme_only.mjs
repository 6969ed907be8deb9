// SPDX-License-Identifier: Apache-2.0
// The entry point of a page that shows a programme and has no camera yet: the small module alone.

import { loaded, RepriseError } from './boundary.mjs';
import { ProgrammeEngine } from './programme.mjs';
import createEngine from './reprise_programme.mjs';

export { RepriseError };

export const loadProgrammeEngine = (options) =>
  loaded(createEngine, (engine) => new ProgrammeEngine(engine), 'reprise_programme.wasm', options);
