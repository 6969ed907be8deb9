// SPDX-License-Identifier: Apache-2.0
/** The address of a walk with load sensors; a programme has one at most. */
export const ADDRESS = '/load-walk';
