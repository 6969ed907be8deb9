// SPDX-License-Identifier: Apache-2.0
import { Textarea } from '@mantine/core';

/** What the patient reads beside a request. */
export function ReasonField({
  label,
  value,
  onValue,
}: {
  label: string;
  value: string;
  onValue: (value: string) => void;
}) {
  return (
    <Textarea
      label={label}
      value={value}
      maxLength={300}
      autosize
      minRows={2}
      onChange={(event) => onValue(event.currentTarget.value)}
    />
  );
}
