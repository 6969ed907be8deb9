// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from 'node:url';

/** SIMULATED: a picture of simulation/rendered, a person made of a mesh. */
export const person_from_behind = fileURLToPath(new URL('pictures/rendered_person_back.jpg', import.meta.url));
