import { isJsonObject, type Json } from '#records/json.ts';

/** What the form for a card's code keeps, as it was typed. */
export type JoinDraft = { code: string };

export const emptyJoin: JoinDraft = { code: '' };

export function readJoin(kept: Json): JoinDraft | undefined {
	if (!isJsonObject(kept) || typeof kept['code'] !== 'string') return undefined;
	return { code: kept['code'] };
}
