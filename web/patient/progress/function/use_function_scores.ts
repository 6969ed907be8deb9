// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { engine } from '../../../data/engine.ts';
import { searchPages } from '../../../data/fhir_search.ts';
import { networkFirst } from '../../../data/network_first.ts';
import { queryKeys } from '../../../data/query_keys.ts';
import { useAccount } from '../../../data/session.ts';
import { NOT_LIVE } from '../../../fhir/sensed.ts';

const MEASURES = ['test_time', 'repetitions', 'walking_speed', 'walking_distance', 'stance_time', 'reach_distance']
  .map((measure) => `urn:reprise:signal-measure%7C${measure}`)
  .join(',');
const SURVEY = 'category=http://terminology.hl7.org/CodeSystem/observation-category%7Csurvey';
/** Answers of each day, which are no scores. */
const ANSWERS = [
  'http://loinc.org%7C72514-3',
  'urn:reprise:observation%7Ceffort',
  'urn:reprise:observation%7Cgoal-progress',
].join(',');

/** From the first test on: without an end of time. */
async function asked(patient: string) {
  const of = (query: string) => searchPages(`Observation?subject=Patient/${patient}&${query}&_sort=-date&_count=1000`);
  const [reprise, ...answers] = await Promise.all([
    engine(),
    of(`code=${MEASURES}&${NOT_LIVE}`),
    of(`${SURVEY}&code:not=${ANSWERS}`),
  ]);
  return reprise.functionScores(answers.flat());
}

/** From the record; without a network as it was kept. */
export function useFunctionScores() {
  const {
    account: { id, person },
  } = useAccount();
  return useQuery({
    queryKey: queryKeys.functionScores(id),
    queryFn: () => networkFirst(`function scores ${id}`, () => asked(person ?? '')),
  });
}
