// SPDX-License-Identifier: Apache-2.0
// The landmark network that is used: as asked for, or chosen while no set is on.

import { fetchNetwork, NETWORK_FILES, type Came } from './files.ts';
import type { Network, Runtime } from './litert.ts';
import { dropOutline } from './landmark_graph.ts';
import { ModelChoice } from './model_choice.ts';
import type { Model, Stages } from './types.ts';

async function makeLandmarks(runtime: Runtime, model: Model, came: Came): Promise<Network> {
  const bytes = await fetchNetwork(NETWORK_FILES[model], came);
  dropOutline(bytes);
  return runtime.network(bytes);
}

export class ModelInUse {
  private choice: ModelChoice | undefined;
  private full: Network | undefined;
  private taken = false;

  private constructor(
    private readonly runtime: Runtime,
    public model: Model,
    public network: Network,
  ) {}

  static async open(runtime: Runtime, wanted: Model | 'auto', came: Came): Promise<ModelInUse> {
    const model = wanted === 'auto' ? 'lite' : wanted;
    const made = new ModelInUse(runtime, model, await makeLandmarks(runtime, model, came));
    if (wanted === 'auto') made.choice = new ModelChoice();
    return made;
  }

  /** Runs full beside lite where it is being tried; the result is thrown away. */
  async tryFull(input: Float32Array) {
    if (!this.choice || !this.full) return;
    const begin = performance.now();
    const outputs = [39 * 5, 1, 64 * 64 * 39, 39 * 3].map((length) => new Float32Array(length));
    await this.full.run(input, outputs);
    const advice = this.choice.noteFull(performance.now() - begin);
    if (advice === 'wait') return;
    this.choice = undefined;
    if (advice === 'take-full') {
      this.taken = true;
    } else {
      this.full.release();
      this.full = undefined;
    }
  }

  /** Changes to full where that was decided; between two pictures, and never within a set. */
  settle() {
    if (!this.full || !this.taken) return;
    this.network.release();
    this.network = this.full;
    this.model = 'full';
    this.full = undefined;
  }

  /** Notes what a picture took, and fetches full where it may be worth a try. */
  note(stages: Stages) {
    if (!this.choice || this.full) return;
    const advice = this.choice.note(stages);
    if (advice === 'wait') return;
    const { choice } = this;
    this.choice = undefined;
    if (advice !== 'try-full') return;
    makeLandmarks(this.runtime, 'full', () => {}).then(
      (network) => {
        this.choice = choice;
        this.full = network;
      },
      () => {
        /* Lite goes on. */
      },
    );
  }
}
