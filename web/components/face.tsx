// SPDX-License-Identifier: Apache-2.0
import './face.css';
import { initialsOf } from '../fhir/people.ts';

interface Props {
  name: string;
  /** The address of the picture; undefined: the initials instead. */
  photo: string | undefined;
  large?: boolean;
}

/** A person of the clinic, in a circle beside the name: it says nothing that the name does not. */
export function Face({ name, photo, large = false }: Props) {
  return photo ? (
    <img className="face" data-large={large || undefined} src={photo} alt="" />
  ) : (
    <span className="face" data-large={large || undefined} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}
