// SPDX-License-Identifier: Apache-2.0
// What sensors measured, as the record has it: an Observation of each value (docs/reference/programme.md). Pure.
import type { CodeableConcept, Observation } from 'fhir/r4';
import { codeOf, partIn } from './results.ts';

/** The names of session/measurements/signal_measure.cpp, in its order. */
export const SENSED = [
  'walking_speed',
  'cadence',
  'stride_length',
  'step_length',
  'stride_time',
  'step_time',
  'stance_share',
  'swing_share',
  'double_support_share',
  'foot_sensor_height',
  'contact_angle',
  'stride_time_variability',
  'stride_length_variability',
  'stride_time_asymmetry',
  'stride_length_asymmetry',
  'stance_asymmetry',
  'step_time_asymmetry',
  'step_length_asymmetry',
  'step_regularity',
  'stride_regularity',
  'knee_swing_peak',
  'knee_range',
  'hip_range',
  'ankle_range',
  'arm_swing',
  'turning_angle',
  'strides',
  'steps',
  'walking_bouts',
  'walking_time',
  'walking_distance',
  'recorded_time',
  'wear_time',
  'motionless_time',
  'days_counted',
  'daily_steps',
  'daily_walking_time',
  'daily_bouts',
  'bouts_to_10_s',
  'bouts_10_to_30_s',
  'bouts_30_to_60_s',
  'bouts_over_60_s',
  'daily_speed',
  'daily_speed_median',
  'daily_speed_90',
  'daily_speed_short',
  'daily_cadence',
  'daily_cadence_median',
  'daily_cadence_90',
  'test_time',
  'rise_time',
  'walk_time',
  'turn_time',
  'return_time',
  'sit_time',
  'repetitions',
  'repetition_time',
  'longest_rest',
  'turns',
  'sitting_time',
  'flight_time',
  'jump_height',
  'squat_depth',
  'trunk_lean',
  'trunk_side_lean',
  'knee_separation',
  'knee_valgus',
  'pelvic_drop',
  'elbow_depth',
  'reach_distance',
  'joint_range',
  'joint_range_best',
  'joint_range_difference',
  'detectable_change',
  'view_error',
  'sway_velocity',
  'sway_velocity_ap',
  'sway_velocity_ml',
  'sway_path',
  'sway_area',
  'sway_rms_ap',
  'sway_rms_ml',
  'sway_range_ap',
  'sway_range_ml',
  'sway_mean_frequency',
  'sway_median_frequency',
  'sample_entropy_ap',
  'sample_entropy_ml',
  'diffusion_short',
  'diffusion_long',
  'diffusion_critical_time',
  'romberg_velocity',
  'romberg_area',
  'trunk_acceleration_rms',
  'trunk_sway_angle',
  'trunk_jerk',
  'stance_time',
  'weight_share',
  'hold_time',
  'holds',
  'holds_whole',
  'contact_time',
  'peak_load',
  'largest_load',
  'mean_load',
  'loading_rate',
  'cop_way',
  'cop_progression',
  'weight_limit',
  'time_above_limit',
  'contacts_above_limit',
  'lean',
  'lean_share',
  'activations',
  'activation_time',
  'emg_amplitude',
  'emg_peak',
  'emg_of_reference',
  'emg_median_frequency',
  'fatigue_slope',
  'co_contraction',
  'emg_asymmetry',
  'heart_rate',
  'heart_rate_least',
  'heart_rate_most',
  'heart_rate_recovery_60',
  'heart_rate_recovery_120',
  'mean_nn',
  'sdnn',
  'rmssd',
  'pnn50',
  'total_power',
  'lf_power',
  'hf_power',
  'lf_hf',
  'sd1',
  'sd2',
  'sample_entropy',
  'dfa_alpha1',
  'usable_time',
  'exercise_time',
  'target_time',
  'effort_borg',
  'effort_cr10',
  'breathlessness',
  'oxygen_saturation',
  'systolic_pressure',
  'diastolic_pressure',
] as const;
export type Sensed = (typeof SENSED)[number];

export const SENSED_KINDS = [
  'gait',
  'daily_walking',
  'timed_up_and_go',
  'sit_to_stand',
  'walk_test',
  'balance',
  'muscle',
  'heart',
  'endurance',
  'balance_programme',
  'range_of_motion',
  'function_test',
] as const;
export type SensedKind = (typeof SENSED_KINDS)[number];

/** Those that a chart shows without being asked for more. */
const FIRST: readonly Sensed[] = [
  'walking_speed',
  'stride_length',
  'cadence',
  'stride_time_asymmetry',
  'wear_time',
  'daily_steps',
  'daily_walking_time',
  'daily_speed',
  'daily_cadence',
  'test_time',
  'repetitions',
  'walking_distance',
  'joint_range',
  'joint_range_difference',
  'sway_velocity',
  'sway_area',
  'trunk_acceleration_rms',
  'stance_time',
  'jump_height',
  'squat_depth',
  'reach_distance',
  'hold_time',
  'holds_whole',
  'peak_load',
  'time_above_limit',
  'contacts_above_limit',
  'largest_load',
  'lean',
  'emg_amplitude',
  'fatigue_slope',
  'heart_rate',
  'rmssd',
  'heart_rate_recovery_60',
  'exercise_time',
  'effort_borg',
  'effort_cr10',
  'breathlessness',
  'oxygen_saturation',
];
export const isFirst = (measure: Sensed) => FIRST.includes(measure);

/** Searches for values of live sensors (docs/reference/live-sensors.md): there may be hundreds a day. */
export const LIVE = 'category=urn:reprise:observation%7Clive';
export const NOT_LIVE = 'category:not=urn:reprise:observation%7Clive';

/** Parts with a name of their own; others, as a muscle's, keep the name that their recording gave them. */
export const PARTS = [
  'eyes_open',
  'eyes_closed',
  'limits_of_stability',
  'single_leg',
  'tandem',
  'anterior',
  'anterior_right',
  'right',
  'posterior_right',
  'posterior',
  'posterior_left',
  'left',
  'anterior_left',
  'before',
  'during',
  'after',
  'live',
  // Movements of catalog/range_of_motion.
  'shoulder_flexion',
  'shoulder_extension',
  'shoulder_abduction',
  'shoulder_external_rotation',
  'shoulder_internal_rotation',
  'shoulder_horizontal_adduction',
  'elbow_flexion',
  'elbow_extension',
  'forearm_pronation',
  'forearm_supination',
  'wrist_flexion',
  'wrist_extension',
  'wrist_radial_deviation',
  'wrist_ulnar_deviation',
  'hip_flexion',
  'hip_extension',
  'hip_abduction',
  'hip_adduction',
  'hip_external_rotation',
  'hip_internal_rotation',
  'knee_flexion',
  'knee_extension',
  'ankle_dorsiflexion',
  'ankle_plantarflexion',
  'ankle_inversion',
  'ankle_eversion',
  'neck_flexion',
  'neck_extension',
  'neck_lateral_flexion',
  'neck_rotation',
  'trunk_flexion',
  'trunk_extension',
  'trunk_lateral_flexion',
  'trunk_rotation',
  // Tests of function.
  'sit_to_stand_5',
  'sit_to_stand_30',
  'single_leg_stance',
  'tandem_stance',
  'functional_reach',
  'squat',
  'single_leg_squat',
  'step_down',
  'push_up',
  'jump',
  'until_seated',
] as const;
/** Parts of one measurement that a chart draws together, as a line each. */
const TOGETHER: readonly (string | undefined)[] = ['before', 'during', 'after'] satisfies (typeof PARTS)[number][];
export const isDrawnTogether = (part: string | undefined) => TOGETHER.includes(part);

const MEASURE = 'urn:reprise:signal-measure';
const KIND = 'urn:reprise:measurement';

export interface SensedValue {
  measure: Sensed;
  kind: SensedKind;
  /** A muscle, or "eyes_closed". */
  part: string | undefined;
  unit: string;
  /** Half width. */
  uncertainty: number | undefined;
}

const PANELS: readonly (string | undefined)[] = ['blood_pressure'];
const PRESSURES: readonly (string | undefined)[] = ['systolic_pressure', 'diastolic_pressure'];

/**
 * An Observation of each value: those of blood pressure have two, as components. Older ones have one each, and stay as
 * they are.
 */
export function singlesIn(observation: Observation): Observation[] {
  const { component = [] } = observation;
  if (!PANELS.includes(codeOf(observation.code, MEASURE))) return [observation];
  const isValue = ({ code }: { code: CodeableConcept }) => PRESSURES.includes(codeOf(code, MEASURE));
  const others = component.filter((one) => !isValue(one));
  return component
    .filter(isValue)
    .flatMap(({ code, valueQuantity }) =>
      valueQuantity ? [{ ...observation, code, valueQuantity, component: others }] : [],
    );
}

/** Nothing where an Observation is of something else, or of a measure that this version does not know. */
export function sensedIn(observation: Observation): SensedValue | undefined {
  const code = codeOf(observation.code, MEASURE);
  const measure = SENSED.find((one) => one === code);
  const kind = SENSED_KINDS.find((one) => observation.category?.some((category) => codeOf(category, KIND) === one));
  if (!measure || !kind) return undefined;
  return {
    measure,
    kind,
    part: partIn(observation, 'part')?.valueString,
    // An annotation of UCUM, as "{score}", is no unit.
    unit: observation.valueQuantity?.unit?.replace(/^\{.*\}$/, '') ?? '',
    uncertainty: partIn(observation, 'uncertainty')?.valueQuantity?.value,
  };
}
