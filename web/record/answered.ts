// The last answers to each of the clinic's own questionnaires that were given on this device: known before the record has them.
import { shelf } from './kept.ts';

interface AnsweredHere { id: string; at: string; response: string }
const key = (account: string) => `answered ${account}`;

/** Texts of QuestionnaireResponses that the record could not show at `asked`: newer, or not sent yet. */
export async function answeredHere(account: string, asked: string): Promise<string[]> {
  const kept = await shelf();
  const unsent = new Set((await kept.unsent()).map(({ id }) => id));
  const all = Object.values(await kept.value<Record<string, AnsweredHere>>(key(account)) ?? {});
  return all.filter(({ id, at }) => at > asked || unsent.has(id)).map(({ response }) => response);
}

export async function rememberAnswered(account: string, url: string, id: string, response: object) {
  const kept = await shelf();
  const before = await kept.value<Record<string, AnsweredHere>>(key(account)) ?? {};
  await kept.putValue(key(account), { ...before, [url]: { id, at: new Date().toISOString(), response: JSON.stringify({ ...response, id }) } });
}
