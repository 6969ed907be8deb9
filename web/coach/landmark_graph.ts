// SPDX-License-Identifier: Apache-2.0
// A landmark network also computes the body's outline, which takes a third of its time and is unused. Before the
// network runs, the outline's output and the operators that only it needs are removed from the graph. The file is
// identified by its hash.

const OUTLINE = 2; // its place among the outputs
const OUTPUTS = 5;

// Fields of TensorFlow Lite's schema, version 3.
const MODEL = { subgraphs: 2 };
const SUBGRAPH = { outputs: 2, operators: 3 };
const OPERATOR = { inputs: 1, outputs: 2 };

/** Changes `model`, the bytes of a landmark network, in place. */
export function dropOutline(model: Uint8Array) {
  const view = new DataView(model.buffer, model.byteOffset, model.byteLength);
  const length = (at: number) => view.getUint32(at, true);
  const follow = (at: number) => at + view.getUint32(at, true);
  // A table begins with the way back to the list of where its fields are.
  const field = (table: number, index: number) => {
    const fields = table - view.getInt32(table, true);
    return follow(table + view.getUint16(fields + 4 + 2 * index, true));
  };
  const numbers = (vector: number) =>
    Array.from({ length: length(vector) }, (_, i) => view.getInt32(vector + 4 + 4 * i, true));
  const tables = (vector: number) => Array.from({ length: length(vector) }, (_, i) => follow(vector + 4 + 4 * i));

  const graph = follow(field(follow(0), MODEL.subgraphs) + 4);
  const outputs = field(graph, SUBGRAPH.outputs);
  const wanted = numbers(outputs);
  if (wanted.length !== OUTPUTS) throw new RangeError(`a landmark network with ${wanted.length} outputs`);
  wanted.splice(OUTLINE, 1);
  view.setUint32(outputs, wanted.length, true);
  wanted.forEach((tensor, i) => {
    view.setInt32(outputs + 4 + 4 * i, tensor, true);
  });

  const operators = field(graph, SUBGRAPH.operators);
  const needed = new Set(wanted);
  const kept = tables(operators)
    .reverse()
    .filter((operator) => {
      if (!numbers(field(operator, OPERATOR.outputs)).some((tensor) => needed.has(tensor))) return false;
      for (const tensor of numbers(field(operator, OPERATOR.inputs))) needed.add(tensor);
      return true;
    })
    .reverse();
  view.setUint32(operators, kept.length, true);
  kept.forEach((operator, i) => {
    const at = operators + 4 + 4 * i;
    view.setUint32(at, operator - at, true);
  });
}
