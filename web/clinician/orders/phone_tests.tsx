// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import type { PhoneTest, PhoneTestRequest } from 'reprise-engine';
import type { Undo } from '../../clinical/chart/undo.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Field, Form } from '../../components/form.tsx';
import {
  COURSE_METERS,
  courseIn,
  PHONE_TESTS,
  phoneTestIn,
  phoneTestRequest,
  usualCourse,
  type WantedTest,
} from '../../fhir/phone_tests.ts';
import { useLanguage } from '../../translations/language.tsx';
import type { OwnOrder } from './own_orders.ts';
import { NO_TERMS, OwnOrders, TermsFields } from './own_orders_section.tsx';
import { RequiredChoice } from './required_choice.tsx';

/** Once or weekly. */
const OFTEN = [0, 7];

type Wanted = Pick<WantedTest, 'test' | 'courseMeters' | 'everyDays' | 'helper' | 'reason'>;

function NewPhoneTest({
  taken,
  onClose,
  onAsk,
}: {
  taken: ReadonlySet<PhoneTest>;
  onClose: () => void;
  onAsk: (wanted: Wanted) => Promise<void>;
}) {
  const { t } = useLanguage();
  const [test, setTest] = useState<PhoneTest | ''>('');
  const [course, setCourse] = useState('');
  const [terms, setTerms] = useState(NO_TERMS);
  const walks = test !== '' && usualCourse(test) !== undefined;
  const meters = Number(course.trim().replace(',', '.'));
  const { least, most } = COURSE_METERS;
  const right = /^\d{1,3}([.,]\d{1,2})?$/.test(course.trim()) && meters >= least && meters <= most;
  const chosen = (one: PhoneTest | '') => {
    setTest(one);
    setCourse(one === '' ? '' : String(usualCourse(one) ?? ''));
  };
  const ask = async () => {
    const { helper } = terms;
    if (test !== '' && helper !== undefined)
      await onAsk({ ...terms, helper, test, courseMeters: walks ? meters : undefined });
  };
  return (
    <Dialog title={t('orders.phone.new')} onClose={onClose}>
      <Form submit={t('orders.ask')} onSubmit={ask}>
        <RequiredChoice
          label={t('orders.phone.which')}
          choices={PHONE_TESTS.map((one) => ({ value: one, label: t(`orders.phone.test.${one}`) }))}
          value={test}
          problem={test !== '' && taken.has(test) ? t('orders.taken') : undefined}
          onValue={chosen}
        />
        {walks && (
          <Field
            label={t('orders.phone.course')}
            inputMode="decimal"
            value={course}
            onValue={setCourse}
            problem={right ? undefined : t('orders.phone.course.problem', { least, most })}
          />
        )}
        <TermsFields
          often={OFTEN}
          terms={terms}
          onTerms={(change) => setTerms((before) => ({ ...before, ...change }))}
        />
      </Form>
    </Dialog>
  );
}

/** Tests that the patient does with the phone's own motion sensors. */
export function PhoneTests({
  chart,
  tests,
  plan,
  undo,
}: {
  chart: Chart;
  /** As the engine reads the programme. */
  tests: readonly PhoneTestRequest[];
  plan: string;
  undo: Undo;
}) {
  const { t, number } = useLanguage();
  const titleOf = ({ request, name }: OwnOrder) => {
    const test = phoneTestIn(request);
    return test ? t(`orders.phone.test.${test}`) : (name ?? t('orders.phone.unknown'));
  };
  return (
    <OwnOrders<Wanted>
      kind="phone-test"
      chart={chart}
      reads={tests}
      plan={plan}
      undo={undo}
      texts={{
        title: t('orders.phone.title'),
        new: t('orders.phone.new'),
        none: t('orders.phone.none'),
        lead: t('orders.phone.lead'),
      }}
      titleOf={titleOf}
      detailsOf={({ request }) => {
        const meters = courseIn(request);
        return meters === undefined ? [] : [t('orders.phone.course.of', { meters: number(meters) })];
      }}
      make={(wanted, common) => phoneTestRequest({ ...wanted, ...common, name: t(`orders.phone.test.${wanted.test}`) })}
      form={(open, onClose, onAsk) => (
        <NewPhoneTest
          taken={new Set(open.flatMap(({ request }) => phoneTestIn(request) ?? []))}
          onClose={onClose}
          onAsk={onAsk}
        />
      )}
    />
  );
}
