// SPDX-License-Identifier: Apache-2.0
// The browser's module for tests that run under node. REPRISE_MODULE names the folder with the built module.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('../', import.meta.url));
export const folder = path.resolve(process.env.REPRISE_MODULE ?? path.join(root, 'build/wasm/module'));
export const { loadReprise, RepriseError } = await import(pathToFileURL(path.join(folder, 'reprise.mjs')));
export const reprise = await loadReprise({ wasm: readFileSync(path.join(folder, 'reprise_engine.wasm')) });

/** An exercise's file of the catalog, as text. */
export const textOf = (id) => readFileSync(path.join(root, 'catalog/exercises', `${id}.json`), 'utf8');
export const exerciseOf = (id) => reprise.exercise(textOf(id));
