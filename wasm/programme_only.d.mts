// SPDX-License-Identifier: Apache-2.0
// Types of programme_only.mjs, the loader of the small module.
import type { LoadOptions, ProgrammeEngine } from './reprise.mjs';

export { RepriseError } from './reprise.mjs';

/** Loads the part that shows a programme and documents exercise without a camera. `wasm`: of reprise_programme.wasm. */
export declare function loadProgrammeEngine(options?: LoadOptions): Promise<ProgrammeEngine>;
