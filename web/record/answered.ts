// The last answers to each of the clinic's own questionnaires that were given on this device, also while they are not sent.
import { shelf } from './kept.ts';

const key = (account: string) => `answered ${account}`;

/** Texts of QuestionnaireResponses. */
export async function answeredHere(account: string): Promise<string[]> {
  return Object.values(await (await shelf()).value<Record<string, string>>(key(account)) ?? {});
}

export async function rememberAnswered(account: string, url: string, id: string, response: object) {
  const kept = await shelf();
  const before = await kept.value<Record<string, string>>(key(account)) ?? {};
  await kept.putValue(key(account), { ...before, [url]: JSON.stringify({ ...response, id }) });
}
