// SPDX-License-Identifier: Apache-2.0
import { Enrol } from '../components/enrolment.tsx';
import { RecoveryCodes } from '../components/recovery_codes.tsx';
import { SessionsSection } from '../components/sessions_section.tsx';
import { WhoIs } from '../components/who.tsx';
import { CODES, PEOPLE } from './sample.ts';
import { Example, Group } from './example.tsx';

export function Identity() {
  return (
    <Group id="identity" title="People and accounts">
      {PEOPLE.map((who) => (
        <Example key={who.id} of="WhoIs" state={who.birthDate ? 'at rest' : 'with a long name, born unknown'}>
          <WhoIs who={who} />
        </Example>
      ))}
      <Example of="SessionsSection" state="two devices" wide still>
        <SessionsSection />
      </Example>
      <Example of="Enrol" state="at rest" still>
        <Enrol />
      </Example>
      <Example of="RecoveryCodes" state="at rest" still>
        <RecoveryCodes codes={CODES} onKept={() => {}} />
      </Example>
    </Group>
  );
}
