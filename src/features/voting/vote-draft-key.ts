import { voteEntity } from '#kinds/vote.ts';
import type { Scope } from '#records/scope.ts';

/** The form of a household's vote: tells unfinished ones from others among all drafts. */
export function voteDraftKey(convention: string, ballot: string, household: Scope): string {
	return `vote:${voteEntity(household, convention, ballot)}`;
}
