// SPDX-License-Identifier: Apache-2.0
// An exercise's file while it is written in the browser, with what the schema says about its fields. Pure.
import schema from '../../../catalog/schema/exercise.schema.json';

interface Node {
  description?: string;
  properties?: Record<string, Node>;
  items?: Node;
  $ref?: string;
  additionalProperties?: Node | boolean;
}
const root = schema as unknown as Node & { definitions: Record<string, Node> };

const resolved = (node: Node | undefined): Node | undefined =>
  node?.$ref
    ? {
        ...root.definitions[node.$ref.replace('#/definitions/', '')],
        ...(node.description && { description: node.description }),
      }
    : node;

/** What the schema says about the field at a JSON pointer ("/range/target"), or about the nearest one above. */
export function helpFor(pointer: string): string {
  let node: Node | undefined = root;
  let help = '';
  for (const step of pointer.split('/').slice(1)) {
    const here = resolved(node);
    node = resolved(
      /^\d+$/.test(step)
        ? here?.items
        : (here?.properties?.[step] ??
            (typeof here?.additionalProperties === 'object' ? here.additionalProperties : undefined)),
    );
    if (!node) break;
    help = node.description ?? help;
  }
  return help;
}

/** The sections of a file, in the schema's order. */
export const SECTIONS: readonly { name: string; help: string }[] = Object.entries(root.properties ?? {})
  .filter(([name]) => !name.startsWith('$'))
  .map(([name, node]) => ({ name, help: resolved(node)?.description ?? '' }));

/** Where in the text a pointer's field stands; nothing where that is not found. */
export function placeOf(text: string, pointer: string): number | undefined {
  let at = 0;
  let found: number | undefined;
  for (const step of pointer
    .split('/')
    .slice(1)
    .filter((one) => !/^\d+$/.test(one))) {
    const next = text.indexOf(`"${step}"`, at);
    if (next < 0) break;
    found = next;
    at = next + 1;
  }
  return found;
}

export interface File {
  id?: string;
  version?: number;
  review?: object;
  text?: Record<string, { name?: string; goal?: string }>;
  [section: string]: unknown;
}

export function fileIn(text: string): File | undefined {
  try {
    const file = JSON.parse(text) as unknown;
    return typeof file === 'object' && file !== null && !Array.isArray(file) ? (file as File) : undefined;
  } catch {
    return undefined;
  }
}

export const written = (file: File) => `${JSON.stringify(file, null, 2)}\n`;

/** Returns a copy as a starting point, marked as not reviewed. */
export const begunWith = (file: File, known: readonly { id: string; version: number }[]): File => {
  const newest = Math.max(0, ...known.filter(({ id }) => id === file.id).map(({ version }) => version));
  return { ...file, version: newest + 1, review: { status: 'not_clinically_reviewed' } };
};

/** Checks that the version follows the newest known one of the same id. */
export const isNext = ({ id, version }: File, known: readonly { id: string; version: number }[]) =>
  version === Math.max(0, ...known.filter((one) => one.id === id).map((one) => one.version)) + 1;
