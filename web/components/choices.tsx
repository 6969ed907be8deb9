// SPDX-License-Identifier: Apache-2.0
import { Group, Radio } from '@mantine/core';

/** A few choices beside each other. */
export function Choices<T extends string>({
  label,
  choices,
  value,
  onValue,
}: {
  label: string;
  choices: readonly { value: T; label: string }[];
  value: T;
  onValue: (value: T) => void;
}) {
  return (
    <Radio.Group
      label={label}
      value={value}
      onChange={(next) => {
        const chosen = choices.find((one) => one.value === next);
        if (chosen) onValue(chosen.value);
      }}
    >
      <Group gap="md" mt="xs">
        {choices.map((one) => (
          <Radio key={one.value} value={one.value} label={one.label} maw="100%" />
        ))}
      </Group>
    </Radio.Group>
  );
}
