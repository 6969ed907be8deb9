// SPDX-License-Identifier: Apache-2.0
import type { VisitProposal } from 'reprise-engine';

export type Manner = 'active' | 'passive';

/** What a clinician decides about a proposal; `manner` is undefined while it is unknown. */
export interface Decision {
  accepted: boolean;
  manner: Manner | undefined;
}

/** None is accepted by itself. */
export const firstDecision = ({ manner }: VisitProposal): Decision => ({
  accepted: false,
  manner: manner === 'unknown' ? undefined : manner,
});

/** The accepted ones, by their number in the list; undefined: active or passive is missing of one. */
export function acceptedOf(decisions: readonly Decision[]): { number: number; manner: Manner }[] | undefined {
  const accepted = [];
  for (const [number, { accepted: taken, manner }] of decisions.entries()) {
    if (!taken) continue;
    if (manner === undefined) return undefined;
    accepted.push({ number, manner });
  }
  return accepted;
}

/** 3:07 */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** The trial that went farthest. */
export function farthest({ trials }: VisitProposal): VisitProposal['trials'][number] | undefined {
  return trials.reduce<VisitProposal['trials'][number] | undefined>(
    (best, trial) => (best && best.angle_deg >= trial.angle_deg ? best : trial),
    undefined,
  );
}

/** 118° ±7 */
export const angle = ({ angle_deg, uncertainty_deg }: VisitProposal['trials'][number]) =>
  `${Math.round(angle_deg)}°${uncertainty_deg === null ? '' : ` ±${Math.round(uncertainty_deg)}`}`;
