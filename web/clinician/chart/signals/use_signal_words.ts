// SPDX-License-Identifier: Apache-2.0
import { useLanguage } from '../../../translations/language.tsx';

/** Names in measurement documents that have words here; others, as a muscle's, stay as they are. */
const NAMES = [
  'acceleration_magnitude',
  'anterior_posterior',
  'artefact',
  'beat',
  'center_of_pressure',
  'center_of_pressure_foot',
  'contraction',
  'cool_down',
  'diffusion',
  'doubtful',
  'ecg_signal',
  'ectopic',
  'ellipse',
  'emg_signal',
  'envelope',
  'filtered',
  'foot_angular_velocity',
  'heart_rate',
  'initial_contact',
  'interval',
  'largest_lean',
  'leans',
  'main',
  'medial_lateral',
  'median_frequency',
  'mid_stance',
  'path',
  'phase',
  'planned_least',
  'planned_most',
  'poincare',
  'repetition',
  'rest',
  'rise',
  'rr_intervals',
  'sit_down',
  'start',
  'stop',
  'stride_lengths',
  'sway_path',
  'tachogram',
  'terminal_contact',
  'trunk_path',
  'trunk_pitch',
  'turn',
  'turn_rate',
  'turn_to_sit',
  'unusable',
  'vertical_acceleration',
  'vertical_force',
  'walk_back',
  'walk_out',
  'walking',
  'warm_up',
  'weight_limit',
  'weight_shares',
] as const;

export function useSignalWords() {
  const { t } = useLanguage();
  return (name: string) => {
    const known = NAMES.find((one) => one === name);
    return known ? t(`sensed.signal.${known}`) : name.replaceAll('_', ' ');
  };
}
