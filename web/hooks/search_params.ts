// SPDX-License-Identifier: Apache-2.0
// Search parameters of the pages' addresses. An invalid parameter counts as absent.

/** Parses a parameter; null: it is absent. */
export type ParameterParser<T> = (text: string | null) => T;

const matching =
  (pattern: RegExp): ParameterParser<string | undefined> =>
  (text) =>
    text !== null && pattern.test(text) ? text : undefined;

export const anyText: ParameterParser<string | undefined> = (text) => text ?? undefined;

/** The id of a FHIR resource. */
export const resourceId = matching(/^[A-Za-z0-9.-]{1,64}$/);

const day = matching(/^\d{4}-\d\d-\d\d$/);
/** A day, YYYY-MM-DD. */
export const isoDay: ParameterParser<string | undefined> = (text) => {
  const one = day(text);
  return one === undefined || Number.isNaN(Date.parse(one)) ? undefined : one;
};

/** One of the known values. */
export const oneOf =
  <T extends string>(all: readonly T[]): ParameterParser<T | undefined> =>
  (text) =>
    all.find((one) => one === text);

/** One of the known values, else the usual one. */
export const oneOfOr = <T extends string>(all: readonly T[], usual: T): ParameterParser<T> => {
  const known = oneOf(all);
  return (text) => known(text) ?? usual;
};

/** Returns the parser of a page's parameters. */
export const searchParser =
  <T extends object>(parsers: { [Name in keyof T]: ParameterParser<T[Name]> }) =>
  (search: string): T => {
    const params = new URLSearchParams(search);
    const values = Object.entries<ParameterParser<unknown>>(parsers).map(([name, parse]) => [
      name,
      parse(params.get(name)),
    ]);
    return Object.fromEntries(values) as T;
  };

/** Returns the address of a page; parameters that are undefined are left out. */
export function addressWith(path: string, params: Readonly<Record<string, string | undefined>>): string {
  const defined = Object.entries(params).filter((one): one is [string, string] => one[1] !== undefined);
  return `${path}?${new URLSearchParams(defined).toString()}`;
}
