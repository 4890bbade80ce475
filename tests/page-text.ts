import * as v from 'valibot';
import type { FeedChange, PageText } from '#records/sync-store.ts';

const changes = v.array(
	v.object({ id: v.string(), deleted: v.optional(v.boolean()), doc: v.optional(v.unknown()) })
);

/** A page of these changes, as a server writes it. */
export function pageText(page: readonly FeedChange[]): PageText {
	return { text: JSON.stringify(page), count: page.length };
}

export function changesIn({ text }: PageText): readonly FeedChange[] {
	return v.parse(changes, JSON.parse(text));
}
