// SPDX-License-Identifier: Apache-2.0
/** The size of LiteRT's program once it is unpacked; vite.config.mjs says it. */
declare const LITERT_BYTES: number;
