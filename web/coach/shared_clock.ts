// SPDX-License-Identifier: Apache-2.0
/** Returns milliseconds on a clock that the page and its worker share. */
export const sharedNow = () => performance.timeOrigin + performance.now();
